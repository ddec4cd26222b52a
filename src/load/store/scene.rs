//! org, event, `event_directory`, `ticket_type`, pool, `ticket_type_pool`, `pg_stat_wal`.

use sqlx::PgConnection;

use crate::{
    error::Result,
    kernel::{Instant, OrgId},
    load::scene::Hall,
};

/// Whether there are organizers whose address begins otherwise.
pub async fn has_strangers(db: &mut PgConnection, prefix: &str) -> Result<bool> {
    let found =
        sqlx::query_scalar!(r#"select exists (select from org where not starts_with(slug, $1)) as "found!""#, prefix,)
            .fetch_one(db)
            .await?;
    Ok(found)
}

pub async fn insert_org(tx: &mut PgConnection, org_id: OrgId, slug: &str) -> Result<()> {
    sqlx::query!("insert into org (org_id, slug, name, country) values ($1, $2, 'Load', 'KE')", org_id.0, slug)
        .execute(tx)
        .await?;
    Ok(())
}

/// Adds a published event and its address.
pub async fn insert_event(
    tx: &mut PgConnection,
    hall: &Hall,
    reference: u32,
    (starts_at, ends_at): (Instant, Instant),
) -> Result<()> {
    sqlx::query!(
        "with address as (
             insert into event_directory (slug, reference, org_id, event_id)
             values ($3, $4, $1, $2)
         )
         insert into event (org_id, event_id, slug, reference, title, category, venue, place, country, zone, currency,
                            starts_at, ends_at, state, published_at)
         values ($1, $2, $3, $4, 'Load', 'music', 'Hall', 'Nairobi', 'KE', 'Africa/Nairobi', 'KES', $5, $6,
                 'published', now())",
        hall.org_id.0,
        hall.event_id.0,
        hall.slug,
        i64::from(reference),
        starts_at as Instant,
        ends_at as Instant,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Adds the ticket type of a hall, with the pool that it draws on.
pub async fn insert_type(tx: &mut PgConnection, hall: &Hall, capacity: i32) -> Result<()> {
    sqlx::query!(
        "with stock as (
             insert into pool (org_id, pool_id, event_id, name, capacity, own_type)
             values ($1, $4, $2, 'Regular', $6, $3)
         ), kind as (
             insert into ticket_type (org_id, ticket_type_id, event_id, product, name, price_minor, currency)
             values ($1, $3, $2, 1, 'Regular', $5, 'KES')
         )
         insert into ticket_type_pool (org_id, ticket_type_id, pool_id)
         values ($1, $3, $4)",
        hall.org_id.0,
        hall.event_id.0,
        hall.ticket_type_id.0,
        hall.pool_id.0,
        hall.price_minor,
        capacity,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Flushes of the log since the server started, whoever asked for them.
pub async fn count_flushes(db: &mut PgConnection) -> Result<i64> {
    let count = sqlx::query_scalar!(r#"select wal_sync as "wal_sync!" from pg_stat_wal"#).fetch_one(db).await?;
    Ok(count)
}
