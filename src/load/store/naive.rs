//! What a plain checkout does for one buyer, a statement each: idempotency key, pool, hold, order and their children.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    error::Result,
    kernel::{HoldId, OrderId, OrgId},
    load::scene::Hall,
    platform::secrets,
};

/// Claims a key for an order; `false` when it was claimed before.
pub async fn claim_key(tx: &mut PgConnection, org_id: OrgId, key: &str, subject_id: OrderId) -> Result<bool> {
    let done = sqlx::query!(
        "insert into idempotency_key (org_id, scope, key, request_hash, subject_id)
         values ($1, 'order', $2, $3, $4)
         on conflict do nothing",
        org_id.0,
        key,
        secrets::digest(key),
        subject_id.0,
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Reads the event's organizer and the price of the ticket type, as the checkout must before it sells.
pub async fn find_place(tx: &mut PgConnection, slug: &str, ticket_type_id: Uuid) -> Result<(OrgId, i64)> {
    let row = sqlx::query!(
        r#"select d.org_id as "org_id: OrgId", t.price_minor
             from event_directory d
             join event e
               on e.org_id = d.org_id
              and e.event_id = d.event_id
             join ticket_type t
               on t.org_id = d.org_id
              and t.event_id = d.event_id
            where d.slug = $1
              and t.ticket_type_id = $2
              and e.state = 'published'"#,
        slug,
        ticket_type_id,
    )
    .fetch_one(tx)
    .await?;
    Ok((row.org_id, row.price_minor))
}

/// Locks a pool and says how much is left in it.
pub async fn lock_pool(tx: &mut PgConnection, hall: &Hall) -> Result<i32> {
    let left = sqlx::query_scalar!(
        r#"select capacity - held - sold as "left!"
             from pool
            where org_id = $1
              and pool_id = $2
              for update"#,
        hall.org_id.0,
        hall.pool_id.0,
    )
    .fetch_one(tx)
    .await?;
    Ok(left)
}

pub async fn take_one(tx: &mut PgConnection, hall: &Hall) -> Result<()> {
    sqlx::query!("update pool set held = held + 1 where org_id = $1 and pool_id = $2", hall.org_id.0, hall.pool_id.0)
        .execute(tx)
        .await?;
    Ok(())
}

pub async fn insert_hold(tx: &mut PgConnection, hall: &Hall, hold_id: HoldId) -> Result<()> {
    sqlx::query!(
        "insert into hold (org_id, hold_id, event_id, expires_at)
         values ($1, $2, $3, statement_timestamp() + interval '10 minutes')",
        hall.org_id.0,
        hold_id.0,
        hall.event_id.0,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn insert_hold_line(tx: &mut PgConnection, hall: &Hall, hold_id: HoldId) -> Result<()> {
    sqlx::query!(
        "insert into hold_line (org_id, hold_id, ticket_type_id, quantity) values ($1, $2, $3, 1)",
        hall.org_id.0,
        hold_id.0,
        hall.ticket_type_id.0,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn insert_order(
    tx: &mut PgConnection,
    hall: &Hall,
    (order_id, hold_id): (OrderId, HoldId),
    (code, price_minor): (&str, i64),
) -> Result<()> {
    sqlx::query!(
        "insert into orders (org_id, event_id, currency, order_id, hold_id, code, total_minor, locale)
         values ($1, $2, 'KES', $3, $4, $5, $6, 'en')",
        hall.org_id.0,
        hall.event_id.0,
        order_id.0,
        hold_id.0,
        code,
        price_minor,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn insert_order_line(tx: &mut PgConnection, hall: &Hall, order_id: OrderId, price_minor: i64) -> Result<()> {
    sqlx::query!(
        "insert into order_line (org_id, order_id, line_no, ticket_type_id, quantity, unit_minor)
         values ($1, $2, 1, $3, 1, $4)",
        hall.org_id.0,
        order_id.0,
        hall.ticket_type_id.0,
        price_minor,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn insert_link(tx: &mut PgConnection, org_id: OrgId, order_id: OrderId, token: &str) -> Result<()> {
    sqlx::query!(
        "insert into order_link (org_id, link_hash, order_id) values ($1, $2, $3)",
        org_id.0,
        secrets::digest(token),
        order_id.0,
    )
    .execute(tx)
    .await?;
    Ok(())
}
