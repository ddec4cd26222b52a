//! The event that figures and lists are about.

use sqlx::PgConnection;

use crate::{
    analytics::EventHead,
    error::{AppError, Result},
    kernel::{Currency, EventId, OrgId, ZoneName},
    platform::zone::local_time,
};

/// An event's head, with the zone and currency that its figures are in; another organizer's event is not found.
pub async fn get_event_head(
    tx: &mut PgConnection,
    org_id: OrgId,
    event_id: EventId,
) -> Result<(EventHead, ZoneName, Currency)> {
    let row = sqlx::query!(
        "select slug, title, venue, place, state, zone, currency, starts_at, ends_at
           from event
          where org_id = $1
            and event_id = $2",
        org_id.0,
        event_id.0,
    )
    .fetch_optional(tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let zone = ZoneName(row.zone);
    let head = EventHead {
        event_id,
        slug: row.slug,
        title: row.title,
        venue: row.venue,
        place: row.place,
        state: row.state,
        starts: local_time(row.starts_at, &zone),
        ends: local_time(row.ends_at, &zone),
    };
    Ok((head, zone, currency(&row.currency)?))
}

/// Reads a stored currency; one that Lango does not know is a fault.
pub fn currency(code: &str) -> Result<Currency> {
    code.parse().map_err(|_| AppError::fault_text("a stored currency is unknown"))
}
