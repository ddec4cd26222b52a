//! What time does by itself: holds end, and what got stuck is picked up.

use crate::{
    error::Result,
    inventory,
    orders::{jobs::ApplyNotice, store},
    payments,
    platform::{jobs, state::AppState},
};

/// Notices picked up in one go.
const LATE_NOTICES_MAX: i64 = 100;

/// Ends holds that are past their time, closes their baskets, and has stored notices applied whose job was lost.
/// Safe to run on every node at once. Says whether stock came back.
pub async fn sweep(app: &AppState) -> Result<bool> {
    let mut tx = app.begin_in_lane().await?;
    let ended = inventory::expire_due(&mut tx, None).await?;
    let closed = store::mark_expired_with_holds(&mut tx, &ended).await?;
    for (org_id, notice_id) in payments::list_late_notices(&mut tx, LATE_NOTICES_MAX).await? {
        jobs::enqueue(&mut tx, &ApplyNotice { org_id, notice_id }).await?;
    }
    tx.commit().await?;
    for order_id in closed {
        app.live.touch(&format!("order:{order_id}"));
    }
    Ok(!ended.is_empty())
}
