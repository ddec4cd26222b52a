//! `ticket_type`, pool, `ticket_type_pool`.

use sqlx::PgConnection;

use super::model::{Availability, NewTicketType, OnSale, SalePhase, SaleWindow, TYPES_MAX, TicketType};
use crate::{
    error::{AppError, Result},
    kernel::{Currency, EventId, FieldFault, Instant, Money, OrgId, PoolId, TicketTypeId, ZoneName},
    platform::{
        db::{OnConstraint, Tx},
        zone::local_time,
    },
};

/// What ticket types take from their event.
pub struct Terms {
    pub zone: ZoneName,
    pub currency: Currency,
}

fn currency(code: &str) -> Result<Currency> {
    code.parse().map_err(|_| AppError::fault_text("an unknown currency is stored"))
}

fn count(number: i32) -> u32 {
    number.unsigned_abs()
}

/// The event's terms, under a lock that lets one change of its types happen at a time.
pub async fn lock_terms(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<Terms> {
    let row = sqlx::query!(
        "select zone, currency
           from event
          where org_id = $1 and event_id = $2
            for no key update",
        org_id.0,
        event_id.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Terms { zone: ZoneName(row.zone), currency: currency(&row.currency)? })
}

/// Ticket types that are not archived.
pub async fn count_types(db: &mut PgConnection, org_id: OrgId, event_id: EventId) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from ticket_type
            where org_id = $1 and event_id = $2 and archived_at is null"#,
        org_id.0,
        event_id.0,
    )
    .fetch_one(db)
    .await?;
    Ok(count)
}

/// Whether the event ever had a ticket type, archived ones included.
pub async fn has_types(db: &mut PgConnection, org_id: OrgId, event_id: EventId) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from ticket_type where org_id = $1 and event_id = $2) as "found!""#,
        org_id.0,
        event_id.0,
    )
    .fetch_one(db)
    .await?;
    Ok(found)
}

pub async fn list_types(
    db: &mut PgConnection,
    org_id: OrgId,
    event_id: EventId,
    zone: &ZoneName,
) -> Result<Vec<TicketType>> {
    let rows = sqlx::query!(
        r#"select ticket_type.ticket_type_id as "ticket_type_id: TicketTypeId", ticket_type.name, ticket_type.note,
                  ticket_type.price_minor, ticket_type.currency, ticket_type.sale_starts_at, ticket_type.sale_ends_at,
                  ticket_type.order_max, ticket_type.buyer_max, ticket_type.is_hidden, ticket_type.position, pool.capacity, pool.held, pool.sold
             from ticket_type
             join pool on pool.org_id = ticket_type.org_id and pool.own_type = ticket_type.ticket_type_id
            where ticket_type.org_id = $1 and ticket_type.event_id = $2 and ticket_type.archived_at is null
            order by ticket_type.position, ticket_type.product
            limit $3"#,
        org_id.0,
        event_id.0,
        TYPES_MAX,
    )
    .fetch_all(db)
    .await?;
    let clock = |at: Option<Instant>| at.map(|at| local_time(at, zone));
    rows.into_iter()
        .map(|row| {
            Ok(TicketType {
                ticket_type_id: row.ticket_type_id,
                name: row.name,
                note: row.note,
                price: Money::new(row.price_minor, currency(&row.currency)?),
                capacity: count(row.capacity),
                held: count(row.held),
                sold: count(row.sold),
                sale_starts: clock(row.sale_starts_at),
                sale_ends: clock(row.sale_ends_at),
                order_max: count(row.order_max),
                buyer_max: row.buyer_max.map(count),
                is_hidden: row.is_hidden,
                position: count(row.position),
            })
        })
        .collect()
}

/// The types that buyers see, and how many are left by the smallest of a type's pools. What somebody in line can use is
/// theirs.
pub async fn list_on_sale(
    db: &mut PgConnection,
    org_id: OrgId,
    event_id: EventId,
    now: Instant,
) -> Result<Vec<OnSale>> {
    let rows = sqlx::query!(
        r#"select ticket_type.ticket_type_id as "ticket_type_id: TicketTypeId", ticket_type.name, ticket_type.note,
                  ticket_type.price_minor, ticket_type.currency, ticket_type.sale_starts_at, ticket_type.sale_ends_at,
                  ticket_type.order_max, ticket_type.buyer_max, ticket_type.is_hidden, event.zone, event.ends_at,
                  case when exists (
                        select 1
                          from waitlist_entry
                         where waitlist_entry.org_id = ticket_type.org_id
                           and waitlist_entry.ticket_type_id = ticket_type.ticket_type_id
                           and waitlist_entry.state = 'waiting'
                           and waitlist_entry.size <= stock.free) then 0 else stock.free end as free
             from ticket_type
             join event using (org_id, event_id)
            cross join lateral (
                  select min(pool.capacity - pool.held - pool.sold - pool.blocked) as free
                    from ticket_type_pool
                    join pool using (org_id, pool_id)
                   where ticket_type_pool.org_id = ticket_type.org_id
                     and ticket_type_pool.ticket_type_id = ticket_type.ticket_type_id
                  ) as stock
            where ticket_type.org_id = $1 and ticket_type.event_id = $2 and ticket_type.archived_at is null
            order by ticket_type.position, ticket_type.product
            limit $3"#,
        org_id.0,
        event_id.0,
        TYPES_MAX,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let window =
                SaleWindow { starts_at: row.sale_starts_at, ends_at: row.sale_ends_at, event_ends_at: row.ends_at };
            let free = u32::try_from(row.free.unwrap_or_default()).unwrap_or_default();
            let left = match window.phase(now) {
                SalePhase::Over => Availability::Ended,
                SalePhase::Before(start) => Availability::NotYet(local_time(start, &ZoneName(row.zone))),
                SalePhase::Open => Availability::of(free),
            };
            Ok(OnSale {
                id: row.ticket_type_id,
                name: row.name,
                note: row.note,
                price: Money::new(row.price_minor, currency(&row.currency)?),
                left,
                order_max: count(row.order_max).min(free),
                buyer_max: row.buyer_max.map(count),
                is_hidden: row.is_hidden,
                free,
                order_limit: count(row.order_max),
            })
        })
        .collect()
}

/// Where a new type goes.
pub struct Place {
    pub org_id: OrgId,
    pub event_id: EventId,
    pub ticket_type_id: TicketTypeId,
}

/// Makes the type, numbered after all there ever were: the number is inside ticket codes and never used again.
pub async fn insert_type(tx: &mut Tx, place: &Place, new: &NewTicketType) -> Result<()> {
    sqlx::query!(
        "insert into ticket_type (org_id, ticket_type_id, event_id, product, name, note, price_minor, currency,
                                  sale_starts_at, sale_ends_at, order_max, position, buyer_max, buyer_max_since,
                                  is_hidden)
         select $1, $2, $3, coalesce(max(product), 0) + 1, $4, $5, $6, $7, $8, $9, $10, $11, $12,
                case when $12::int is not null then clock_timestamp() end, $13
           from ticket_type
          where org_id = $1 and event_id = $3",
        place.org_id.0,
        place.ticket_type_id.0,
        place.event_id.0,
        new.name.as_str(),
        new.note.as_str(),
        new.price.minor,
        new.price.currency.code(),
        new.sale_starts_at as Option<Instant>,
        new.sale_ends_at as Option<Instant>,
        new.order_max,
        new.position,
        new.buyer_max,
        new.is_hidden,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Makes the pool of a type's own and ties the two.
pub async fn insert_pool(tx: &mut Tx, place: &Place, new: &NewTicketType) -> Result<()> {
    sqlx::query!(
        "with made as (
             insert into pool (org_id, pool_id, event_id, name, capacity, own_type)
             values ($1, $2, $3, $4, $5, $6)
         )
         insert into ticket_type_pool (org_id, ticket_type_id, pool_id)
         values ($1, $6, $2)",
        place.org_id.0,
        PoolId::fresh().0,
        place.event_id.0,
        new.name.as_str(),
        new.capacity,
        place.ticket_type_id.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives `false` when the event has no such type.
pub async fn update_type(tx: &mut Tx, place: &Place, new: &NewTicketType) -> Result<bool> {
    let done = sqlx::query!(
        "update ticket_type
            set name = $4, note = $5, price_minor = $6, sale_starts_at = $7, sale_ends_at = $8,
                order_max = $9, position = $10, buyer_max = $12, is_hidden = $13,
                buyer_max_since = case when $12::int is null then null
                                       when $12 is distinct from buyer_max then clock_timestamp()
                                       else buyer_max_since end
          where org_id = $1 and ticket_type_id = $2 and event_id = $3 and archived_at is null and currency = $11",
        place.org_id.0,
        place.ticket_type_id.0,
        place.event_id.0,
        new.name.as_str(),
        new.note.as_str(),
        new.price.minor,
        new.sale_starts_at as Option<Instant>,
        new.sale_ends_at as Option<Instant>,
        new.order_max,
        new.position,
        new.price.currency.code(),
        new.buyer_max,
        new.is_hidden,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What is held, sold and set aside of a type's own pool, which is locked: nobody buys while its capacity is changed.
pub async fn lock_taken(tx: &mut Tx, place: &Place) -> Result<i64> {
    let taken = sqlx::query_scalar!(
        r#"select held + sold + blocked as "taken!"
             from pool
            where org_id = $1 and event_id = $2 and own_type = $3
              for update"#,
        place.org_id.0,
        place.event_id.0,
        place.ticket_type_id.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(i64::from(taken))
}

/// Sets a pool's size; `taken` is what the fault tells when that is too small.
pub async fn update_capacity(tx: &mut Tx, place: &Place, new: &NewTicketType, taken: i64) -> Result<()> {
    sqlx::query!(
        "update pool
            set name = $4, capacity = $5
          where org_id = $1 and event_id = $2 and own_type = $3",
        place.org_id.0,
        place.event_id.0,
        place.ticket_type_id.0,
        new.name.as_str(),
        new.capacity,
    )
    .execute(&mut **tx)
    .await
    .on_constraint("pool_not_oversold", AppError::field("capacity", FieldFault::BelowSold(taken)))?;
    Ok(())
}

/// Gives `false` when the event has no such type.
pub async fn mark_archived(tx: &mut Tx, place: &Place, now: Instant) -> Result<bool> {
    let done = sqlx::query!(
        "update ticket_type
            set archived_at = $4
          where org_id = $1 and ticket_type_id = $2 and event_id = $3 and archived_at is null",
        place.org_id.0,
        place.ticket_type_id.0,
        place.event_id.0,
        now as Instant,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
