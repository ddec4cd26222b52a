//! Verbs: hold, extend, convert, retake, release, `return_sold`, `expire_due`. All run inside the caller's transaction.

use super::{
    HOLD_CAP_SECS, HOLD_PROMPT_SECS, HOLD_TTL_SECS, Hold, HoldRefusal, HoldRequest, locks,
    store::{self, Move},
};
use crate::{
    error::Result,
    kernel::{EventId, HoldId, Instant, OrgId},
    platform::{db::Tx, state::AppState},
};

/// Holds expired in one go.
const EXPIRE_BATCH: i64 = 200;

/// Sets a basket's stock aside for ten minutes, all of it or none.
pub async fn hold(app: &AppState, tx: &mut Tx, request: &HoldRequest) -> Result<Hold> {
    let pools = locks::pools(app, tx, request).await?;
    pools.check()?;
    store::move_stock(tx, request.org_id, &pools, Move::Hold).await?;
    let hold = store::insert_hold(tx, request, HOLD_TTL_SECS).await?;
    store::insert_hold_lines(tx, request, hold.hold_id).await?;
    Ok(hold)
}

/// Keeps a hold alive while a payment prompt is out, up to a cap; refuses when it has ended.
pub async fn extend(tx: &mut Tx, org_id: OrgId, hold_id: HoldId) -> Result<Instant> {
    let end = store::extend_hold(tx, (org_id, hold_id), (HOLD_PROMPT_SECS, HOLD_CAP_SECS)).await?;
    Ok(end.ok_or(HoldRefusal::Expired)?)
}

/// Turns a hold's stock into sold stock. `false` when the hold had ended and its stock went back: nothing is changed then.
pub async fn convert(tx: &mut Tx, org_id: OrgId, hold_id: HoldId) -> Result<bool> {
    if !store::lock_active_hold(tx, org_id, hold_id).await? {
        return Ok(false);
    }
    store::mark_hold_converted(tx, org_id, hold_id).await?;
    store::convert_stock(tx, org_id, hold_id).await?;
    Ok(true)
}

/// Takes stock again for money that came after its hold had ended; refuses when it is gone.
pub async fn retake(app: &AppState, tx: &mut Tx, request: &HoldRequest) -> Result<()> {
    let pools = locks::pools(app, tx, request).await?;
    pools.check()?;
    store::move_stock(tx, request.org_id, &pools, Move::Sell).await
}

/// Puts sold stock back on sale, when its tickets are voided in the same transaction.
pub async fn return_sold(app: &AppState, tx: &mut Tx, request: &HoldRequest) -> Result<()> {
    let pools = locks::pools(app, tx, request).await?;
    store::move_stock(tx, request.org_id, &pools, Move::Return).await
}

/// Ends holds that are past their time, of one event or of all, and gives their stock back. Says which ended.
pub async fn expire_due(tx: &mut Tx, only: Option<(OrgId, EventId)>) -> Result<Vec<(OrgId, HoldId)>> {
    let ended = store::mark_due_expired(tx, only, EXPIRE_BATCH).await?;
    if !ended.is_empty() {
        store::return_held(tx, &ended).await?;
    }
    Ok(ended)
}

/// Gives an active hold's stock back; a hold that has ended in any way stays as it is.
pub async fn release(tx: &mut Tx, org_id: OrgId, hold_id: HoldId) -> Result<()> {
    if store::lock_active_hold(tx, org_id, hold_id).await? {
        store::mark_hold_released(tx, org_id, hold_id).await?;
        store::return_held(tx, &[(org_id, hold_id)]).await?;
    }
    Ok(())
}
