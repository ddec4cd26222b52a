//! Statements on `stock_block`: what the desk has set aside.

use sqlx::PgConnection;

use super::{
    super::model::{BLOCKS_MAX, Block, PoolRefusal},
    Place,
};
use crate::{
    error::Result,
    kernel::{BlockId, EventId, Instant, OrgId, PoolId, Title, ZoneName},
    platform::{db::OnConstraint, zone::local_time},
};

/// What is set aside in an event, pool by pool.
pub async fn list_blocks(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    zone: &ZoneName,
) -> Result<Vec<(PoolId, Block)>> {
    let rows = sqlx::query!(
        r#"select b.pool_id as "pool_id: PoolId", b.block_id as "block_id: BlockId", b.quantity, b.reason,
                  b.created_at as "created_at: Instant"
             from stock_block b
             join pool p
               on p.org_id = b.org_id
              and p.pool_id = b.pool_id
            where b.org_id = $1
              and p.event_id = $2
              and b.released_at is null
            order by b.created_at
            limit $3"#,
        org_id.0,
        event_id.0,
        BLOCKS_MAX,
    )
    .fetch_all(tx)
    .await?;
    let block = |row: (BlockId, i32, String, Instant)| Block {
        block_id: row.0,
        quantity: row.1.unsigned_abs(),
        reason: row.2,
        since: local_time(row.3, zone),
    };
    Ok(rows
        .into_iter()
        .map(|row| (row.pool_id, block((row.block_id, row.quantity, row.reason, row.created_at))))
        .collect())
}

pub async fn count_blocks(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId)) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from stock_block b
             join pool p
               on p.org_id = b.org_id
              and p.pool_id = b.pool_id
            where b.org_id = $1
              and p.event_id = $2
              and b.released_at is null"#,
        org_id.0,
        event_id.0,
    )
    .fetch_one(tx)
    .await?;
    Ok(count)
}

/// How much of a pool nobody has, under its lock.
pub async fn lock_free(tx: &mut PgConnection, place: &Place) -> Result<i32> {
    let free = sqlx::query_scalar!(
        r#"select capacity - held - sold - blocked as "free!"
             from pool
            where org_id = $1
              and event_id = $2
              and pool_id = $3
              for update"#,
        place.org_id.0,
        place.event_id.0,
        place.pool_id.0,
    )
    .fetch_one(tx)
    .await?;
    Ok(free)
}

/// Sets more of a pool aside, or less; the database refuses what is not there.
pub async fn add_blocked(tx: &mut PgConnection, place: &Place, quantity: i32, refusal: PoolRefusal) -> Result<()> {
    sqlx::query!(
        "update pool set blocked = blocked + $3 where org_id = $1 and pool_id = $2",
        place.org_id.0,
        place.pool_id.0,
        quantity,
    )
    .execute(tx)
    .await
    .on_constraint("pool_not_oversold", refusal)?;
    Ok(())
}

pub async fn insert_block(
    tx: &mut PgConnection,
    place: &Place,
    (block_id, quantity, reason): (BlockId, i32, &Title),
) -> Result<()> {
    sqlx::query!(
        "insert into stock_block (org_id, block_id, pool_id, quantity, reason) values ($1, $2, $3, $4, $5)",
        place.org_id.0,
        block_id.0,
        place.pool_id.0,
        quantity,
        reason.as_str(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Ends a block and says what it kept of which pool; `None` when it had ended, or is another event's.
pub async fn mark_released(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    block_id: BlockId,
) -> Result<Option<(PoolId, i32)>> {
    let row = sqlx::query!(
        r#"update stock_block b
              set released_at = clock_timestamp()
             from pool p
            where b.org_id = $1
              and b.block_id = $2
              and b.released_at is null
              and p.org_id = b.org_id
              and p.pool_id = b.pool_id
              and p.event_id = $3
        returning b.pool_id as "pool_id: PoolId", b.quantity"#,
        org_id.0,
        block_id.0,
        event_id.0,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| (row.pool_id, row.quantity)))
}
