//! The desk gives an order's money back: its tickets are void from that moment.

use serde_json::json;

use super::settle::{request_of, tell};
use crate::{
    error::Result,
    inventory,
    kernel::{Actor, OrderId, OrgId},
    orders::{OrderRefusal, OrderState, jobs::SubmitRefund, mail, store},
    orgs::Staff,
    payments::{self, Provider},
    platform::{
        audit::{self, Entry},
        jobs,
        state::AppState,
    },
    tickets,
};

/// Why an order's money goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    ByDesk,
    /// The event was called off.
    CalledOff,
}

impl Why {
    const fn words(self) -> &'static str {
        match self {
            Self::ByDesk => "by the desk",
            Self::CalledOff => "event called off",
        }
    }
}

/// Gives an order's money back at the desk's wish.
pub async fn refund(app: &AppState, staff: &Staff, order_id: OrderId) -> Result<()> {
    give_back(app, (staff.org_id, order_id), staff.actor(), Why::ByDesk).await
}

/// Voids an order's tickets, puts their stock back and sends the money back, in one transaction. M-Pesa gives back whole
/// payments only.
pub(super) async fn give_back(
    app: &AppState,
    (org_id, order_id): (OrgId, OrderId),
    actor: Actor,
    why: Why,
) -> Result<()> {
    let mut tx = app.begin().await?;
    // The one order of locks: payments first, then the order.
    let captured = payments::list_captured(&mut tx, org_id, order_id).await?;
    let order = store::lock_order(&mut tx, org_id, order_id).await?;
    if !order.state.has_tickets() {
        return Err(OrderRefusal::NothingToRefund.into());
    }
    let lines = store::list_lines(&mut tx, &order).await?;
    tickets::void_order(&mut tx, (org_id, order_id), "refunded").await?;
    inventory::return_sold(app, &mut tx, &request_of(&order, &lines)).await?;
    store::mark_ended(&mut tx, &order, OrderState::Refunded).await?;
    for payment in &captured {
        if payments::is_refunded(&mut tx, payment).await? {
            continue;
        }
        let refund_id = payments::request_refund(&mut tx, payment, why.words()).await?;
        if payment.provider == Provider::Mpesa {
            jobs::enqueue(&mut tx, &SubmitRefund { org_id, refund_id }).await?;
        }
        if why == Why::ByDesk {
            mail::money_back(app, &mut tx, &order, (refund_id, payment.provider)).await?;
        }
    }
    if why == Why::CalledOff {
        let provider = captured.first().map_or(Provider::Mpesa, |payment| payment.provider);
        mail::called_off(app, &mut tx, &order, provider).await?;
    }
    let entry = Entry {
        org_id: Some(org_id),
        actor,
        verb: "refunded",
        subject: format!("order:{order_id}"),
        detail: json!({ "code": order.code, "total_minor": order.total.minor, "why": why.words() }),
    };
    audit::write(&mut tx, entry).await?;
    tx.commit().await?;
    app.bell.ring();
    tell(app, &order);
    Ok(())
}
