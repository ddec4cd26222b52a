//! Applies what providers said about payments: successes of the usual kind many at once, everything else one by one.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use sqlx::{Connection, PgConnection};

use super::settle::{apply_one, issue_of, tell};
use crate::{
    error::{AppError, Result},
    inventory,
    kernel::{HoldId, NoticeId, OrderId, OrgId, PaymentId},
    orders::{
        OrderState, mail,
        store::{self, Order},
    },
    payments::{self, Answer, Notice, Payment},
    platform::{
        batch::{self, Batch, Turn},
        db::Tx,
        failpoints::{self, Point},
        sabotage::Weakness,
        state::AppState,
    },
    tickets,
};

/// How long sabotaged payments are looked at before they are settled: long enough for a rival to see the same.
const RACE_WIDTH: Duration = Duration::from_millis(400);

/// A success that the provider vouches for, applied together with all of its organizer that come at the moment.
#[derive(Clone)]
struct Success(Notice);

/// Applies a stored notice. A success that came by callback is confirmed by asking the provider first, since a callback
/// carries no signature; a provider that cannot say yet is asked again later. `false` when it must be tried again.
pub async fn apply_notice(app: &AppState, (org_id, notice_id): (OrgId, NoticeId)) -> Result<bool> {
    let mut tx = app.begin_in_lane().await?;
    let notice = payments::find_notice(&mut tx, org_id, notice_id).await?.ok_or(AppError::NotFound)?;
    tx.commit().await?;
    if notice.is_applied {
        return Ok(true);
    }
    let said = payments::reading_of(&notice.result_code);
    if said != Answer::Paid {
        apply_one(app, &notice, Some(&said)).await?;
        return Ok(true);
    }
    if !notice.is_own_query {
        let of = (org_id, notice.payment_id);
        match payments::ask(app, of, notice.checkout_request_id.as_deref()).await?.answer {
            Some(Answer::Paid) => {}
            Some(Answer::NotPaid { .. }) => {
                apply_one(app, &notice, None).await?;
                return Ok(true);
            }
            _ => return Ok(false),
        }
    }
    batch::submit(app, &org_id.to_string(), Success(notice)).await?;
    Ok(true)
}

impl Batch for Success {
    type Answer = ();

    // Each has orders of its own; what they share is locked in one order.
    const AHEAD_MAX: usize = 2;

    async fn run(app: &AppState, _: &str, batch: &[Self]) -> Result<Vec<Result<()>>> {
        let applied = apply_usual(app, batch).await?;
        let mut answers = Vec::with_capacity(batch.len());
        for Self(notice) in batch {
            answers.push(if applied.contains(&notice.notice_id) {
                Ok(())
            } else {
                apply_one(app, notice, Some(&Answer::Paid)).await
            });
        }
        Ok(answers)
    }

    async fn run_in_turn(app: &AppState, lane: &str, batch: &[Self], mut turn: Turn) -> Result<Vec<Result<()>>> {
        turn.let_next_begin();
        Self::run(app, lane, batch).await
    }
}

/// What a success settles, all of it locked.
struct Usual<'a> {
    notice: &'a Notice,
    payment: Payment,
    order: Order,
}

/// Gives the orders of usual successes their tickets, in one transaction; says which notices that were. Nothing is done
/// for the others: their money came late, twice, or is not what was asked for.
async fn apply_usual(app: &AppState, batch: &[Success]) -> Result<HashSet<NoticeId>> {
    let Some(org_id) = batch.first().map(|success| success.0.org_id) else {
        return Ok(HashSet::new());
    };
    let mut tx = app.begin_in_lane().await?;
    let usual = lock_usual(app, &mut tx, org_id, batch).await?;
    if usual.is_empty() {
        tx.commit().await?;
        return Ok(HashSet::new());
    }
    let settled: Vec<_> = usual.iter().map(|one| (&one.payment, one.notice)).collect();
    payments::settle_all(&mut tx, org_id, &settled).await?;
    confirm_all(app, &mut tx, org_id, &usual).await?;
    tx.commit().await?;
    failpoints::reach(Point::AfterApplyCommit);
    app.bell.ring();
    for one in &usual {
        tell(app, &one.order);
    }
    Ok(usual.iter().map(|one| one.notice.notice_id).collect())
}

async fn lock_usual<'a>(app: &AppState, tx: &mut Tx, org_id: OrgId, batch: &'a [Success]) -> Result<Vec<Usual<'a>>> {
    if app.sabotage.is_on(Weakness::UnlockedPayments) {
        // A savepoint that is rolled back lets its locks go.
        let mut look = tx.begin().await?;
        let usual = find_usual(&mut look, org_id, batch).await?;
        look.rollback().await?;
        tokio::time::sleep(RACE_WIDTH).await;
        return Ok(usual);
    }
    find_usual(tx, org_id, batch).await
}

/// Locks payments, orders and holds, and finds those whose stock is still held for them and whose news fits.
async fn find_usual<'a>(tx: &mut PgConnection, org_id: OrgId, batch: &'a [Success]) -> Result<Vec<Usual<'a>>> {
    // Of a payment that was told of twice, the first news counts; the other is a repetition.
    let mut first: HashMap<PaymentId, &Notice> = HashMap::new();
    for Success(notice) in batch {
        first.entry(notice.payment_id).or_insert(notice);
    }
    let ids: Vec<_> = first.keys().copied().collect();
    let mut payments: HashMap<_, _> = HashMap::new();
    for payment in payments::lock_all(tx, org_id, &ids).await? {
        if first.get(&payment.payment_id).is_some_and(|notice| notice.is_usual(&payment)) {
            payments.insert(payment.payment_id, payment);
        }
    }
    let fitting: Vec<_> = first.into_values().filter(|notice| payments.contains_key(&notice.payment_id)).collect();
    let own = payments::keep_own_receipts(tx, org_id, fitting).await?;
    let order_ids: Vec<_> = own.iter().filter_map(|notice| Some(payments.get(&notice.payment_id)?.order_id)).collect();
    let orders = store::lock_orders(tx, org_id, &order_ids).await?;
    let holds: Vec<_> = orders.iter().map(|order| order.hold_id).collect();
    let active: HashSet<HoldId> = inventory::lock_active(tx, org_id, &holds).await?.into_iter().collect();
    let is_waiting = |order: &Order| order.state == OrderState::Pending && active.contains(&order.hold_id);
    let mut waiting: HashMap<OrderId, Order> =
        orders.into_iter().filter(is_waiting).map(|order| (order.order_id, order)).collect();
    // An order that two payments were made for is given to the first.
    let usual = own.into_iter().filter_map(|notice| {
        let payment = payments.remove(&notice.payment_id)?;
        let order = waiting.remove(&payment.order_id)?;
        Some(Usual { notice, payment, order })
    });
    Ok(usual.collect())
}

/// Marks orders paid, issues their tickets and puts the mails into the outbox. The pools come last: rivals for the stock
/// wait from there to the commit, and for nothing else.
async fn confirm_all(app: &AppState, tx: &mut Tx, org_id: OrgId, usual: &[Usual<'_>]) -> Result<()> {
    let orders: Vec<_> = usual.iter().map(|one| &one.order).collect();
    let ids: Vec<_> = orders.iter().map(|order| order.order_id).collect();
    let currencies = orders.iter().map(|order| (order.order_id, order.total.currency)).collect();
    let lines = store::list_lines_of(tx, org_id, &currencies).await?;
    store::mark_paid(tx, org_id, &ids).await?;
    failpoints::reach(Point::MidApply);
    if !app.sabotage.is_on(Weakness::TicketsLater) {
        let issues =
            orders.iter().map(|order| issue_of(order, lines.get(&order.order_id).map_or(&[][..], Vec::as_slice)));
        tickets::issue_all(app, tx, &issues.collect::<Vec<_>>()).await?;
    }
    mail::your_tickets(app, tx, &orders, None).await?;
    let holds: Vec<_> = orders.iter().map(|order| order.hold_id).collect();
    inventory::convert(tx, org_id, &holds).await
}
