//! Statements on `access_code` and `access_code_type`.

use sqlx::PgConnection;

use super::super::model::{Access, CodeText, DeskCode, EVENT_CODES_MAX, NewCodes};
use crate::{
    error::{AppError, Result},
    inventory::Wish,
    kernel::{CodeId, EventId, FieldFault, Instant, OrgId, TicketTypeId, ZoneName},
    platform::{
        db::{OnConstraint, stored},
        zone::local_time,
    },
};

/// The published event at an address.
pub async fn find_event(db: &mut PgConnection, slug: &str) -> Result<Option<(OrgId, EventId)>> {
    let row = sqlx::query!(
        r#"select e.org_id as "org_id: OrgId", e.event_id as "event_id: EventId"
             from event_directory d
             join event e
               on e.org_id = d.org_id
              and e.event_id = d.event_id
            where d.slug = $1
              and e.state = 'published'"#,
        slug,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.org_id, row.event_id)))
}

struct AccessRow {
    code_id: CodeId,
    code: String,
    uses_left: i32,
    order_max: Option<i32>,
    starts_at: Option<Instant>,
    ends_at: Option<Instant>,
    is_off: bool,
    types: Vec<uuid::Uuid>,
    share_type: Option<TicketTypeId>,
    share: i32,
}

impl TryFrom<AccessRow> for Access {
    type Error = AppError;

    fn try_from(row: AccessRow) -> Result<Self> {
        let share = row.share_type.map(|ticket_type_id| Wish { ticket_type_id, quantity: row.share.unsigned_abs() });
        Ok(Self {
            code_id: row.code_id,
            text: stored(CodeText::parse(&row.code))?,
            uses_left: row.uses_left,
            order_max: row.order_max.map(i32::unsigned_abs),
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            is_off: row.is_off,
            types: row.types.into_iter().map(TicketTypeId).collect(),
            share: share.filter(|share| share.quantity > 0),
        })
    }
}

fn words(texts: &[&CodeText]) -> Vec<String> {
    texts.iter().map(|text| text.as_str().to_owned()).collect()
}

/// Codes of an event as [`AccessRow`]s, locked or not as `$lock` says.
macro_rules! select_codes {
    ($event:expr, $texts:expr, $lock:literal) => {
        sqlx::query_as!(
            AccessRow,
            r#"select c.code_id as "code_id: CodeId", c.code, c.uses_max - c.used as "uses_left!", c.order_max,
                      c.starts_at as "starts_at: Instant", c.ends_at as "ends_at: Instant",
                      c.off_at is not null as "is_off!", c.share_type as "share_type: TicketTypeId", c.share,
                      array(select t.ticket_type_id
                              from access_code_type t
                             where t.org_id = c.org_id
                               and t.code_id = c.code_id) as "types!"
                 from access_code c
                where c.org_id = $1
                  and c.event_id = $2
                  and c.code = any($3)
                order by c.code_id"#
                + $lock,
            $event.0.0,
            $event.1.0,
            &words($texts),
        )
    };
}

/// Codes of an event, as they stand.
pub async fn find_codes(db: &mut PgConnection, event: (OrgId, EventId), texts: &[&CodeText]) -> Result<Vec<Access>> {
    let rows = select_codes!(event, texts, "").fetch_all(db).await?;
    rows.into_iter().map(Access::try_from).collect()
}

/// The same under a lock taken in order of their ids: a rival's use is counted before ours.
pub async fn lock_codes(tx: &mut PgConnection, event: (OrgId, EventId), texts: &[&CodeText]) -> Result<Vec<Access>> {
    let rows = select_codes!(event, texts, " for update of c").fetch_all(tx).await?;
    rows.into_iter().map(Access::try_from).collect()
}

pub async fn count_codes(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId)) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from access_code where org_id = $1 and event_id = $2"#,
        org_id.0,
        event_id.0,
    )
    .fetch_one(tx)
    .await?;
    Ok(count)
}

/// Writes codes that are alike but for their text, and what they open.
pub async fn insert_codes(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    (new, texts): (&NewCodes, &[CodeText]),
) -> Result<()> {
    sqlx::query!(
        "with fresh as (
            insert into access_code (org_id, code_id, event_id, code, note, uses_max, order_max, starts_at, ends_at,
                                     share_type, share)
            select $1, made.code_id, $2, made.code, $5, $6, $7, $8, $9, $10, $11
              from unnest($3::uuid[], $4::text[]) as made (code_id, code)
            returning code_id)
         insert into access_code_type (org_id, code_id, ticket_type_id)
         select $1, fresh.code_id, opened.ticket_type_id
           from fresh, unnest($12::uuid[]) as opened (ticket_type_id)",
        org_id.0,
        event_id.0,
        &texts.iter().map(|_| CodeId::fresh().0).collect::<Vec<_>>(),
        &texts.iter().map(|text| text.as_str().to_owned()).collect::<Vec<_>>(),
        new.note.as_str(),
        new.uses_max,
        new.order_max,
        new.starts_at as Option<Instant>,
        new.ends_at as Option<Instant>,
        new.share.map(|(kind, _)| kind.0),
        new.share.map_or(0, |(_, share)| share),
        &new.types.iter().map(|kind| kind.0).collect::<Vec<_>>(),
    )
    .execute(tx)
    .await
    .on_constraint("access_code_once", AppError::field("code", FieldFault::Taken))?;
    Ok(())
}

/// Switches a code off and says what it kept; `None` when it is off already, or another event's.
pub async fn mark_off(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    code_id: CodeId,
) -> Result<Option<(Option<TicketTypeId>, i32)>> {
    let row = sqlx::query!(
        r#"update access_code c
              set off_at = clock_timestamp(),
                  share = 0
             from (select share, code_id
                     from access_code
                    where org_id = $1
                      and event_id = $2
                      and code_id = $3
                      and off_at is null
                      for update) old
            where c.org_id = $1
              and c.code_id = old.code_id
        returning c.share_type as "share_type: TicketTypeId", old.share as "share!""#,
        org_id.0,
        event_id.0,
        code_id.0,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| (row.share_type, row.share)))
}

/// The codes of an event, the newest first.
pub async fn list_codes(
    db: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    zone: &ZoneName,
) -> Result<Vec<DeskCode>> {
    let rows = sqlx::query!(
        r#"select c.code_id as "code_id: CodeId", c.code, c.note, c.used, c.uses_max, c.order_max,
                  c.starts_at as "starts_at: Instant", c.ends_at as "ends_at: Instant", c.share,
                  (select t.name from ticket_type t where t.org_id = c.org_id and t.ticket_type_id = c.share_type) as share_of,
                  array(select t.name
                          from access_code_type opened
                          join ticket_type t
                            on t.org_id = opened.org_id
                           and t.ticket_type_id = opened.ticket_type_id
                         where opened.org_id = c.org_id
                           and opened.code_id = c.code_id
                         order by t.position, t.product) as "opens!",
                  c.off_at is not null as "is_off!"
             from access_code c
            where c.org_id = $1
              and c.event_id = $2
            order by c.created_at desc, c.code
            limit $3"#,
        org_id.0,
        event_id.0,
        EVENT_CODES_MAX,
    )
    .fetch_all(db)
    .await?;
    let clock = |at: Option<Instant>| at.map(|at| local_time(at, zone));
    let codes = rows.into_iter().map(|row| DeskCode {
        code_id: row.code_id,
        code: row.code,
        note: row.note,
        used: row.used.unsigned_abs(),
        uses_max: row.uses_max.unsigned_abs(),
        order_max: row.order_max.map(i32::unsigned_abs),
        starts: clock(row.starts_at),
        ends: clock(row.ends_at),
        share_of: row.share_of,
        share: row.share.unsigned_abs(),
        opens: row.opens,
        is_off: row.is_off,
    });
    Ok(codes.collect())
}
