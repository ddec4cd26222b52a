//! Statements on orders, `order_line`, `order_link`.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    error::{AppError, Result},
    inventory::Opened,
    kernel::{AccountId, Currency, EmailAddress, EventId, HoldId, Instant, Money, OrderId, OrgId},
    orders::{Line, NewContact, OrderState},
    platform::secrets,
};

/// An order's row.
#[derive(Clone, Debug)]
pub struct Order {
    pub org_id: OrgId,
    pub order_id: OrderId,
    pub event_id: EventId,
    pub hold_id: HoldId,
    pub code: String,
    pub state: OrderState,
    pub total: Money,
    pub buyer_name: Option<String>,
    pub buyer_phone: Option<String>,
    pub locale: String,
}

/// An order about to be written, with its lines and the secret of its link.
#[derive(Clone, Debug)]
pub struct NewOrder {
    pub order_id: OrderId,
    pub hold_id: HoldId,
    pub code: String,
    pub token: String,
    pub lines: Vec<Line>,
    pub total: Money,
    pub account_id: Option<AccountId>,
    /// What it may have by an access code.
    pub opened: Option<Opened>,
    pub locale: &'static str,
}

/// Where a purchase happens: the published event behind an address.
#[derive(Clone, Debug)]
pub struct EventPlace {
    pub org_id: OrgId,
    pub event_id: EventId,
    pub currency: Currency,
    pub ends_at: Instant,
    /// Tickets of it that one person may have.
    pub buyer_max: Option<u32>,
}

struct OrderRow {
    org_id: OrgId,
    order_id: OrderId,
    event_id: EventId,
    hold_id: HoldId,
    code: String,
    state: String,
    currency: String,
    total_minor: i64,
    buyer_name: Option<String>,
    buyer_phone: Option<String>,
    locale: String,
}

impl TryFrom<OrderRow> for Order {
    type Error = AppError;

    fn try_from(row: OrderRow) -> Result<Self> {
        let state = OrderState::of_word(&row.state).ok_or_else(|| AppError::fault_text("orders.state is unknown"))?;
        Ok(Self {
            org_id: row.org_id,
            order_id: row.order_id,
            event_id: row.event_id,
            hold_id: row.hold_id,
            code: row.code,
            state,
            total: Money::new(row.total_minor, parse_currency(&row.currency)?),
            buyer_name: row.buyer_name,
            buyer_phone: row.buyer_phone,
            locale: row.locale,
        })
    }
}

pub fn parse_currency(code: &str) -> Result<Currency> {
    code.parse().map_err(|_| AppError::fault_text("a currency in the database is unknown"))
}

pub async fn find_event_place(tx: &mut PgConnection, slug: &str) -> Result<Option<EventPlace>> {
    let row = sqlx::query!(
        r#"select e.org_id as "org_id: OrgId", e.event_id as "event_id: EventId", e.currency, e.ends_at, e.buyer_max
             from event_directory d
             join event e
               on e.org_id = d.org_id
              and e.event_id = d.event_id
            where d.slug = $1
              and e.state = 'published'"#,
        slug,
    )
    .fetch_optional(tx)
    .await?;
    row.map(|row| {
        let currency = parse_currency(&row.currency)?;
        Ok(EventPlace {
            org_id: row.org_id,
            event_id: row.event_id,
            currency,
            ends_at: row.ends_at,
            buyer_max: row.buyer_max.map(i32::unsigned_abs),
        })
    })
    .transpose()
}

/// Where offers are made: an event of an organizer, published or not.
pub async fn get_event_place(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId)) -> Result<EventPlace> {
    let row = sqlx::query!(
        "select currency, ends_at, buyer_max from event where org_id = $1 and event_id = $2",
        org_id.0,
        event_id.0,
    )
    .fetch_one(tx)
    .await?;
    let buyer_max = row.buyer_max.map(i32::unsigned_abs);
    Ok(EventPlace { org_id, event_id, currency: parse_currency(&row.currency)?, ends_at: row.ends_at, buyer_max })
}

/// The order behind a link; its secret is compared by hash.
pub async fn find_order_by_token(tx: &mut PgConnection, token: &str) -> Result<Option<(OrgId, OrderId)>> {
    let row = sqlx::query!(
        r#"select org_id as "org_id: OrgId", order_id as "order_id: OrderId"
             from order_link
            where link_hash = $1"#,
        secrets::digest(token),
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| (row.org_id, row.order_id)))
}

/// Writes orders of one event.
pub async fn insert_orders(tx: &mut PgConnection, event: &EventPlace, orders: &[NewOrder]) -> Result<()> {
    let accounts: Vec<_> = orders.iter().map(|order| order.account_id.map(|id| id.0)).collect();
    let codes: Vec<_> = orders.iter().map(|order| order.code.clone()).collect();
    let locales: Vec<_> = orders.iter().map(|order| order.locale.to_owned()).collect();
    sqlx::query!(
        "insert into orders (org_id, event_id, currency, order_id, hold_id, code, total_minor, account_id, locale)
         select $1, $2, $3, fresh.order_id, fresh.hold_id, fresh.code, fresh.total_minor, fresh.account_id, fresh.locale
           from unnest($4::uuid[], $5::uuid[], $6::text[], $7::bigint[], $8::uuid[], $9::text[])
             as fresh (order_id, hold_id, code, total_minor, account_id, locale)",
        event.org_id.0,
        event.event_id.0,
        event.currency.code(),
        &orders.iter().map(|order| order.order_id.0).collect::<Vec<_>>(),
        &orders.iter().map(|order| order.hold_id.0).collect::<Vec<_>>(),
        &codes,
        &orders.iter().map(|order| order.total.minor).collect::<Vec<_>>(),
        &accounts as &[Option<Uuid>],
        &locales,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn insert_order_lines(tx: &mut PgConnection, org_id: OrgId, orders: &[NewOrder]) -> Result<()> {
    let (mut ids, mut numbers, mut types) = (Vec::new(), Vec::new(), Vec::new());
    let (mut quantities, mut units) = (Vec::new(), Vec::new());
    for order in orders {
        for (no, line) in (1..).zip(&order.lines) {
            ids.push(order.order_id.0);
            numbers.push(no);
            types.push(line.ticket_type_id.0);
            quantities.push(i32::try_from(line.quantity).unwrap_or(i32::MAX));
            units.push(line.unit.minor);
        }
    }
    sqlx::query!(
        "insert into order_line (org_id, order_id, line_no, ticket_type_id, quantity, unit_minor)
         select $1, line.order_id, line.no, line.ticket_type_id, line.quantity, line.unit
           from unnest($2::uuid[], $3::int[], $4::uuid[], $5::int[], $6::bigint[])
             as line (order_id, no, ticket_type_id, quantity, unit)",
        org_id.0,
        &ids,
        &numbers,
        &types,
        &quantities,
        &units,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn insert_links(tx: &mut PgConnection, org_id: OrgId, orders: &[NewOrder]) -> Result<()> {
    sqlx::query!(
        "insert into order_link (org_id, link_hash, order_id)
         select $1, link.hash, link.order_id
           from unnest($2::bytea[], $3::uuid[]) as link (hash, order_id)",
        org_id.0,
        &orders.iter().map(|order| secrets::digest(&order.token)).collect::<Vec<_>>(),
        &orders.iter().map(|order| order.order_id.0).collect::<Vec<_>>(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn lock_order(tx: &mut PgConnection, org_id: OrgId, order_id: OrderId) -> Result<Order> {
    lock_orders(tx, org_id, &[order_id]).await?.pop().ok_or(AppError::NotFound)
}

/// Locks orders, in order of their ids.
pub async fn lock_orders(tx: &mut PgConnection, org_id: OrgId, orders: &[OrderId]) -> Result<Vec<Order>> {
    sqlx::query_as!(
        OrderRow,
        r#"select org_id as "org_id: OrgId", order_id as "order_id: OrderId", event_id as "event_id: EventId",
                  hold_id as "hold_id: HoldId", code, state, currency, total_minor, buyer_name, buyer_phone, locale
             from orders
            where org_id = $1
              and order_id = any($2)
            order by order_id
              for update"#,
        org_id.0,
        &orders.iter().map(|order_id| order_id.0).collect::<Vec<_>>(),
    )
    .fetch_all(tx)
    .await?
    .into_iter()
    .map(TryInto::try_into)
    .collect()
}

/// Notes the addresses of buyers who are known before they pay.
pub async fn mark_emails(tx: &mut PgConnection, org_id: OrgId, orders: &[(OrderId, EmailAddress)]) -> Result<()> {
    let (ids, emails): (Vec<_>, Vec<_>) = orders.iter().map(|(id, email)| (id.0, email.to_string())).unzip();
    sqlx::query!(
        "update orders o
            set buyer_email = known.email
           from unnest($2::uuid[], $3::text[]) as known (order_id, email)
          where o.org_id = $1
            and o.order_id = known.order_id",
        org_id.0,
        &ids,
        &emails,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes who buys, and that a payment is under way; `false` when the event was called off.
pub async fn mark_pending(tx: &mut PgConnection, order: &Order, contact: &NewContact) -> Result<bool> {
    let done = sqlx::query!(
        "update orders
            set state = 'pending',
                buyer_name = $3,
                buyer_email = $4,
                buyer_phone = $5
           from event
          where orders.org_id = $1
            and orders.order_id = $2
            and event.org_id = orders.org_id
            and event.event_id = orders.event_id
            and event.state <> 'cancelled'",
        order.org_id.0,
        order.order_id.0,
        contact.name.as_str(),
        contact.email.as_str(),
        contact.phone.as_ref().map(crate::kernel::PhoneNumber::msisdn),
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The payment did not go through: the basket is open again while its hold lasts, and expired after. The hold is locked, so
/// that a sweep which ends it just now is seen: it looks for open baskets alone and would miss this one.
pub async fn mark_basket(tx: &mut PgConnection, org_id: OrgId, order_id: OrderId) -> Result<()> {
    sqlx::query!(
        "update orders o
            set state = case when held.state = 'active' then 'basket' else 'expired' end
           from (select own.org_id, own.order_id, h.state
                   from orders own
                   join hold h
                     on h.org_id = own.org_id
                    and h.hold_id = own.hold_id
                  where own.org_id = $1
                    and own.order_id = $2
                    and own.state = 'pending'
                    for update of own, h) held
          where o.org_id = held.org_id
            and o.order_id = held.order_id",
        org_id.0,
        order_id.0,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Closes the baskets whose holds have ended. An order whose payment is still open waits for its news.
pub async fn mark_expired_with_holds(tx: &mut PgConnection, holds: &[(OrgId, HoldId)]) -> Result<Vec<OrderId>> {
    let (orgs, ids): (Vec<_>, Vec<_>) = holds.iter().map(|(org_id, hold_id)| (org_id.0, hold_id.0)).unzip();
    let rows = sqlx::query_scalar!(
        r#"update orders o
              set state = 'expired'
             from unnest($1::uuid[], $2::uuid[]) as ended (org_id, hold_id)
            where o.org_id = ended.org_id
              and o.hold_id = ended.hold_id
              and o.state = 'basket'
        returning o.order_id as "order_id: OrderId""#,
        &orgs,
        &ids,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

/// Ends an order without tickets: failed, when money came and there is nothing left to give for it; refunded, when it
/// went back.
pub async fn mark_ended(tx: &mut PgConnection, order: &Order, state: OrderState) -> Result<()> {
    sqlx::query!(
        "update orders
            set state = $3
          where org_id = $1
            and order_id = $2",
        order.org_id.0,
        order.order_id.0,
        state.word(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Closes a basket that its buyer gave up.
pub async fn mark_released(tx: &mut PgConnection, order: &Order) -> Result<()> {
    sqlx::query!(
        "update orders
            set state = 'cancelled'
          where org_id = $1
            and order_id = $2
            and state = 'basket'",
        order.org_id.0,
        order.order_id.0,
    )
    .execute(tx)
    .await?;
    Ok(())
}
