//! Money going back, by M-Pesa's reversal: all of a payment or nothing.

use super::settle::book;
use crate::{
    error::Result,
    kernel::{OrderId, OrgId, RefundId},
    payments::{
        Payment, PaymentRefusal, Provider,
        gateway::{self, Reversal, ReversalRequest},
        ledger::{self, Book},
        store::{self, Movement, NewRefund},
        webhook::{ReversalNotice, Reversed},
    },
    platform::{
        db::Tx,
        failpoints::{self, Point},
        secrets,
        state::AppState,
    },
};

/// How a refund's submission ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundEnd {
    /// The provider has taken it; its result comes later.
    Submitted,
    /// The receipt is not known yet, and without it nothing can be reversed: try later.
    NoReceiptYet,
    /// It cannot go this way, or nobody knows whether it did: a human looks.
    Review,
    /// Asked before; nothing was done.
    AskedBefore,
}

/// Writes down that all of a captured payment goes back. What went back already cannot go back again. What was paid by
/// hand goes back by hand: whoever says so has done it.
pub async fn request_refund(tx: &mut Tx, payment: &Payment, reason: &str) -> Result<RefundId> {
    let back = store::sum_refunds(tx, payment.org_id, payment.payment_id).await?;
    if back > 0 {
        return Err(PaymentRefusal::NotRefundable.into());
    }
    let refund = NewRefund {
        org_id: payment.org_id,
        refund_id: RefundId::fresh(),
        payment_id: payment.payment_id,
        amount: payment.amount,
        reason: reason.to_owned(),
    };
    store::insert_refund(tx, &refund).await?;
    if payment.provider == Provider::Cash {
        let row = store::lock_refund(tx, payment.org_id, refund.refund_id).await?;
        settle(tx, &row, None).await?;
    }
    Ok(refund.refund_id)
}

/// The money is back: noted, and booked.
async fn settle(tx: &mut Tx, refund: &store::RefundRow, receipt: Option<&str>) -> Result<()> {
    store::mark_refund_succeeded(tx, refund, receipt).await?;
    let owed_to = owed_to(tx, refund).await?;
    let movement = Movement::of(refund.refund_id.0, ledger::refund(refund.amount, owed_to).to_vec());
    book(tx, refund.org_id, "refund", vec![movement]).await
}

/// Asks the provider to reverse, once: the refund is marked first, and one whose answer was lost is never sent again
/// blindly, since money could go back twice.
pub async fn submit_refund(app: &AppState, (org_id, refund_id): (OrgId, RefundId)) -> Result<RefundEnd> {
    let mut tx = app.begin().await?;
    let refund = store::lock_refund(&mut tx, org_id, refund_id).await?;
    let Some(receipt) = refund.receipt.clone() else {
        return Ok(RefundEnd::NoReceiptYet);
    };
    if !store::mark_refund_submitted(&mut tx, org_id, refund_id).await? {
        return Ok(RefundEnd::AskedBefore);
    }
    let secret = secrets::base64(&app.keys.mac("mpesa reversal", refund_id.0.as_bytes())[..16]);
    store::insert_refund_route(&mut tx, org_id, refund_id, &secrets::digest(&secret)).await?;
    tx.commit().await?;
    let url = format!("{}/callbacks/mpesa-reversal/{secret}", app.config.callback_origin());
    let request = ReversalRequest {
        refund_id,
        receipt,
        amount: refund.amount,
        result_url: url.clone(),
        timeout_url: url,
        remarks: "Ticket refund".to_owned(),
    };
    failpoints::reach(Point::BeforeRefundCall);
    let answer = gateway::reverse(app, request).await;
    failpoints::reach(Point::AfterRefundCall);
    let why = match answer {
        Reversal::Submitted { .. } => return Ok(RefundEnd::Submitted),
        Reversal::Refused { reason } => reason.to_string(),
        Reversal::Unknown { note } => note,
    };
    let mut tx = app.begin().await?;
    store::mark_refund_failed(&mut tx, &refund, "review", &why).await?;
    tx.commit().await?;
    Ok(RefundEnd::Review)
}

/// The refund whose result path this is.
pub async fn find_refund(tx: &mut Tx, secret: &str) -> Result<Option<(OrgId, RefundId)>> {
    store::find_refund_route(tx, &secrets::digest(secret)).await
}

/// Ends a refund by the provider's result. Gives the order whose money went back, when it did just now.
pub async fn end_refund(tx: &mut Tx, of: (OrgId, RefundId), said: &ReversalNotice) -> Result<Option<OrderId>> {
    let refund = store::lock_refund(tx, of.0, of.1).await?;
    if refund.state == "succeeded" {
        return Ok(None);
    }
    match said.outcome() {
        Reversed::Done | Reversed::AlreadyDone => {}
        Reversed::ShortOfFloat | Reversed::Failed { .. } => {
            store::mark_refund_failed(tx, &refund, "review", &said.result_code).await?;
            return Ok(None);
        }
    }
    settle(tx, &refund, said.receipt.as_deref()).await?;
    Ok(Some(refund.order_id))
}

/// Whose money it was: the book that the capture was owed to.
async fn owed_to(tx: &mut Tx, refund: &store::RefundRow) -> Result<Book> {
    let is_buyers = store::is_owed_to_buyer(tx, refund.org_id, refund.payment_id).await?;
    Ok(if is_buyers { Book::Buyer } else { Book::Organizer })
}

/// Whether a payment's money went back, or is on its way.
pub async fn is_refunded(tx: &mut Tx, payment: &Payment) -> Result<bool> {
    Ok(store::sum_refunds(tx, payment.org_id, payment.payment_id).await? > 0)
}
