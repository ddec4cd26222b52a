//! What an order's page shows, in few statements.

use std::collections::HashMap;

use sqlx::PgConnection;

use super::orders::parse_currency;
use crate::{
    error::{AppError, Result},
    kernel::{AccountId, Instant, Money, OrderId, OrgId, ZoneName},
    orders::{BasketLine, OrderState},
    tickets::ManualCode,
};

/// An order with its event and hold.
#[derive(Clone, Debug)]
pub struct OrderHead {
    pub code: String,
    pub state: OrderState,
    pub total: Money,
    pub event_title: String,
    pub event_slug: String,
    pub venue: String,
    pub place: String,
    pub picture: Option<String>,
    pub organizer: String,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub zone: ZoneName,
    pub buyer_name: String,
    pub buyer_email: String,
    pub buyer_phone: String,
    pub held_until: Option<Instant>,
    pub refunding_minor: i64,
}

pub async fn load_head(tx: &mut PgConnection, org_id: OrgId, order_id: OrderId) -> Result<OrderHead> {
    load_heads(tx, org_id, &[order_id]).await?.remove(&order_id).ok_or(AppError::NotFound)
}

pub async fn load_heads(
    tx: &mut PgConnection,
    org_id: OrgId,
    orders: &[OrderId],
) -> Result<HashMap<OrderId, OrderHead>> {
    let rows = sqlx::query!(
        r#"select o.order_id as "order_id: OrderId", o.code, o.state, o.currency, o.total_minor, e.title, e.slug, e.venue, e.place, e.picture,
                  g.name as organizer, e.starts_at, e.ends_at, e.zone,
                  coalesce(o.buyer_name, '') as "buyer_name!", coalesce(o.buyer_email, '') as "buyer_email!",
                  coalesce(o.buyer_phone, '') as "buyer_phone!",
                  case when h.state = 'active' then h.expires_at end as "held_until: Instant",
                  (select coalesce(sum(r.amount_minor), 0)::bigint
                     from payment p
                     join refund r
                       on r.org_id = p.org_id
                      and r.payment_id = p.payment_id
                      and r.state <> 'failed'
                    where p.org_id = o.org_id
                      and p.order_id = o.order_id) as "refunding_minor!"
             from orders o
             join event e
               on e.org_id = o.org_id
              and e.event_id = o.event_id
             join org g
               on g.org_id = o.org_id
             join hold h
               on h.org_id = o.org_id
              and h.hold_id = o.hold_id
            where o.org_id = $1
              and o.order_id = any($2)"#,
        org_id.0,
        &orders.iter().map(|order_id| order_id.0).collect::<Vec<_>>(),
    )
    .fetch_all(tx)
    .await?;
    let mut heads = HashMap::with_capacity(rows.len());
    for row in rows {
        let head = OrderHead {
            code: row.code,
            state: OrderState::of_word(&row.state).ok_or_else(|| AppError::fault_text("orders.state is unknown"))?,
            total: Money::new(row.total_minor, parse_currency(&row.currency)?),
            event_title: row.title,
            event_slug: row.slug,
            venue: row.venue,
            place: row.place,
            picture: row.picture,
            organizer: row.organizer,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            zone: ZoneName(row.zone),
            buyer_name: row.buyer_name,
            buyer_email: row.buyer_email,
            buyer_phone: row.buyer_phone,
            held_until: row.held_until,
            refunding_minor: row.refunding_minor,
        };
        heads.insert(row.order_id, head);
    }
    Ok(heads)
}

pub async fn list_basket(tx: &mut PgConnection, org_id: OrgId, order_id: OrderId) -> Result<Vec<BasketLine>> {
    let rows = sqlx::query!(
        "select t.name, l.quantity, l.unit_minor, t.currency
           from order_line l
           join ticket_type t
             on t.org_id = l.org_id
            and t.ticket_type_id = l.ticket_type_id
          where l.org_id = $1
            and l.order_id = $2
          order by l.line_no",
        org_id.0,
        order_id.0,
    )
    .fetch_all(tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let unit = Money::new(row.unit_minor, parse_currency(&row.currency)?);
            let quantity = row.quantity.unsigned_abs();
            let sum = unit.times(quantity).ok_or_else(|| AppError::fault_text("an order line does not fit"))?;
            Ok(BasketLine { name: row.name, quantity, unit, sum })
        })
        .collect()
}

/// A ticket's row, for its holder: line, number, type, holder, code, typed code, whether it is valid.
pub struct TicketRow {
    pub line_no: i32,
    pub seq: i32,
    pub type_name: String,
    pub holder_name: String,
    pub code: String,
    pub manual_code: String,
    pub state: String,
}

impl TicketRow {
    /// The typed code as people read it out, in groups.
    pub fn spoken_code(&self) -> String {
        ManualCode::parse(&self.manual_code).map_or_else(|| self.manual_code.clone(), |code| code.to_string())
    }
}

/// Orders shown in one list of a buyer.
const MY_ORDERS_MAX: i64 = 100;

/// A row of a buyer's own list.
pub struct MyOrderRow {
    pub order_id: OrderId,
    pub code: String,
    pub state: String,
    pub currency: String,
    pub total_minor: i64,
    pub title: String,
    pub place: String,
    pub starts_at: Instant,
    pub zone: String,
    pub ticket_count: i64,
}

/// The newest orders of an account, across organizers: the one list that belongs to a person, not to a tenant.
pub async fn list_orders_of_account(tx: &mut PgConnection, account_id: AccountId) -> Result<Vec<MyOrderRow>> {
    let rows = sqlx::query_as!(
        MyOrderRow,
        r#"select o.order_id as "order_id: OrderId", o.code, o.state, o.currency, o.total_minor, e.title, e.place,
                  e.starts_at, e.zone,
                  (select count(*)
                     from ticket k
                    where k.org_id = o.org_id
                      and k.order_id = o.order_id
                      and k.state = 'valid') as "ticket_count!"
             from orders o
             join event e
               on e.org_id = o.org_id
              and e.event_id = o.event_id
            where o.account_id = $1
              and o.state in ('paid', 'part_refunded', 'refunded', 'pending', 'basket')
            order by o.created_at desc
            limit $2"#,
        account_id.0,
        MY_ORDERS_MAX,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows)
}
