//! The one order in which rows are locked: payment, order, hold, then pools by id.
//!
//! What is made scarcer is locked, as late as possible and before the check; what is freed needs no check, only the order.

use std::time::Duration;

use sqlx::Acquire;

use super::{HoldRequest, Pools, store};
use crate::{
    error::Result,
    platform::{db::Tx, sabotage::Weakness, state::AppState},
};

/// How long a sabotaged hold waits between reading and writing: long enough for every rival to read the same stock.
const RACE_WIDTH: Duration = Duration::from_millis(400);

/// Locks the pools that a request draws on, in order of their ids, and says how full they are.
pub async fn pools(app: &AppState, tx: &mut Tx, request: &HoldRequest) -> Result<Pools> {
    if app.sabotage.is_on(Weakness::UnlockedPools) {
        // A savepoint that is rolled back lets its locks go.
        let mut look = tx.begin().await?;
        let pools = store::lock_pools(&mut look, request).await?;
        look.rollback().await?;
        tokio::time::sleep(RACE_WIDTH).await;
        return Ok(pools);
    }
    store::lock_pools(tx, request).await
}
