//! An event is called off, and its money goes back: one decision, then a job that gives back order by order.

use super::{refund::Why, refund::give_back};
use crate::{
    error::{AppError, Result},
    events,
    kernel::{Actor, EventId, OrgId},
    orders::{CallOff, OrderRefusal, jobs::RefundEvent, store},
    orgs::{Permission, Staff},
    platform::{jobs, state::AppState},
};

/// Orders refunded by one run of the job; the next run goes on.
const STRETCH: i64 = 50;
/// Events that are gone on with in one go.
const UNFINISHED_MAX: i64 = 20;

/// How far an event's money has gone back.
pub async fn show_call_off(app: &AppState, staff: &Staff, event_id: EventId) -> Result<CallOff> {
    let mut tx = app.begin().await?;
    let counted = store::count_call_off(&mut tx, staff.org_id, event_id).await?;
    let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(CallOff {
        is_cancelled: counted.is_cancelled,
        is_asked: counted.is_asked,
        kept: count(counted.kept),
        kept_sum: counted.kept_sum,
        refunded: count(counted.refunded),
        on_the_way: count(counted.on_the_way),
        stuck: count(counted.stuck),
        may_refund: staff.may(Permission::RefundOrders).is_ok(),
    })
}

/// Calls an event off, if it is not, and has all its orders refunded. `seen` is the number of orders that the question
/// named: when it has changed meanwhile, the question is asked again.
pub async fn call_off(app: &AppState, staff: &Staff, event_id: EventId, seen: u32) -> Result<()> {
    let mut tx = app.begin().await?;
    events::cancel_if_not(app, &mut tx, staff, event_id).await?;
    let counted = store::count_call_off(&mut tx, staff.org_id, event_id).await?;
    if counted.kept != i64::from(seen) {
        return Err(OrderRefusal::CountChanged { now: u32::try_from(counted.kept).unwrap_or(u32::MAX) }.into());
    }
    store::insert_call_off(&mut tx, (staff.org_id, event_id), staff.account_id, &counted).await?;
    jobs::enqueue(&mut tx, &RefundEvent { org_id: staff.org_id, event_id }).await?;
    tx.commit().await?;
    app.bell.ring();
    app.live.touch(&format!("event:{event_id}"));
    Ok(())
}

/// Refunds a stretch of a called-off event's orders, each in a transaction of its own; `false` when one of them must be
/// tried again. An order that is refunded already is passed by, so that a stretch may be run twice.
pub async fn refund_event(app: &AppState, (org_id, event_id): (OrgId, EventId)) -> Result<bool> {
    let mut tx = app.begin_in_lane().await?;
    let by = store::find_call_off(&mut tx, org_id, event_id).await?.ok_or(AppError::NotFound)?;
    let kept = store::list_kept(&mut tx, org_id, event_id, STRETCH).await?;
    tx.commit().await?;
    let mut is_whole = true;
    for order_id in &kept {
        match give_back(app, (org_id, *order_id), Actor::Account(by), Why::CalledOff).await {
            Ok(()) | Err(AppError::Order(OrderRefusal::NothingToRefund)) => {}
            // One that cannot go back now keeps nobody else waiting.
            Err(_) => is_whole = false,
        }
    }
    if is_whole && !kept.is_empty() {
        let mut tx = app.begin_in_lane().await?;
        jobs::enqueue(&mut tx, &RefundEvent { org_id, event_id }).await?;
        tx.commit().await?;
        app.bell.ring();
    }
    Ok(is_whole)
}

/// Goes on with events in which something was paid after they were called off.
pub async fn go_on_with_call_offs(app: &AppState) -> Result<()> {
    let mut tx = app.begin_in_lane().await?;
    for (org_id, event_id) in store::list_unfinished_call_offs(&mut tx, UNFINISHED_MAX).await? {
        jobs::enqueue(&mut tx, &RefundEvent { org_id, event_id }).await?;
    }
    tx.commit().await?;
    Ok(())
}
