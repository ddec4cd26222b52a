//! Sales and the door over time, by hour or day of the event's zone.

use sqlx::PgConnection;

use crate::{
    error::Result,
    kernel::{EventId, Instant, OrgId, ZoneName},
};

/// How long a stretch of a series is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Hour,
    Day,
}

impl Unit {
    const fn word(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }
}

/// Which stretch of which event's life to read.
#[derive(Clone, Copy)]
pub struct Window<'a> {
    pub event_id: EventId,
    pub unit: Unit,
    pub zone: &'a ZoneName,
    pub from: Instant,
    pub until: Instant,
}

/// What was sold in one stretch; stretches without a sale have no row.
pub struct SoldRow {
    pub start: Instant,
    pub sold: i64,
    pub taken_minor: i64,
}

/// Valid tickets by when they were issued, with what they were sold for.
pub async fn list_sold(tx: &mut PgConnection, org_id: OrgId, window: Window<'_>) -> Result<Vec<SoldRow>> {
    let rows = sqlx::query_as!(
        SoldRow,
        r#"select date_trunc($3, ticket.issued_at, $4) as "start!", count(*) as "sold!",
                  sum(order_line.unit_minor)::bigint as "taken_minor!"
             from ticket
             join order_line using (org_id, order_id, line_no)
            where ticket.org_id = $1
              and ticket.event_id = $2
              and ticket.state = 'valid'
              and ticket.issued_at >= $5
              and ticket.issued_at < $6
            group by 1"#,
        org_id.0,
        window.event_id.0,
        window.unit.word(),
        window.zone.0,
        window.from as Instant,
        window.until as Instant,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

/// Who came in during one stretch.
pub struct AdmittedRow {
    pub start: Instant,
    pub admitted: i64,
}

/// Admissions by when they happened.
pub async fn list_admitted(tx: &mut PgConnection, org_id: OrgId, window: Window<'_>) -> Result<Vec<AdmittedRow>> {
    let rows = sqlx::query_as!(
        AdmittedRow,
        r#"select date_trunc($3, admitted_at, $4) as "start!", count(*) as "admitted!"
             from admission
            where org_id = $1
              and event_id = $2
              and admitted_at >= $5
              and admitted_at < $6
            group by 1"#,
        org_id.0,
        window.event_id.0,
        window.unit.word(),
        window.zone.0,
        window.from as Instant,
        window.until as Instant,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows)
}
