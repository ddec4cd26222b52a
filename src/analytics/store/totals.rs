//! Sums over an event as a whole, by ticket type and by door.

use sqlx::PgConnection;

use crate::{
    analytics::{Door, model::Draw},
    error::Result,
    kernel::{EventId, Instant, OrgId, PoolId, TicketTypeId, ZoneName},
    platform::zone::local_time,
};

/// Doors shown at most.
const DOORS_MAX: i64 = 100;

/// One ticket type's sums, as stored.
pub struct TypeRow {
    pub ticket_type_id: TicketTypeId,
    pub name: String,
    pub price_minor: i64,
    pub is_archived: bool,
    pub sold: i64,
    pub taken_minor: i64,
    pub held: i64,
    pub admitted: i64,
}

/// Every ticket type of the event with what was sold, held and let in, in the order they are offered.
pub async fn list_types(tx: &mut PgConnection, org_id: OrgId, event_id: EventId) -> Result<Vec<TypeRow>> {
    let rows = sqlx::query_as!(
        TypeRow,
        r#"with sales as (
             select ticket.ticket_type_id, count(*) as sold, sum(order_line.unit_minor) as taken_minor
               from ticket
               join order_line using (org_id, order_id, line_no)
              where ticket.org_id = $1
                and ticket.event_id = $2
                and ticket.state = 'valid'
              group by ticket.ticket_type_id
           ), entries as (
             select ticket.ticket_type_id, count(distinct admission.ticket_id) as admitted
               from admission
               join ticket using (org_id, ticket_id)
              where admission.org_id = $1
                and admission.event_id = $2
              group by ticket.ticket_type_id
           ), holds as (
             select hold_line.ticket_type_id, sum(hold_line.quantity) as held
               from hold
               join hold_line using (org_id, hold_id)
              where hold.org_id = $1
                and hold.event_id = $2
                and hold.state = 'active'
              group by hold_line.ticket_type_id
           )
           select ticket_type.ticket_type_id as "ticket_type_id: TicketTypeId", ticket_type.name, ticket_type.price_minor,
                  ticket_type.archived_at is not null as "is_archived!",
                  coalesce(sales.sold, 0) as "sold!",
                  coalesce(sales.taken_minor, 0)::bigint as "taken_minor!",
                  coalesce(holds.held, 0) as "held!",
                  coalesce(entries.admitted, 0) as "admitted!"
             from ticket_type
             left join sales using (ticket_type_id)
             left join entries using (ticket_type_id)
             left join holds using (ticket_type_id)
            where ticket_type.org_id = $1
              and ticket_type.event_id = $2
            order by ticket_type.position, ticket_type.product"#,
        org_id.0,
        event_id.0,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

/// Which pools the event's ticket types draw on.
pub async fn list_draws(tx: &mut PgConnection, org_id: OrgId, event_id: EventId) -> Result<Vec<Draw>> {
    let rows = sqlx::query_as!(
        Draw,
        r#"select ticket_type_pool.ticket_type_id as "ticket_type_id: TicketTypeId", pool.pool_id as "pool_id: PoolId",
                  pool.capacity::bigint as "capacity!"
             from pool
             join ticket_type_pool using (org_id, pool_id)
            where pool.org_id = $1
              and pool.event_id = $2"#,
        org_id.0,
        event_id.0,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

/// Money in and back, and the orders behind it.
pub struct MoneyRow {
    pub taken_minor: i64,
    pub refunded_minor: i64,
    pub refunds: i64,
    pub orders: i64,
    pub pending: i64,
}

/// What was paid for the event's orders and what went back, or is on its way back.
pub async fn get_money(tx: &mut PgConnection, org_id: OrgId, event_id: EventId) -> Result<MoneyRow> {
    let row = sqlx::query_as!(
        MoneyRow,
        r#"with taken as (
             select coalesce(sum(payment.amount_minor), 0)::bigint as minor
               from orders
               join payment using (org_id, order_id)
              where orders.org_id = $1
                and orders.event_id = $2
                and payment.state = 'succeeded'
           ), given_back as (
             select coalesce(sum(refund.amount_minor), 0)::bigint as minor, count(*) as refunds
               from orders
               join payment using (org_id, order_id)
               join refund using (org_id, payment_id)
              where orders.org_id = $1
                and orders.event_id = $2
                and refund.state <> 'failed'
           ), counted as (
             select count(*) filter (where state in ('paid', 'part_refunded', 'refunded')) as orders,
                    count(*) filter (where state = 'pending') as pending
               from orders
              where org_id = $1
                and event_id = $2
           )
           select taken.minor as "taken_minor!", given_back.minor as "refunded_minor!", given_back.refunds as "refunds!",
                  counted.orders as "orders!", counted.pending as "pending!"
             from taken, given_back, counted"#,
        org_id.0,
        event_id.0,
    )
    .fetch_one(tx)
    .await?;
    Ok(row)
}

/// Who came in, and what the door could not decide.
pub struct PeopleRow {
    pub admitted: i64,
    pub last_hour: i64,
    pub hour_before: i64,
    pub conflicts: i64,
}

/// Counts people at the door up to `now`; a ticket that entered twice is one person.
pub async fn get_people(tx: &mut PgConnection, org_id: OrgId, event_id: EventId, now: Instant) -> Result<PeopleRow> {
    let row = sqlx::query_as!(
        PeopleRow,
        r#"select count(distinct ticket_id) as "admitted!",
                  count(*) filter (where admitted_at > $3::timestamptz - interval '1 hour') as "last_hour!",
                  count(*) filter (where admitted_at > $3::timestamptz - interval '2 hours' and admitted_at <= $3::timestamptz - interval '1 hour')
                      as "hour_before!",
                  (select count(*)
                     from scan
                     join scan_conflict using (org_id, scan_id)
                    where scan.org_id = $1
                      and scan.event_id = $2
                      and scan_conflict.resolved_at is null) as "conflicts!"
             from admission
            where org_id = $1
              and event_id = $2"#,
        org_id.0,
        event_id.0,
        now as Instant,
    )
    .fetch_one(tx)
    .await?;
    Ok(row)
}

/// Sales of the last 24 hours, and of the 24 hours before.
pub struct RecentRow {
    pub sold: i64,
    pub sold_before: i64,
    pub taken_minor: i64,
    pub taken_before_minor: i64,
}

/// Counts the valid tickets issued in the two days up to `now`.
pub async fn get_recent_sales(
    tx: &mut PgConnection,
    org_id: OrgId,
    event_id: EventId,
    now: Instant,
) -> Result<RecentRow> {
    let row = sqlx::query_as!(
        RecentRow,
        r#"with recent as (
             select ticket.issued_at > $3::timestamptz - interval '1 day' as is_new, order_line.unit_minor
               from ticket
               join order_line using (org_id, order_id, line_no)
              where ticket.org_id = $1
                and ticket.event_id = $2
                and ticket.state = 'valid'
                and ticket.issued_at > $3::timestamptz - interval '2 days'
                and ticket.issued_at <= $3::timestamptz
           )
           select count(*) filter (where is_new) as "sold!",
                  count(*) filter (where not is_new) as "sold_before!",
                  coalesce(sum(unit_minor) filter (where is_new), 0)::bigint as "taken_minor!",
                  coalesce(sum(unit_minor) filter (where not is_new), 0)::bigint as "taken_before_minor!"
             from recent"#,
        org_id.0,
        event_id.0,
        now as Instant,
    )
    .fetch_one(tx)
    .await?;
    Ok(row)
}

/// What each phone at the gate has done; the one seen last comes first.
pub async fn list_doors(tx: &mut PgConnection, org_id: OrgId, event_id: EventId, zone: &ZoneName) -> Result<Vec<Door>> {
    let rows = sqlx::query!(
        r#"select gate_device.name, gate_device.last_seen_at,
                  count(*) filter (where scan.verdict = 'admitted') as "admitted!",
                  count(*) filter (where scan.verdict <> 'admitted') as "refused!"
             from gate_device
             left join scan using (org_id, device_id)
            where gate_device.org_id = $1
              and gate_device.event_id = $2
            group by gate_device.org_id, gate_device.device_id
            order by gate_device.last_seen_at desc nulls last, gate_device.name
            limit $3"#,
        org_id.0,
        event_id.0,
        DOORS_MAX,
    )
    .fetch_all(tx)
    .await?;
    let door = |name, admitted, refused, at: Option<Instant>| Door {
        name,
        admitted,
        refused,
        last_seen: at.map(|at| local_time(at, zone)),
    };
    Ok(rows.into_iter().map(|row| door(row.name, row.admitted, row.refused, row.last_seen_at)).collect())
}
