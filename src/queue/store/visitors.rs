//! Statements on `waiting_visitor`.

use serde_json::Value;
use sqlx::PgConnection;

use crate::{
    error::Result,
    kernel::{EventId, Instant, OrgId},
    queue::{
        Inside,
        admission::{PACE_SECS, SHOW_UP_SECS},
        model::CEILING_MAX,
    },
};

/// Somebody who arrives.
#[derive(Clone, Debug)]
pub struct NewVisitor {
    pub lot: i64,
    pub browser_hash: Vec<u8>,
    /// Nothing until the draw.
    pub number: Option<i64>,
    pub basket: Option<Value>,
}

/// Somebody who is known.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub lot: i64,
    pub browser_hash: Vec<u8>,
    pub basket: Option<Value>,
    pub is_called: bool,
    pub ends_at: Option<Instant>,
    pub has_started: bool,
    pub has_left: bool,
}

/// Those of some browsers who have a place and have not left.
pub async fn find_by_browsers(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    hashes: &[Vec<u8>],
) -> Result<Vec<(i64, Vec<u8>)>> {
    let rows = sqlx::query!(
        "select lot, browser_hash
           from waiting_visitor
          where org_id = $1
            and event_id = $2
            and left_at is null
            and browser_hash = any($3)",
        org_id.0,
        event_id.0,
        hashes,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.lot, row.browser_hash)).collect())
}

/// Writes everybody who arrived together.
pub async fn insert_visitors(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    fresh: &[NewVisitor],
) -> Result<()> {
    let lots: Vec<_> = fresh.iter().map(|visitor| visitor.lot).collect();
    let hashes: Vec<_> = fresh.iter().map(|visitor| visitor.browser_hash.clone()).collect();
    let numbers: Vec<_> = fresh.iter().map(|visitor| visitor.number).collect();
    let baskets: Vec<_> = fresh.iter().map(|visitor| visitor.basket.clone()).collect();
    sqlx::query!(
        "insert into waiting_visitor (org_id, event_id, lot, browser_hash, number, basket)
         select $1, $2, fresh.lot, fresh.browser_hash, fresh.number, fresh.basket
           from unnest($3::bigint[], $4::bytea[], $5::bigint[], $6::jsonb[]) as fresh (lot, browser_hash, number, basket)",
        org_id.0,
        event_id.0,
        &lots,
        &hashes,
        &numbers as &[Option<i64>],
        &baskets as &[Option<Value>],
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Gives those who wait other baskets; who is inside keeps what was started.
pub async fn set_baskets(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    changed: &[(i64, Value)],
) -> Result<()> {
    let (lots, baskets): (Vec<_>, Vec<_>) = changed.iter().cloned().unzip();
    sqlx::query!(
        "update waiting_visitor visitor
            set basket = changed.basket
           from unnest($3::bigint[], $4::jsonb[]) as changed (lot, basket)
          where visitor.org_id = $1
            and visitor.event_id = $2
            and visitor.lot = changed.lot
            and visitor.entered_at is null",
        org_id.0,
        event_id.0,
        &lots,
        &baskets,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes down what the draw made of the lots behind `after`, in the order of the lots.
pub async fn assign_numbers(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    after: i64,
    numbers: &[i64],
) -> Result<()> {
    sqlx::query!(
        "update waiting_visitor visitor
            set number = drawn.number
           from unnest($4::bigint[]) with ordinality as drawn (number, place)
          where visitor.org_id = $1
            and visitor.event_id = $2
            and visitor.lot = $3 + drawn.place",
        org_id.0,
        event_id.0,
        after,
        numbers,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn find_by_lots(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    lots: &[i64],
) -> Result<Vec<Visitor>> {
    let rows = sqlx::query_as!(
        Visitor,
        r#"select lot, browser_hash, basket, called_at is not null as "is_called!", ends_at as "ends_at: Instant",
                  cardinality(start_keys) > 0 as "has_started!", left_at is not null as "has_left!"
             from waiting_visitor
            where org_id = $1
              and event_id = $2
              and lot = any($3)"#,
        org_id.0,
        event_id.0,
        lots,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

/// Lets people in, who have so many seconds to start a basket. Says until when.
pub async fn mark_entered(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    lots: &[i64],
    choose_secs: i64,
) -> Result<Instant> {
    let ends_at = sqlx::query_scalar!(
        r#"with entered as (
            update waiting_visitor
               set entered_at = statement_timestamp(),
                   ends_at = statement_timestamp() + make_interval(secs => $4)
             where org_id = $1
               and event_id = $2
               and lot = any($3))
         select statement_timestamp() + make_interval(secs => $4) as "ends_at!: Instant""#,
        org_id.0,
        event_id.0,
        lots,
        choose_secs as f64,
    )
    .fetch_one(tx)
    .await?;
    Ok(ends_at)
}

/// Everybody who is inside.
pub async fn list_inside(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId)) -> Result<Vec<Inside>> {
    let rows = sqlx::query!(
        r#"select lot, ends_at as "ends_at!: Instant", start_keys
             from waiting_visitor
            where org_id = $1
              and event_id = $2
              and entered_at is not null
              and left_at is null
            order by entered_at
            limit $3"#,
        org_id.0,
        event_id.0,
        CEILING_MAX,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| Inside { lot: row.lot, ends_at: row.ends_at, keys: row.start_keys }).collect())
}

pub async fn mark_left(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId), lots: &[i64]) -> Result<()> {
    sqlx::query!(
        "update waiting_visitor
            set left_at = clock_timestamp()
          where org_id = $1
            and event_id = $2
            and lot = any($3)",
        org_id.0,
        event_id.0,
        lots,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// How many were called and are still expected, and how many left lately.
pub async fn count_flow(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId)) -> Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"select (select count(*)
                     from waiting_visitor
                    where org_id = $1
                      and event_id = $2
                      and entered_at is null
                      and called_at > clock_timestamp() - make_interval(secs => $3)) as "due!",
                  (select count(*)
                     from waiting_visitor
                    where org_id = $1
                      and event_id = $2
                      and left_at > clock_timestamp() - make_interval(secs => $4)) as "left_lately!""#,
        org_id.0,
        event_id.0,
        SHOW_UP_SECS as f64,
        PACE_SECS as f64,
    )
    .fetch_one(tx)
    .await?;
    Ok((row.due, row.left_lately))
}

/// Calls the numbers behind `after` up to `to`.
pub async fn mark_called(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    (after, to): (i64, i64),
) -> Result<()> {
    sqlx::query!(
        "update waiting_visitor
            set called_at = clock_timestamp()
          where org_id = $1
            and event_id = $2
            and number > $3
            and number <= $4",
        org_id.0,
        event_id.0,
        after,
        to,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes that a basket is about to be started from inside. A key that was noted before changes nothing; `false` when
/// the time is over or too many were started.
pub async fn take_start(
    db: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    (lot, browser_hash): (i64, &[u8]),
    (key, starts_max): (&str, i32),
) -> Result<bool> {
    let taken = sqlx::query_scalar!(
        "update waiting_visitor
            set start_keys = case when $5 = any(start_keys) then start_keys else array_append(start_keys, $5) end
          where org_id = $1
            and event_id = $2
            and lot = $3
            and browser_hash = $4
            and ($5 = any(start_keys)
                 or (left_at is null and ends_at > clock_timestamp() and cardinality(start_keys) < $6))
        returning 1",
        org_id.0,
        event_id.0,
        lot,
        browser_hash,
        key,
        starts_max,
    )
    .fetch_optional(db)
    .await?;
    Ok(taken.is_some())
}

/// How many baskets somebody started who is inside and still has time.
pub async fn find_start_count(
    db: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    lot: i64,
) -> Result<Option<i32>> {
    let count = sqlx::query_scalar!(
        r#"select cardinality(start_keys) as "count!"
             from waiting_visitor
            where org_id = $1
              and event_id = $2
              and lot = $3
              and left_at is null
              and ends_at > clock_timestamp()"#,
        org_id.0,
        event_id.0,
        lot,
    )
    .fetch_optional(db)
    .await?;
    Ok(count)
}

/// Forgets a basket that was refused, so that another one may be tried.
pub async fn give_start_back(
    db: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    lot: i64,
    key: &str,
) -> Result<()> {
    sqlx::query!(
        "update waiting_visitor
            set start_keys = array_remove(start_keys, $4)
          where org_id = $1
            and event_id = $2
            and lot = $3",
        org_id.0,
        event_id.0,
        lot,
        key,
    )
    .execute(db)
    .await?;
    Ok(())
}
