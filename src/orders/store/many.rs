//! Statements on an organizer's orders, one or many at once: lines, tickets, payment.

use std::collections::HashMap;

use sqlx::PgConnection;

use super::{orders::Order, page::TicketRow};
use crate::{
    error::Result,
    kernel::{Currency, Money, OrderId, OrgId, TicketTypeId},
    orders::Line,
};

fn uuids(orders: &[OrderId]) -> Vec<uuid::Uuid> {
    orders.iter().map(|order_id| order_id.0).collect()
}

/// The lines of orders, in the currency that each order has.
pub async fn list_lines_of(
    tx: &mut PgConnection,
    org_id: OrgId,
    orders: &HashMap<OrderId, Currency>,
) -> Result<HashMap<OrderId, Vec<Line>>> {
    let ids: Vec<_> = orders.keys().copied().collect();
    let rows = sqlx::query!(
        r#"select order_id as "order_id: OrderId", ticket_type_id as "ticket_type_id: TicketTypeId", quantity, unit_minor
             from order_line
            where org_id = $1
              and order_id = any($2)
            order by order_id, line_no"#,
        org_id.0,
        &uuids(&ids),
    )
    .fetch_all(tx)
    .await?;
    let mut lines: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let Some(currency) = orders.get(&row.order_id) else { continue };
        let unit = Money::new(row.unit_minor, *currency);
        let line = Line { ticket_type_id: row.ticket_type_id, quantity: row.quantity.unsigned_abs(), unit };
        lines.entry(row.order_id).or_default().push(line);
    }
    Ok(lines)
}

/// The lines of one order.
pub async fn list_lines(tx: &mut PgConnection, order: &Order) -> Result<Vec<Line>> {
    let asked = HashMap::from([(order.order_id, order.total.currency)]);
    Ok(list_lines_of(tx, order.org_id, &asked).await?.remove(&order.order_id).unwrap_or_default())
}

pub async fn mark_paid(tx: &mut PgConnection, org_id: OrgId, orders: &[OrderId]) -> Result<()> {
    sqlx::query!(
        "update orders
            set state = 'paid',
                paid_at = clock_timestamp()
          where org_id = $1
            and order_id = any($2)",
        org_id.0,
        &uuids(orders),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The tickets of orders, for their holders.
pub async fn list_tickets_of(
    tx: &mut PgConnection,
    org_id: OrgId,
    orders: &[OrderId],
) -> Result<HashMap<OrderId, Vec<TicketRow>>> {
    let rows = sqlx::query!(
        r#"select k.order_id as "order_id: OrderId", k.line_no, k.seq, t.name as type_name, k.holder_name, k.code,
                  k.manual_code, k.state
             from ticket k
             join ticket_type t
               on t.org_id = k.org_id
              and t.ticket_type_id = k.ticket_type_id
            where k.org_id = $1
              and k.order_id = any($2)
            order by k.order_id, k.line_no, k.seq"#,
        org_id.0,
        &uuids(orders),
    )
    .fetch_all(tx)
    .await?;
    let mut tickets: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        tickets.entry(row.order_id).or_default().push(TicketRow {
            line_no: row.line_no,
            seq: row.seq,
            type_name: row.type_name,
            holder_name: row.holder_name,
            code: row.code,
            manual_code: row.manual_code,
            state: row.state,
        });
    }
    Ok(tickets)
}

/// The tickets of one order.
pub async fn list_tickets(tx: &mut PgConnection, org_id: OrgId, order_id: OrderId) -> Result<Vec<TicketRow>> {
    Ok(list_tickets_of(tx, org_id, &[order_id]).await?.remove(&order_id).unwrap_or_default())
}
