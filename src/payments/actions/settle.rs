//! Writes down that money came, or did not.

use sqlx::PgConnection;

use crate::{
    error::{AppError, Result},
    kernel::{OrgId, PaymentId},
    payments::{
        FailureReason, Notice, Outcome, Payment, PaymentState,
        ledger::{self, Book},
        store::{self, Movement},
    },
    platform::{db::Tx, sabotage::Weakness, state::AppState},
};

/// Questions to the provider after which an answer that nobody understands is a human's matter.
const ODD_POLLS_MAX: i32 = 3;

/// Records a confirmed success on a locked payment. `Applied` means that this call settled it, and that the order must
/// be confirmed in the same transaction.
pub async fn record_success(app: &AppState, tx: &mut Tx, payment: &Payment, notice: &Notice) -> Result<Outcome> {
    let of = (payment.org_id, payment.payment_id);
    if is_of_another(app, tx, payment, notice).await? {
        store::mark_review(tx, of, "the provider's id belongs to another payment").await?;
        return Ok(Outcome::Mismatch);
    }
    if !notice.fits(payment) {
        store::mark_review(tx, of, "the provider named another amount or id").await?;
        return Ok(Outcome::Mismatch);
    }
    if let Some(receipt) = &notice.receipt {
        let owners = store::claim_receipts(tx, of.0, vec![(receipt, of.1)]).await?;
        if owners.get(receipt) != Some(&of.1) {
            store::mark_review(tx, of, "the receipt belongs to another payment").await?;
            return Ok(Outcome::Mismatch);
        }
        store::add_receipt(tx, of, receipt).await?;
    }
    if payment.state == PaymentState::Succeeded && !app.sabotage.is_on(Weakness::ForgetfulSettle) {
        return Ok(Outcome::Repeated);
    }
    store::mark_succeeded(tx, of.0, &[notice]).await?;
    Ok(Outcome::Applied)
}

/// Whether a notice tells of another payment. While the answer to a prompt is lost there is no id of its own to compare,
/// so that the one it names must be nobody else's: that M-Pesa vouches for it says only that somebody paid something.
async fn is_of_another(app: &AppState, tx: &mut Tx, payment: &Payment, notice: &Notice) -> Result<bool> {
    match &notice.checkout_request_id {
        Some(id) if payment.checkout_request_id.is_none() && !app.sabotage.is_on(Weakness::AnybodysId) => {
            store::is_id_of_another(tx, payment.payment_id, id).await
        }
        _ => Ok(false),
    }
}

/// Records that an attempt did not go through; a success stays what it is.
pub async fn record_failure(tx: &mut Tx, payment: &Payment, reason: &FailureReason) -> Result<Outcome> {
    let state = match reason {
        FailureReason::CancelledByBuyer => PaymentState::Cancelled,
        FailureReason::TimedOut | FailureReason::Unreachable => PaymentState::Expired,
        _ => PaymentState::Failed,
    };
    let of = (payment.org_id, payment.payment_id);
    let is_changed = store::mark_not_paid(tx, of, state, Some(&reason.to_string())).await?;
    Ok(if is_changed { Outcome::Applied } else { Outcome::Ignored })
}

/// Has a human look at an attempt about which the provider keeps saying what nobody understands. It stays watched, since
/// the money may still come.
pub async fn record_oddity(tx: &mut Tx, payment: &Payment, result_code: &str) -> Result<()> {
    if !payment.state.is_open() || payment.polls < ODD_POLLS_MAX {
        return Ok(());
    }
    let why = format!("the provider answers {result_code}, which nobody understands");
    store::mark_review(tx, (payment.org_id, payment.payment_id), &why).await
}

/// Books captured money: to the organizer when tickets were given for it, else to the buyer it must go back to.
pub async fn book_capture(tx: &mut Tx, payment: &Payment, owed_to: Book) -> Result<()> {
    book(tx, payment.org_id, "capture", vec![capture_of(payment, owed_to)]).await
}

/// The movement of a payment's money into a book.
pub(super) fn capture_of(payment: &Payment, owed_to: Book) -> Movement {
    Movement::of(payment.payment_id.0, ledger::capture(payment.amount, owed_to).to_vec())
}

/// Books movements once; a second booking of the same thing is a fault, for it would mean that money moved twice.
pub(super) async fn book(tx: &mut PgConnection, org_id: OrgId, kind: &str, movements: Vec<Movement>) -> Result<()> {
    if store::insert_ledger_txs(tx, org_id, kind, &movements).await?.len() < movements.len() {
        return Err(AppError::fault_text("a movement of money was to be booked twice"));
    }
    store::insert_ledger_entries(tx, org_id, &movements).await
}

/// Reads an attempt under its lock.
pub async fn lock(tx: &mut Tx, (org_id, payment_id): (OrgId, PaymentId)) -> Result<Payment> {
    store::lock_payment(tx, org_id, payment_id).await
}
