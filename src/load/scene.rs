//! Organizers and events to sell for: real rows, marked as what they are.

use super::store;
use crate::{
    error::Result,
    kernel::{EventId, OrgId, PoolId, TicketTypeId},
    platform::{secrets, state::AppState},
    tickets,
};

/// What the address of every organizer made for a measurement begins with.
pub const SLUG_PREFIX: &str = "load-";

/// Days from now to the events of a scene.
const DAYS_AHEAD: i64 = 30;
const MINUTES_PER_DAY: i64 = 24 * 60;

/// An organizer made for a measurement.
#[derive(Clone, Copy, Debug)]
pub struct Organizer(pub OrgId);

/// An event on sale with one ticket type, which draws on one pool.
#[derive(Clone, Debug)]
pub struct Hall {
    pub org_id: OrgId,
    pub event_id: EventId,
    pub slug: String,
    pub ticket_type_id: TicketTypeId,
    pub pool_id: PoolId,
    pub price_minor: i64,
}

impl Organizer {
    pub async fn found(app: &AppState) -> Result<Self> {
        let org_id = OrgId::fresh();
        let mut tx = app.begin().await?;
        store::insert_org(&mut tx, org_id, &fresh_slug()).await?;
        tx.commit().await?;
        Ok(Self(org_id))
    }

    /// Puts an event with so many tickets of a price on sale.
    pub async fn open_hall(self, app: &AppState, capacity: i32, price_minor: i64) -> Result<Hall> {
        let hall = Hall {
            org_id: self.0,
            event_id: EventId::fresh(),
            slug: fresh_slug(),
            ticket_type_id: TicketTypeId::fresh(),
            pool_id: PoolId::fresh(),
            price_minor,
        };
        let starts_at = app.now().plus_mins(DAYS_AHEAD * MINUTES_PER_DAY);
        let reference = u32::from_be_bytes(secrets::random());
        let mut tx = app.begin().await?;
        store::insert_event(&mut tx, &hall, reference, (starts_at, starts_at.plus_mins(MINUTES_PER_DAY))).await?;
        store::insert_type(&mut tx, &hall, capacity).await?;
        tickets::make_event_key(&mut tx, app, hall.org_id, hall.event_id).await?;
        tx.commit().await?;
        Ok(hall)
    }
}

fn fresh_slug() -> String {
    format!("{SLUG_PREFIX}{}", secrets::hex(&secrets::random::<6>()))
}

/// Whether nothing is in the database that somebody might miss.
pub async fn is_alone(app: &AppState) -> Result<bool> {
    let mut connection = app.db.acquire().await?;
    Ok(!store::has_strangers(&mut connection, SLUG_PREFIX).await?)
}
