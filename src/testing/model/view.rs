//! What is compared: the same picture of the model and of the database.

use std::collections::BTreeMap;

use sqlx::PgPool;

use super::world::{Hold, Owed, World};
use crate::kernel::EventId;

/// An order: its state, its hold's, valid tickets, total, mails with tickets.
type OrderView = (String, String, i64, i64, i64);

/// Everything that both must agree on.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Capacity, held, sold of each pool.
    pub pools: Vec<(i32, i32, i32)>,
    pub orders: Vec<OrderView>,
    /// State and amount of each payment.
    pub payments: Vec<(String, i64)>,
    /// By the payment's number: state and amount of the money that goes back.
    pub refunds: BTreeMap<i64, (String, i64)>,
    /// The balance of each book that has one.
    pub ledger: BTreeMap<String, i64>,
}

impl From<&World> for View {
    fn from(world: &World) -> Self {
        let mut view = Self {
            pools: world.pools.iter().map(|pool| (pool.capacity, pool.held, pool.sold)).collect(),
            ..Self::default()
        };
        for order in &world.orders {
            // Whoever had tickets once was mailed once.
            let is_mailed = order.state.has_tickets() || order.state == crate::orders::OrderState::Refunded;
            view.orders.push((
                order.state.word().to_owned(),
                hold_word(order.hold).to_owned(),
                i64::from(order.tickets),
                order.total_minor(),
                i64::from(is_mailed),
            ));
        }
        for (at, payment) in (1..).zip(&world.payments) {
            let minor = world.orders[payment.order].total_minor();
            view.payments.push((payment.state.word().to_owned(), minor));
            if let Some(is_back) = payment.refunded {
                view.refunds.insert(at, (if is_back { "succeeded" } else { "requested" }.to_owned(), minor));
            }
            if let Some(owed) = payment.owed.filter(|_| payment.refunded != Some(true)) {
                let book = if owed == Owed::Organizer { "organizer" } else { "buyer" };
                *view.ledger.entry("provider".to_owned()).or_default() += minor;
                *view.ledger.entry(book.to_owned()).or_default() -= minor;
            }
        }
        view
    }
}

const fn hold_word(hold: Hold) -> &'static str {
    match hold {
        Hold::Active | Hold::Overdue => "active",
        Hold::Converted => "converted",
        Hold::Expired => "expired",
        Hold::Released => "released",
    }
}

/// Ids grow with time, so that their order is the order of making.
pub async fn of_database(db: &PgPool, event_id: EventId) -> View {
    let pools = sqlx::query_as("select capacity, held, sold from pool where event_id = $1 order by name");
    let orders = sqlx::query_as(
        "select o.state, h.state,
                (select count(*) from ticket k where k.order_id = o.order_id and k.state = 'valid'),
                o.total_minor,
                (select count(*) from message m where m.topic = 'order.tickets' and m.subject_key = o.order_id::text)
           from orders o
           join hold h using (org_id, hold_id)
          where o.event_id = $1
          order by o.order_id",
    );
    let payments = sqlx::query_as(
        "select p.state, p.amount_minor
           from payment p
           join orders o using (org_id, order_id)
          where o.event_id = $1
          order by p.payment_id",
    );
    let refunds: Vec<(i64, String, i64)> = sqlx::query_as(
        "select numbered.at, r.state, r.amount_minor
           from (select p.payment_id, row_number() over (order by p.payment_id) as at
                   from payment p
                   join orders o using (org_id, order_id)
                  where o.event_id = $1) numbered
           join refund r using (payment_id)",
    )
    .bind(event_id.0)
    .fetch_all(db)
    .await
    .expect("refunds");
    let ledger: Vec<(String, i64)> = sqlx::query_as(
        "select book, sum(amount_minor)::bigint
           from ledger_entry
          where org_id = (select org_id from event where event_id = $1)
          group by book
         having sum(amount_minor) <> 0",
    )
    .bind(event_id.0)
    .fetch_all(db)
    .await
    .expect("the books");
    View {
        pools: pools.bind(event_id.0).fetch_all(db).await.expect("pools"),
        orders: orders.bind(event_id.0).fetch_all(db).await.expect("orders"),
        payments: payments.bind(event_id.0).fetch_all(db).await.expect("payments"),
        refunds: refunds.into_iter().map(|(at, state, minor)| (at, (state, minor))).collect(),
        ledger: ledger.into_iter().collect(),
    }
}
