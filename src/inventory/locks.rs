//! The one order in which rows are locked: payment, order, hold, then pools by id.
//!
//! What is made scarcer is locked, as late as possible and before the check; what is freed needs no check, only the order.

use std::time::Duration;

use sqlx::{Connection, PgConnection};

use super::{Stock, store};
use crate::{
    error::Result,
    kernel::{EventId, OrgId, TicketTypeId},
    platform::{sabotage::Weakness, state::AppState},
};

/// How long a sabotaged hold waits between reading and writing: long enough for every rival to read the same stock.
const RACE_WIDTH: Duration = Duration::from_millis(400);

/// Locks the pools that some ticket types of an event draw on, in order of their ids, and says how full they are.
pub async fn stock(
    app: &AppState,
    tx: &mut PgConnection,
    of: (OrgId, EventId),
    types: &[TicketTypeId],
) -> Result<Stock> {
    if app.sabotage.is_on(Weakness::UnlockedPools) {
        // A savepoint that is rolled back lets its locks go.
        let mut look = tx.begin().await?;
        let (pools, _) = store::lock_pools(&mut look, of, types).await?;
        look.rollback().await?;
        tokio::time::sleep(RACE_WIDTH).await;
        return Ok(Stock::new(pools));
    }
    loop {
        let (pools, is_stale) = store::lock_pools(tx, of, types).await?;
        if !is_stale || app.sabotage.is_on(Weakness::StaleDraws) {
            return Ok(Stock::new(pools));
        }
    }
}
