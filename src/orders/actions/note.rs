//! Takes callbacks: stored raw, all that come at the moment in one transaction, then acknowledged.

use crate::{
    error::Result,
    orders::jobs::ApplyNotice,
    payments::{self, Callback, StkNotice},
    platform::{
        batch::{self, Batch, Turn},
        failpoints::{self, Point},
        jobs,
        state::AppState,
    },
};

/// The one lane of callbacks.
const LANE: &str = "mpesa";

/// Stores a callback raw and has it applied; `false` when its path is not ours. Nothing is decided here.
pub async fn note_mpesa_callback(app: &AppState, secret: &str, said: StkNotice) -> Result<bool> {
    batch::submit(app, LANE, Callback { secret: secret.to_owned(), said }).await
}

impl Batch for Callback {
    type Answer = bool;

    const AHEAD_MAX: usize = 2;

    async fn run(app: &AppState, _: &str, batch: &[Self]) -> Result<Vec<Result<bool>>> {
        let mut tx = app.begin_in_lane().await?;
        let noted = payments::note_callbacks(&mut tx, batch).await?;
        let jobs = noted.fresh.iter().map(|(org_id, notice_id)| ApplyNotice { org_id: *org_id, notice_id: *notice_id });
        jobs::enqueue_all(&mut tx, &jobs.collect::<Vec<_>>()).await?;
        tx.commit().await?;
        failpoints::reach(Point::AfterRawCallback);
        app.bell.ring();
        Ok(noted.is_ours.into_iter().map(Ok).collect())
    }

    async fn run_in_turn(app: &AppState, lane: &str, batch: &[Self], mut turn: Turn) -> Result<Vec<Result<bool>>> {
        turn.let_next_begin();
        Self::run(app, lane, batch).await
    }
}
