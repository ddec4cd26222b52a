//! Statements on pool, for the desk.

use sqlx::PgConnection;

use super::{
    super::model::{DeskPool, NewPool},
    Place,
};
use crate::{
    error::{AppError, Result},
    kernel::{EventId, OrgId, PoolId, TicketTypeId},
    platform::db::OnConstraint,
};

/// Locks the event: one change of its stock's shape at a time.
pub async fn lock_event(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId)) -> Result<()> {
    sqlx::query_scalar!(
        "select 1 as one from event where org_id = $1 and event_id = $2 for no key update",
        org_id.0,
        event_id.0,
    )
    .fetch_one(tx)
    .await?;
    Ok(())
}

/// Locks every pool of an event in order of their ids, so that nobody takes stock meanwhile.
pub async fn lock_all_pools(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId)) -> Result<()> {
    sqlx::query_scalar!(
        "select 1 as one from pool where org_id = $1 and event_id = $2 order by pool_id for update",
        org_id.0,
        event_id.0,
    )
    .fetch_all(tx)
    .await?;
    Ok(())
}

/// What is taken of a shared pool.
pub struct Taken {
    pub held: i32,
    pub sold: i32,
    pub blocked: i32,
}

pub async fn get_shared(tx: &mut PgConnection, place: &Place) -> Result<Taken> {
    let taken = sqlx::query_as!(
        Taken,
        "select held, sold, blocked
           from pool
          where org_id = $1
            and event_id = $2
            and pool_id = $3
            and own_type is null",
        place.org_id.0,
        place.event_id.0,
        place.pool_id.0,
    )
    .fetch_one(tx)
    .await?;
    Ok(taken)
}

pub async fn count_shared(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId)) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from pool where org_id = $1 and event_id = $2 and own_type is null"#,
        org_id.0,
        event_id.0,
    )
    .fetch_one(tx)
    .await?;
    Ok(count)
}

pub async fn insert_pool(tx: &mut PgConnection, place: &Place, new: &NewPool) -> Result<()> {
    sqlx::query!(
        "insert into pool (org_id, pool_id, event_id, name, capacity) values ($1, $2, $3, $4, $5)",
        place.org_id.0,
        place.pool_id.0,
        place.event_id.0,
        new.name.as_str(),
        new.capacity,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes a shared pool's name and size, and what is sold and set aside of the types that draw on it now. `fault` is told when the size
/// is too small.
pub async fn update_pool(
    tx: &mut PgConnection,
    place: &Place,
    new: &NewPool,
    (sold, blocked): (i64, i64),
    fault: AppError,
) -> Result<()> {
    sqlx::query!(
        "update pool
            set name = $3,
                capacity = $4,
                sold = $5::bigint::int,
                blocked = $6::bigint::int
          where org_id = $1
            and pool_id = $2",
        place.org_id.0,
        place.pool_id.0,
        new.name.as_str(),
        new.capacity,
        sold,
        blocked,
    )
    .execute(tx)
    .await
    .on_constraint("pool_not_oversold", fault)?;
    Ok(())
}

/// Removes a shared pool and the memory of what was set aside of it.
pub async fn delete_pool(tx: &mut PgConnection, place: &Place) -> Result<()> {
    sqlx::query!("delete from stock_block where org_id = $1 and pool_id = $2", place.org_id.0, place.pool_id.0)
        .execute(&mut *tx)
        .await?;
    sqlx::query!("delete from pool where org_id = $1 and pool_id = $2", place.org_id.0, place.pool_id.0)
        .execute(tx)
        .await?;
    Ok(())
}

/// The event's pools with what draws on each, shared ones first, own ones in the order of their types.
pub async fn list_pools(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId)) -> Result<Vec<DeskPool>> {
    let rows = sqlx::query!(
        r#"select p.pool_id as "pool_id: PoolId", p.name, p.own_type as "own_type: TicketTypeId", p.capacity, p.held,
                  p.sold, p.blocked,
                  array(select draw.ticket_type_id
                          from ticket_type_pool draw
                         where draw.org_id = p.org_id
                           and draw.pool_id = p.pool_id) as "types!"
             from pool p
             left join ticket_type t
               on t.org_id = p.org_id
              and t.ticket_type_id = p.own_type
            where p.org_id = $1
              and p.event_id = $2
              and t.archived_at is null
            order by (p.own_type is not null), t.position, t.product, p.pool_id"#,
        org_id.0,
        event_id.0,
    )
    .fetch_all(tx)
    .await?;
    let pools = rows.into_iter().map(|row| DeskPool {
        pool_id: row.pool_id,
        name: row.name,
        own_type: row.own_type,
        capacity: row.capacity.unsigned_abs(),
        held: row.held.unsigned_abs(),
        sold: row.sold.unsigned_abs(),
        blocked: row.blocked.unsigned_abs(),
        types: row.types.into_iter().map(TicketTypeId).collect(),
        blocks: Vec::new(),
    });
    Ok(pools.collect())
}

pub async fn get_buyer_max(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId)) -> Result<Option<u32>> {
    let most =
        sqlx::query_scalar!("select buyer_max from event where org_id = $1 and event_id = $2", org_id.0, event_id.0,)
            .fetch_one(tx)
            .await?;
    Ok(most.map(i32::unsigned_abs))
}

/// Sets the limit; it counts what is ordered from now on.
pub async fn update_buyer_max(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    most: Option<i32>,
) -> Result<()> {
    sqlx::query!(
        "update event
            set buyer_max = $3,
                buyer_max_since = case when $3::int is not null then clock_timestamp() end
          where org_id = $1
            and event_id = $2",
        org_id.0,
        event_id.0,
        most,
    )
    .execute(tx)
    .await?;
    Ok(())
}
