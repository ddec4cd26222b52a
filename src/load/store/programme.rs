//! `account`, `org`, `member`, `event`, `event_directory`, `pool`, `ticket_type`; what a gate reads.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    error::Result,
    kernel::{AccountId, EventId, Instant, OrgId},
};

/// Adds an organizer and its owner, who cannot sign in.
pub async fn insert_org(tx: &mut PgConnection, (org_id, owner): (OrgId, AccountId), slug: &str) -> Result<()> {
    sqlx::query!(
        "with owner as (
             insert into account (account_id, email, name, password_hash, confirmed_at)
             values ($2, $3 || '@load.example', $3, '!', now())
         ), org as (
             insert into org (org_id, slug, name, country) values ($1, $3, $3, 'KE')
         )
         insert into member (org_id, account_id, role) values ($1, $2, 'owner')",
        org_id.0,
        owner.0,
        slug,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// An event of the programme.
pub struct NewEvent {
    pub event_id: EventId,
    pub slug: String,
    pub reference: u32,
    pub title: String,
    pub starts_at: Instant,
    pub capacity: i32,
    pub price_minor: i64,
}

/// Adds a published event of four hours.
pub async fn insert_event(tx: &mut PgConnection, org_id: OrgId, new: &NewEvent) -> Result<()> {
    sqlx::query!(
        "with address as (
             insert into event_directory (slug, reference, org_id, event_id) values ($3, $4, $1, $2)
         )
         insert into event (org_id, event_id, slug, reference, title, category, venue, place, country, starts_at, ends_at,
                            zone, currency, state, published_at)
         values ($1, $2, $3, $4, $5, 'music', 'Uhuru Gardens', 'Nairobi', 'KE', $6, $6::timestamptz + interval '4 hours',
                 'Africa/Nairobi', 'KES', 'published', now())",
        org_id.0,
        new.event_id.0,
        new.slug,
        i64::from(new.reference),
        new.title,
        new.starts_at as Instant,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Adds a ticket type to the event, with a pool of its own.
pub async fn insert_type(tx: &mut PgConnection, org_id: OrgId, new: &NewEvent, product: i32) -> Result<Uuid> {
    let ticket_type_id = Uuid::now_v7();
    sqlx::query!(
        "with stock as (
             insert into pool (org_id, pool_id, event_id, name, capacity, own_type)
             values ($1, $4, $2, 'Type ' || $7::int, $5, $3)
         ), kind as (
             insert into ticket_type (org_id, ticket_type_id, event_id, product, name, price_minor, currency)
             values ($1, $3, $2, $7, 'Type ' || $7::int, $6, 'KES')
         )
         insert into ticket_type_pool (org_id, ticket_type_id, pool_id) values ($1, $3, $4)",
        org_id.0,
        new.event_id.0,
        ticket_type_id,
        Uuid::now_v7(),
        new.capacity,
        new.price_minor,
        product,
    )
    .execute(tx)
    .await?;
    Ok(ticket_type_id)
}

/// The codes of an event's valid tickets.
pub async fn list_codes(tx: &mut PgConnection, org_id: OrgId, event_id: EventId, limit: i64) -> Result<Vec<String>> {
    let codes = sqlx::query_scalar!(
        "select code
           from ticket
          where org_id = $1
            and event_id = $2
            and state = 'valid'
          order by slot
          limit $3",
        org_id.0,
        event_id.0,
        limit,
    )
    .fetch_all(tx)
    .await?;
    Ok(codes)
}
