//! Has anything moved? One statement for everything that is being watched.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    error::Result,
    kernel::{EventId, Instant, OrderId, OrgId},
};

/// An event, with the organizer it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventKey {
    pub org_id: OrgId,
    pub event_id: EventId,
}

/// Where an event stands: any change of an order, a scan or a stock changes this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    pub key: EventKey,
    pub order_at: Option<Instant>,
    pub scan_at: Option<Instant>,
    pub sold: i64,
    pub held: i64,
}

/// Where each of the events stands.
pub async fn events_moved(tx: &mut PgConnection, keys: &[EventKey]) -> Result<Vec<Moved>> {
    let orgs: Vec<Uuid> = keys.iter().map(|key| key.org_id.0).collect();
    let events: Vec<Uuid> = keys.iter().map(|key| key.event_id.0).collect();
    let rows = sqlx::query!(
        r#"select watched.org_id as "org_id!: OrgId", watched.event_id as "event_id!: EventId",
                  (select max(updated_at) from orders
                    where orders.org_id = watched.org_id and orders.event_id = watched.event_id) as order_at,
                  (select max(received_at) from scan
                    where scan.org_id = watched.org_id and scan.event_id = watched.event_id) as scan_at,
                  coalesce(stock.sold, 0) as "sold!", coalesce(stock.held, 0) as "held!"
             from unnest($1::uuid[], $2::uuid[]) as watched (org_id, event_id)
             left join lateral (
                  select sum(pool.sold) as sold, sum(pool.held) as held
                    from pool
                   where pool.org_id = watched.org_id
                     and pool.event_id = watched.event_id) as stock on true"#,
        &orgs,
        &events,
    )
    .fetch_all(tx)
    .await?;
    let moved = rows.into_iter().map(|row| Moved {
        key: EventKey { org_id: row.org_id, event_id: row.event_id },
        order_at: row.order_at,
        scan_at: row.scan_at,
        sold: row.sold,
        held: row.held,
    });
    Ok(moved.collect())
}

/// An order, with the organizer it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrderKey {
    pub org_id: OrgId,
    pub order_id: OrderId,
}

/// The word for an order's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderMoved {
    pub key: OrderKey,
    pub state: String,
}

/// Where each of the orders stands.
pub async fn orders_moved(tx: &mut PgConnection, keys: &[OrderKey]) -> Result<Vec<OrderMoved>> {
    let orgs: Vec<Uuid> = keys.iter().map(|key| key.org_id.0).collect();
    let ids: Vec<Uuid> = keys.iter().map(|key| key.order_id.0).collect();
    let rows = sqlx::query!(
        r#"select orders.org_id as "org_id: OrgId", orders.order_id as "order_id: OrderId", orders.state
             from unnest($1::uuid[], $2::uuid[]) as watched (org_id, order_id)
             join orders using (org_id, order_id)"#,
        &orgs,
        &ids,
    )
    .fetch_all(tx)
    .await?;
    let moved = rows
        .into_iter()
        .map(|row| OrderMoved { key: OrderKey { org_id: row.org_id, order_id: row.order_id }, state: row.state });
    Ok(moved.collect())
}

/// The order that a link opens, by the link's digest.
pub async fn find_order_by_link(tx: &mut PgConnection, link_hash: &[u8]) -> Result<Option<OrderKey>> {
    let row = sqlx::query_as!(
        OrderKey,
        r#"select org_id as "org_id: OrgId", order_id as "order_id: OrderId"
             from order_link
            where link_hash = $1"#,
        link_hash,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row)
}
