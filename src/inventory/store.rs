//! Statements on pool, hold, `hold_line`.

use sqlx::PgConnection;

use super::{HoldRefusal, Pool, Stock, Wish};
use crate::{
    error::Result,
    kernel::{EventId, HoldId, Instant, OrgId, PoolId, TicketTypeId},
    platform::db::OnConstraint,
};

struct PoolRow {
    pool_id: PoolId,
    capacity: i32,
    held: i32,
    sold: i32,
    blocked: i32,
    is_stale: bool,
    types: Vec<uuid::Uuid>,
}

impl From<PoolRow> for Pool {
    fn from(row: PoolRow) -> Self {
        Self {
            pool_id: row.pool_id,
            capacity: row.capacity,
            held: row.held,
            sold: row.sold,
            blocked: row.blocked,
            types: row.types.into_iter().map(TicketTypeId).collect(),
        }
    }
}

/// Reads, under a lock taken in order of the ids, the pools that some ticket types of an event draw on. `for update`
/// waits for rivals and then reads what they left of a pool's own row; the rest of the statement sees what was there
/// before it waited. So it says too whether a pool got other types meanwhile: then the locks are there, and it is to be
/// read again.
pub async fn lock_pools(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    types: &[TicketTypeId],
) -> Result<(Vec<Pool>, bool)> {
    let types: Vec<_> = types.iter().map(|id| id.0).collect();
    let rows = sqlx::query_as!(
        PoolRow,
        r#"select p.pool_id as "pool_id: PoolId", p.capacity, p.held, p.sold, p.blocked,
                  p.draws <> (select old.draws
                                from pool old
                               where old.org_id = p.org_id
                                 and old.pool_id = p.pool_id) as "is_stale!",
                  array(select draw.ticket_type_id
                          from ticket_type_pool draw
                         where draw.org_id = p.org_id
                           and draw.pool_id = p.pool_id) as "types!"
             from pool p
            where p.org_id = $1
              and p.event_id = $2
              and p.pool_id in (select draw.pool_id
                                  from ticket_type_pool draw
                                 where draw.org_id = $1
                                   and draw.ticket_type_id = any($3))
            order by p.pool_id
              for update of p"#,
        org_id.0,
        event_id.0,
        &types,
    )
    .fetch_all(tx)
    .await?;
    let is_stale = rows.iter().any(|row| row.is_stale);
    Ok((rows.into_iter().map(Pool::from).collect(), is_stale))
}

/// Reads all pools of an event without a lock, for whoever decides nothing by them.
pub async fn list_pools(db: &mut PgConnection, org_id: OrgId, event_id: EventId) -> Result<Vec<Pool>> {
    let rows = sqlx::query_as!(
        PoolRow,
        r#"select p.pool_id as "pool_id: PoolId", p.capacity, p.held, p.sold, p.blocked,
                  false as "is_stale!",
                  array(select draw.ticket_type_id
                          from ticket_type_pool draw
                         where draw.org_id = p.org_id
                           and draw.pool_id = p.pool_id) as "types!"
             from pool p
            where p.org_id = $1
              and p.event_id = $2
            order by p.pool_id"#,
        org_id.0,
        event_id.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Pool::from).collect())
}

/// Where a request's stock goes.
#[derive(Clone, Copy, Debug)]
pub enum Move {
    /// From free to held.
    Hold,
    /// From free to sold, for money that came after its hold had ended.
    Sell,
    /// From sold to free, when its tickets are voided.
    Return,
}

impl Move {
    /// What one piece adds to held and to sold.
    const fn signs(self) -> (i32, i32) {
        match self {
            Self::Hold => (1, 0),
            Self::Sell => (0, 1),
            Self::Return => (0, -1),
        }
    }
}

/// Moves what was given out of locked pools; the database refuses what is not there.
pub async fn move_stock(tx: &mut PgConnection, org_id: OrgId, stock: &Stock, to: Move) -> Result<()> {
    let (mut ids, mut wanted, mut unblocked) = (Vec::new(), Vec::new(), Vec::new());
    for (pool_id, given, set_aside) in stock.given() {
        ids.push(pool_id.0);
        wanted.push(given);
        unblocked.push(set_aside);
    }
    let (held, sold) = to.signs();
    sqlx::query!(
        "update pool p
            set held = p.held + need.wanted * $4,
                sold = p.sold + need.wanted * $5,
                blocked = p.blocked - need.unblocked
           from unnest($2::uuid[], $3::int[], $6::int[]) as need (pool_id, wanted, unblocked)
          where p.org_id = $1
            and p.pool_id = need.pool_id",
        org_id.0,
        &ids,
        &wanted,
        held,
        sold,
        &unblocked,
    )
    .execute(tx)
    .await
    .on_constraint("pool_not_oversold", HoldRefusal::SoldOut)?;
    Ok(())
}

/// Baskets and the holds that they get.
type Held<'a> = [(HoldId, &'a [Wish])];

/// Writes holds of one event, to end so many seconds from now.
pub async fn insert_holds(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    held: &Held<'_>,
    ttl_secs: i64,
) -> Result<()> {
    let ids: Vec<_> = held.iter().map(|(hold_id, _)| hold_id.0).collect();
    sqlx::query!(
        "insert into hold (org_id, hold_id, event_id, expires_at)
         select $1, fresh.hold_id, $2, statement_timestamp() + make_interval(secs => $3)
           from unnest($4::uuid[]) as fresh (hold_id)",
        org_id.0,
        event_id.0,
        ttl_secs as f64,
        &ids,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn insert_hold_lines(tx: &mut PgConnection, org_id: OrgId, held: &Held<'_>) -> Result<()> {
    let lines = held.iter().flat_map(|(hold_id, wishes)| wishes.iter().map(move |wish| (hold_id.0, wish)));
    let (mut ids, mut types, mut quantities) = (Vec::new(), Vec::new(), Vec::new());
    for (hold_id, wish) in lines {
        ids.push(hold_id);
        types.push(wish.ticket_type_id.0);
        quantities.push(i32::try_from(wish.quantity).unwrap_or(i32::MAX));
    }
    sqlx::query!(
        "insert into hold_line (org_id, hold_id, ticket_type_id, quantity)
         select $1, line.hold_id, line.ticket_type_id, line.quantity
           from unnest($2::uuid[], $3::uuid[], $4::int[]) as line (hold_id, ticket_type_id, quantity)",
        org_id.0,
        &ids,
        &types,
        &quantities,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Pushes the end of an active hold out to `min_secs` from now, but not past `cap_secs` after its birth.
pub async fn extend_hold(
    tx: &mut PgConnection,
    (org_id, hold_id): (OrgId, HoldId),
    (min_secs, cap_secs): (i64, i64),
) -> Result<Option<Instant>> {
    let expires_at = sqlx::query_scalar!(
        "update hold
            set expires_at = greatest(expires_at, least(
                    clock_timestamp() + make_interval(secs => $3),
                    created_at + make_interval(secs => $4)))
          where org_id = $1
            and hold_id = $2
            and state = 'active'
            and expires_at > clock_timestamp()
        returning expires_at",
        org_id.0,
        hold_id.0,
        min_secs as f64,
        cap_secs as f64,
    )
    .fetch_optional(tx)
    .await?;
    Ok(expires_at)
}

/// Locks the holds whose stock is still set aside, in order of their ids, and says which they are. Past their end or not:
/// until they are swept, the stock is their own.
pub async fn lock_active_holds(tx: &mut PgConnection, org_id: OrgId, holds: &[HoldId]) -> Result<Vec<HoldId>> {
    let rows = sqlx::query_scalar!(
        r#"select hold_id as "hold_id: HoldId"
             from hold
            where org_id = $1
              and hold_id = any($2)
              and state = 'active'
            order by hold_id
              for update"#,
        org_id.0,
        &holds.iter().map(|hold_id| hold_id.0).collect::<Vec<_>>(),
    )
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

/// Turns the stock of holds from held into sold. The pools are updated in order of their ids.
pub async fn convert_stock(tx: &mut PgConnection, org_id: OrgId, holds: &[HoldId]) -> Result<()> {
    sqlx::query!(
        "with need as (
            select draw.pool_id, sum(line.quantity)::int as quantity
              from hold_line line
              join ticket_type_pool draw
                on draw.org_id = line.org_id
               and draw.ticket_type_id = line.ticket_type_id
             where line.org_id = $1
               and line.hold_id = any($2)
             group by draw.pool_id),
         locked as (
            select p.pool_id
              from pool p
              join need
                on need.pool_id = p.pool_id
             where p.org_id = $1
             order by p.pool_id
               for update of p)
         update pool p
            set held = p.held - need.quantity,
                sold = p.sold + need.quantity
           from need
           join locked
             on locked.pool_id = need.pool_id
          where p.org_id = $1
            and p.pool_id = need.pool_id",
        org_id.0,
        &holds.iter().map(|hold_id| hold_id.0).collect::<Vec<_>>(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn mark_holds_converted(tx: &mut PgConnection, org_id: OrgId, holds: &[HoldId]) -> Result<()> {
    let ids: Vec<_> = holds.iter().map(|hold_id| hold_id.0).collect();
    sqlx::query!("update hold set state = 'converted' where org_id = $1 and hold_id = any($2)", org_id.0, &ids)
        .execute(tx)
        .await?;
    Ok(())
}

/// Marks holds that are past their end as expired, a bounded number of them, and says which. Holds that somebody is
/// working on are left for the next time.
pub async fn mark_due_expired(
    tx: &mut PgConnection,
    only: Option<(OrgId, EventId)>,
    limit: i64,
) -> Result<Vec<(OrgId, HoldId)>> {
    let rows = sqlx::query!(
        r#"update hold
              set state = 'expired'
             from (select org_id, hold_id
                     from hold
                    where state = 'active'
                      and expires_at <= clock_timestamp()
                      and ($1::uuid is null or (org_id = $1 and event_id = $2))
                    order by expires_at
                    limit $3
                      for update skip locked) due
            where hold.org_id = due.org_id
              and hold.hold_id = due.hold_id
        returning hold.org_id as "org_id: OrgId", hold.hold_id as "hold_id: HoldId""#,
        only.map(|(org_id, _)| org_id.0),
        only.map(|(_, event_id)| event_id.0),
        limit,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.org_id, row.hold_id)).collect())
}

/// Gives the stock of expired holds back to their pools, locked in order of their ids.
pub async fn return_held(tx: &mut PgConnection, holds: &[(OrgId, HoldId)]) -> Result<()> {
    let (orgs, ids): (Vec<_>, Vec<_>) = holds.iter().map(|(org_id, hold_id)| (org_id.0, hold_id.0)).unzip();
    sqlx::query!(
        "with need as (
            select line.org_id, draw.pool_id, sum(line.quantity)::int as quantity
              from unnest($1::uuid[], $2::uuid[]) as ended (org_id, hold_id)
              join hold_line line
                on line.org_id = ended.org_id
               and line.hold_id = ended.hold_id
              join ticket_type_pool draw
                on draw.org_id = line.org_id
               and draw.ticket_type_id = line.ticket_type_id
             group by line.org_id, draw.pool_id),
         locked as (
            select p.org_id, p.pool_id
              from pool p
              join need
                on need.org_id = p.org_id
               and need.pool_id = p.pool_id
             order by p.pool_id
               for update of p)
         update pool p
            set held = p.held - need.quantity
           from need
           join locked
             on locked.org_id = need.org_id
            and locked.pool_id = need.pool_id
          where p.org_id = need.org_id
            and p.pool_id = need.pool_id",
        &orgs,
        &ids,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn mark_hold_released(tx: &mut PgConnection, org_id: OrgId, hold_id: HoldId) -> Result<()> {
    sqlx::query!("update hold set state = 'released' where org_id = $1 and hold_id = $2", org_id.0, hold_id.0)
        .execute(tx)
        .await?;
    Ok(())
}
