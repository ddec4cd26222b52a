//! What runs when, listed. Each round is safe on every node at once.

use std::time::Duration;

use tokio::{sync::watch, time};

use super::waiting;
use crate::{
    orders,
    platform::{jobs, limits, state::AppState},
};

/// How often holds that ended are swept up, and what is free is offered to who waits; promises of 60 s are kept with much
/// to spare.
const SWEEP: Duration = Duration::from_secs(2);
/// How often waiting rooms let people in.
const ADMIT: Duration = Duration::from_secs(1);
/// How often money that came for an event after it was called off is looked for.
const GO_ON: Duration = Duration::from_mins(1);
/// How often what is no longer needed is forgotten.
const TIDY: Duration = Duration::from_hours(1);

/// Runs the schedule until `stop` turns true.
pub async fn keep(app: AppState, mut stop: watch::Receiver<bool>) {
    let mut sweep = time::interval(SWEEP);
    let mut offer = time::interval(SWEEP);
    let mut admit = time::interval(ADMIT);
    let mut go_on = time::interval(GO_ON);
    let mut tidy = time::interval(TIDY);
    while !*stop.borrow() {
        // An error is logged where it appears; the next round tries again.
        let _ = tokio::select! {
            _ = sweep.tick() => orders::sweep(&app).await.map(drop),
            _ = offer.tick() => orders::offer_waiting(&app).await,
            _ = admit.tick() => waiting::tick_rooms(&app).await,
            _ = go_on.tick() => orders::go_on_with_call_offs(&app).await,
            _ = tidy.tick() => forget(&app).await,
            _ = stop.changed() => Ok(()),
        };
    }
}

async fn forget(app: &AppState) -> crate::error::Result<()> {
    limits::forget_full(app).await?;
    let mut tx = app.begin_in_lane().await?;
    jobs::forget_done(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}
