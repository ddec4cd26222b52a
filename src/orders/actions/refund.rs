//! The desk gives an order's money back: its tickets are void from that moment.

use serde_json::json;

use super::settle::{request_of, tell};
use crate::{
    error::Result,
    inventory,
    kernel::OrderId,
    orders::{OrderRefusal, OrderState, jobs::SubmitRefund, mail, store},
    orgs::Staff,
    payments,
    platform::{
        audit::{self, Entry},
        jobs,
        state::AppState,
    },
    tickets,
};

/// Voids an order's tickets, puts their stock back on sale and sends the money back, in one transaction. M-Pesa gives
/// back whole payments only.
pub async fn refund(app: &AppState, staff: &Staff, order_id: OrderId) -> Result<()> {
    let mut tx = app.begin().await?;
    // The one order of locks: payments first, then the order.
    let captured = payments::list_captured(&mut tx, staff.org_id, order_id).await?;
    let order = store::lock_order(&mut tx, staff.org_id, order_id).await?;
    if !order.state.has_tickets() {
        return Err(OrderRefusal::NothingToRefund.into());
    }
    let lines = store::list_lines(&mut tx, &order).await?;
    tickets::void_order(&mut tx, (staff.org_id, order_id), "refunded").await?;
    inventory::return_sold(app, &mut tx, &request_of(&order, &lines)).await?;
    store::mark_ended(&mut tx, &order, OrderState::Refunded).await?;
    for payment in &captured {
        if payments::is_refunded(&mut tx, payment).await? {
            continue;
        }
        let refund_id = payments::request_refund(&mut tx, payment, "by the desk").await?;
        jobs::enqueue(&mut tx, &SubmitRefund { org_id: staff.org_id, refund_id }).await?;
        mail::money_back(app, &mut tx, &order, refund_id).await?;
    }
    let entry = Entry {
        org_id: Some(staff.org_id),
        actor: staff.actor(),
        verb: "refunded",
        subject: format!("order:{order_id}"),
        detail: json!({ "code": order.code, "total_minor": order.total.minor }),
    };
    audit::write(&mut tx, entry).await?;
    tx.commit().await?;
    app.bell.ring();
    tell(app, &order);
    Ok(())
}
