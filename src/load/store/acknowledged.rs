//! `order_link`, `orders`: what acknowledged answers lead to.

use sqlx::PgConnection;

use crate::{error::Result, orders::OrderState};

/// An order that an acknowledged link leads to.
pub struct FoundOrder {
    pub link_hash: Vec<u8>,
    pub state: OrderState,
    pub tickets: i64,
}

/// The orders that links lead to.
pub async fn list_orders(tx: &mut PgConnection, link_hashes: &[Vec<u8>]) -> Result<Vec<FoundOrder>> {
    let rows = sqlx::query!(
        r#"select link.link_hash, o.state, sum(line.quantity) as "tickets!"
             from order_link link
             join orders o
               on o.org_id = link.org_id
              and o.order_id = link.order_id
             join order_line line
               on line.org_id = o.org_id
              and line.order_id = o.order_id
            where link.link_hash = any($1)
            group by link.link_hash, o.state"#,
        link_hashes,
    )
    .fetch_all(tx)
    .await?;
    let found = rows.into_iter().filter_map(|row| {
        Some(FoundOrder { link_hash: row.link_hash, state: OrderState::of_word(&row.state)?, tickets: row.tickets })
    });
    Ok(found.collect())
}

/// How many tickets of an event there are to sell, by its address.
pub async fn find_capacity(tx: &mut PgConnection, slug: &str) -> Result<i64> {
    let capacity = sqlx::query_scalar!(
        r#"select coalesce(sum(p.capacity), 0) as "capacity!"
             from event_directory d
             join pool p
               on p.org_id = d.org_id
              and p.event_id = d.event_id
            where d.slug = $1"#,
        slug,
    )
    .fetch_one(tx)
    .await?;
    Ok(capacity)
}
