//! The control: what a plain checkout does. One buyer a transaction; the pool is locked, checked and counted down, the
//! rows are written one by one, then it is committed. The rows are those that the engine writes.

use std::{sync::Arc, time::Duration};

use sqlx::PgPool;

use super::{CAPACITY, PRICE_MINOR, pace};
use crate::{
    error::Result,
    inventory::HoldRefusal,
    kernel::{HoldId, OrderId},
    load::{
        scene::{Hall, Organizer},
        store,
    },
    orders::{order_code, order_token},
    platform::{
        db,
        secrets::{self, Keys},
        state::AppState,
    },
};

/// Connections that the plain design is tried with; its best counts.
const CONNECTIONS: [u32; 3] = [1, 8, 32];

/// Orders a second, with the number of connections that suits the plain design best.
pub async fn best(app: &AppState, organizer: Organizer, span: Duration) -> Result<f64> {
    let mut best = 0.0_f64;
    for connections in CONNECTIONS {
        let hall = Arc::new(organizer.open_hall(app, CAPACITY, PRICE_MINOR).await?);
        let options = app.db.connect_options().as_ref().clone();
        let pool = db::connect(options, connections).await?;
        let (keys, shared) = (app.keys.clone(), pool.clone());
        let buy = move |_| sell(shared.clone(), keys.clone(), hall.clone());
        let rate = pace::per_sec(u64::from(connections), span, buy).await?;
        pool.close().await;
        tracing::info!(connections, rate, "plain design");
        best = best.max(rate);
    }
    Ok(best)
}

/// Sells one ticket to one buyer.
async fn sell(pool: PgPool, keys: Keys, hall: Arc<Hall>) -> Result<()> {
    let (order_id, hold_id) = (OrderId::fresh(), HoldId::fresh());
    let (code, token) = (order_code(&keys, order_id), order_token(&keys, order_id));
    let mut tx = pool.begin().await?;
    let (org_id, price_minor) = store::find_place(&mut tx, &hall.slug, hall.ticket_type_id.0).await?;
    store::claim_key(&mut tx, org_id, &secrets::random_token(), order_id).await?;
    if store::lock_pool(&mut tx, &hall).await? < 1 {
        return Err(HoldRefusal::SoldOut.into());
    }
    store::take_one(&mut tx, &hall).await?;
    store::insert_hold(&mut tx, &hall, hold_id).await?;
    store::insert_hold_line(&mut tx, &hall, hold_id).await?;
    store::insert_order(&mut tx, &hall, (order_id, hold_id), (&code, price_minor)).await?;
    store::insert_order_line(&mut tx, &hall, order_id, price_minor).await?;
    store::insert_link(&mut tx, org_id, order_id, &token).await?;
    tx.commit().await?;
    Ok(())
}
