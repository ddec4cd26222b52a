//! Statements on `call_off`, and on the orders of an event that is called off.

use sqlx::PgConnection;

use super::orders::parse_currency;
use crate::{
    error::{AppError, Result},
    kernel::{AccountId, EventId, Money, OrderId, OrgId},
};

/// An event's orders and their money, counted.
pub struct CallOffRow {
    pub is_cancelled: bool,
    pub is_asked: bool,
    pub kept: i64,
    pub kept_sum: Money,
    pub refunded: i64,
    pub on_the_way: i64,
    pub stuck: i64,
}

/// How far an event's money has gone back; another organizer's event is not found.
pub async fn count_call_off(tx: &mut PgConnection, org_id: OrgId, event_id: EventId) -> Result<CallOffRow> {
    let row = sqlx::query!(
        r#"with sold as (
               select count(*) filter (where state in ('paid', 'part_refunded')) as kept,
                      coalesce(sum(total_minor) filter (where state in ('paid', 'part_refunded')), 0)::bigint as kept_minor,
                      count(*) filter (where state = 'refunded') as refunded
                 from orders
                where org_id = $1
                  and event_id = $2),
           back as (
               select count(*) filter (where refund.state in ('requested', 'submitted')) as on_the_way,
                      count(*) filter (where refund.state in ('review', 'failed')) as stuck
                 from orders
                 join payment using (org_id, order_id)
                 join refund using (org_id, payment_id)
                where orders.org_id = $1
                  and orders.event_id = $2
                  and orders.state = 'refunded')
           select event.state, event.currency, call_off.event_id is not null as "is_asked!",
                  sold.kept as "kept!", sold.kept_minor as "kept_minor!", sold.refunded as "refunded!",
                  back.on_the_way as "on_the_way!", back.stuck as "stuck!"
             from event
             left join call_off using (org_id, event_id)
            cross join sold
            cross join back
            where event.org_id = $1
              and event.event_id = $2"#,
        org_id.0,
        event_id.0,
    )
    .fetch_optional(tx)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(CallOffRow {
        is_cancelled: row.state == "cancelled",
        is_asked: row.is_asked,
        kept: row.kept,
        kept_sum: Money::new(row.kept_minor, parse_currency(&row.currency)?),
        refunded: row.refunded,
        on_the_way: row.on_the_way,
        stuck: row.stuck,
    })
}

/// Writes down that all money of an event goes back, and how much that was; a second time changes nothing.
pub async fn insert_call_off(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    account_id: AccountId,
    counted: &CallOffRow,
) -> Result<()> {
    sqlx::query!(
        "insert into call_off (org_id, event_id, account_id, order_count, total_minor, currency)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (org_id, event_id) do nothing",
        org_id.0,
        event_id.0,
        account_id.0,
        i32::try_from(counted.kept).unwrap_or(i32::MAX),
        counted.kept_sum.minor,
        counted.kept_sum.currency.code(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Who decided that an event's money goes back.
pub async fn find_call_off(tx: &mut PgConnection, org_id: OrgId, event_id: EventId) -> Result<Option<AccountId>> {
    let found = sqlx::query_scalar!(
        r#"select account_id as "account_id: AccountId" from call_off where org_id = $1 and event_id = $2"#,
        org_id.0,
        event_id.0,
    )
    .fetch_optional(tx)
    .await?;
    Ok(found)
}

/// Orders of an event that still have their tickets.
pub async fn list_kept(tx: &mut PgConnection, org_id: OrgId, event_id: EventId, limit: i64) -> Result<Vec<OrderId>> {
    let rows = sqlx::query_scalar!(
        r#"select order_id as "order_id: OrderId"
             from orders
            where org_id = $1
              and event_id = $2
              and state in ('paid', 'part_refunded')
            order by order_id
            limit $3"#,
        org_id.0,
        event_id.0,
        limit,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

/// Events whose money goes back and in which something was paid after all, as by money that came late.
pub async fn list_unfinished_call_offs(tx: &mut PgConnection, limit: i64) -> Result<Vec<(OrgId, EventId)>> {
    let rows = sqlx::query!(
        r#"select org_id as "org_id: OrgId", event_id as "event_id: EventId"
             from call_off
            where asked_at > clock_timestamp() - interval '7 days'
              and exists (
                  select
                    from orders
                   where orders.org_id = call_off.org_id
                     and orders.event_id = call_off.event_id
                     and orders.state in ('paid', 'part_refunded'))
            order by asked_at
            limit $1"#,
        limit,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.org_id, row.event_id)).collect())
}
