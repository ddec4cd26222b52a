//! Where payments and orders meet: news from the provider becomes tickets, or money on its way back.

use crate::{
    error::{AppError, Result},
    inventory::{self, HoldRequest, Wish},
    kernel::{OrgId, PaymentId, RefundId},
    orders::{
        Line, OrderState,
        jobs::{ApplyNotice, CheckPayment, SubmitRefund},
        mail,
        store::{self, Order},
    },
    payments::{self, Answer, Book, FailureReason, Notice, Outcome, Payment, PromptEnd, RefundEnd, ReversalNotice},
    platform::{
        db::Tx,
        failpoints::{self, Point},
        jobs,
        sabotage::Weakness,
        state::AppState,
    },
    tickets::{self, Issue, Seat},
};

/// Rings the phone, then has the payment watched.
pub async fn prompt_payment(app: &AppState, of: (OrgId, PaymentId), reference: &str) -> Result<()> {
    let end = payments::prompt(app, of, reference).await?;
    let mut tx = app.begin_in_lane().await?;
    let payment = payments::lock(&mut tx, of).await?;
    if end == PromptEnd::Refused {
        store::mark_basket(&mut tx, of.0, payment.order_id).await?;
    } else {
        watch(&mut tx, app, &payment).await?;
    }
    tx.commit().await?;
    app.live.touch(&format!("order:{}", payment.order_id));
    Ok(())
}

/// Has the provider asked about a payment again, when its time comes.
async fn watch(tx: &mut Tx, app: &AppState, payment: &Payment) -> Result<()> {
    let next = payments::next_poll_secs(payment.polls, payment.state.is_open());
    payments::mark_polled(tx, (payment.org_id, payment.payment_id), next).await?;
    let Some(secs) = next else { return Ok(()) };
    let job = CheckPayment { org_id: payment.org_id, payment_id: payment.payment_id };
    jobs::enqueue_at(tx, &job, app.now().plus_secs(secs)).await
}

/// Asks the provider about a payment, stores what it says, and asks again later while nothing is decided.
pub async fn check_payment(app: &AppState, of: (OrgId, PaymentId)) -> Result<()> {
    let asked = payments::ask(app, of, None).await?;
    let mut tx = app.begin_in_lane().await?;
    let payment = payments::lock(&mut tx, of).await?;
    if let Some(answer) = &asked.answer
        && let Some(notice_id) = payments::note_answer(&mut tx, &payment, answer).await?
    {
        jobs::enqueue(&mut tx, &ApplyNotice { org_id: of.0, notice_id }).await?;
    }
    if let Some(Answer::Odd { result_code }) = &asked.answer {
        payments::record_oddity(&mut tx, &payment, result_code).await?;
    }
    if payment.state != payments::PaymentState::Succeeded {
        watch(&mut tx, app, &payment).await?;
    }
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}

/// Applies a notice in a transaction of its own. What it said is `None` when the provider denies it.
pub(super) async fn apply_one(app: &AppState, notice: &Notice, said: Option<&Answer>) -> Result<()> {
    let mut tx = app.begin_in_lane().await?;
    let payment = payments::lock(&mut tx, (notice.org_id, notice.payment_id)).await?;
    let order = store::lock_order(&mut tx, notice.org_id, payment.order_id).await?;
    let outcome = match said {
        None => Outcome::Denied,
        Some(Answer::Paid) => take_success(app, &mut tx, (&order, &payment), notice).await?,
        Some(Answer::NotPaid { reason, .. }) => take_failure(app, &mut tx, &payment, reason).await?,
        // A code that says nothing certain: the payment stays watched.
        Some(Answer::Pending | Answer::Busy | Answer::Odd { .. }) => Outcome::Ignored,
    };
    payments::mark_notices(&mut tx, notice.org_id, &[notice.notice_id], outcome).await?;
    tx.commit().await?;
    failpoints::reach(Point::AfterApplyCommit);
    app.bell.ring();
    tell(app, &order);
    Ok(())
}

/// Money came: tickets for it, or the money back, and the books, in one transaction.
async fn take_success(
    app: &AppState,
    tx: &mut Tx,
    (order, payment): (&Order, &Payment),
    notice: &Notice,
) -> Result<Outcome> {
    let outcome = payments::record_success(app, tx, payment, notice).await?;
    if outcome != Outcome::Applied {
        return Ok(outcome);
    }
    if confirm(app, tx, order).await? {
        payments::book_capture(tx, payment, Book::Organizer).await?;
        return Ok(outcome);
    }
    payments::book_capture(tx, payment, Book::Buyer).await?;
    let reason = if order.state.has_tickets() { "paid twice" } else { "sold out when the money came" };
    let refund_id = payments::request_refund(tx, payment, reason).await?;
    jobs::enqueue(tx, &SubmitRefund { org_id: payment.org_id, refund_id }).await?;
    mail::money_back(app, tx, order, (refund_id, payment.provider)).await?;
    Ok(outcome)
}

/// It did not go through: the basket is open again, and the payment watched for late money.
async fn take_failure(app: &AppState, tx: &mut Tx, payment: &Payment, reason: &FailureReason) -> Result<Outcome> {
    let outcome = payments::record_failure(tx, payment, reason).await?;
    if outcome == Outcome::Applied {
        store::mark_basket(tx, payment.org_id, payment.order_id).await?;
        let closed = Payment { state: payments::PaymentState::Failed, polls: 0, ..payment.clone() };
        watch(tx, app, &closed).await?;
    }
    Ok(outcome)
}

/// Gives a locked order its tickets: the held stock is sold, or, when the hold had ended, taken again. `false` when
/// there is nothing to give, because it has its tickets already or the stock is gone.
pub(super) async fn confirm(app: &AppState, tx: &mut Tx, order: &Order) -> Result<bool> {
    if matches!(order.state, OrderState::Paid | OrderState::PartRefunded | OrderState::Refunded | OrderState::Failed) {
        return Ok(false);
    }
    let lines = store::list_lines(tx, order).await?;
    let held = inventory::lock_active(tx, order.org_id, &[order.hold_id]).await?;
    if held.is_empty() {
        match take_again(app, tx, order, &lines).await {
            Ok(()) => {}
            Err(AppError::Inventory(_) | AppError::Order(_) | AppError::Access(_)) => {
                store::mark_ended(tx, order, OrderState::Failed).await?;
                return Ok(false);
            }
            Err(error) => return Err(error),
        }
    }
    store::mark_paid(tx, order.org_id, &[order.order_id]).await?;
    failpoints::reach(Point::MidApply);
    if !app.sabotage.is_on(Weakness::TicketsLater) {
        tickets::issue(app, tx, &issue_of(order, &lines)).await?;
    }
    mail::your_tickets(app, tx, &[order], None).await?;
    // Last, as where many are settled at once: two that hold each a ticket's slot and the pools would wait for each other.
    inventory::convert(tx, order.org_id, &held).await?;
    Ok(true)
}

async fn take_again(app: &AppState, tx: &mut Tx, order: &Order, lines: &[Line]) -> Result<()> {
    if app.sabotage.is_on(Weakness::NoSecondTake) {
        return Err(inventory::HoldRefusal::SoldOut.into());
    }
    super::limit::retake(app, tx, order, lines).await
}

/// The stock that an order draws on.
pub(super) fn request_of(order: &Order, lines: &[Line]) -> HoldRequest {
    let wishes =
        lines.iter().map(|line| Wish { ticket_type_id: line.ticket_type_id, quantity: line.quantity }).collect();
    HoldRequest { org_id: order.org_id, event_id: order.event_id, wishes }
}

/// The tickets that an order is to have.
pub(super) fn issue_of(order: &Order, lines: &[Line]) -> Issue {
    let seats = (1..).zip(lines).flat_map(|(line_no, line)| {
        (1..=i32::try_from(line.quantity).unwrap_or(0)).map(move |seq| Seat {
            line_no,
            seq,
            ticket_type_id: line.ticket_type_id,
        })
    });
    Issue {
        org_id: order.org_id,
        event_id: order.event_id,
        order_id: order.order_id,
        holder_name: order.buyer_name.clone().unwrap_or_default(),
        seats: seats.collect(),
    }
}

/// Wakes the pages that watch an order or its event.
pub(super) fn tell(app: &AppState, order: &Order) {
    app.live.touch(&format!("order:{}", order.order_id));
    app.live.touch(&format!("event:{}", order.event_id));
}

/// Asks the provider to send money back; `false` when the receipt that this needs has not come yet.
pub async fn send_refund(app: &AppState, of: (OrgId, RefundId)) -> Result<bool> {
    Ok(payments::submit_refund(app, of).await? != RefundEnd::NoReceiptYet)
}

/// Takes the provider's result of a refund; `false` when its path is not ours.
pub async fn note_mpesa_reversal(app: &AppState, secret: &str, said: &ReversalNotice) -> Result<bool> {
    let mut tx = app.begin_in_lane().await?;
    let Some(of) = payments::find_refund(&mut tx, secret).await? else {
        return Ok(false);
    };
    let returned = payments::end_refund(&mut tx, of, said).await?;
    tx.commit().await?;
    if let Some(order_id) = returned {
        app.live.touch(&format!("order:{order_id}"));
    }
    Ok(true)
}
