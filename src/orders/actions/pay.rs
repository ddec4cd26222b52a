//! Paying: a prompt on the buyer's phone, or nothing to pay at all.

use super::settle::confirm;
use crate::{
    error::{AppError, Result},
    inventory,
    orders::{ContactForm, OrderRefusal, OrderState, jobs::PromptPayment, store},
    payments::{self, NewPayment},
    platform::{
        failpoints::{self, Point},
        idempotency::{self, Asked, Claim, Key},
        jobs,
        limits::{self, Limit},
        state::AppState,
    },
};

/// Prompts one order may cause: nobody's phone is to be rung all night.
const PROMPTS: Limit = Limit { bucket: "prompt order", burst: 6, period_secs: 60 };
/// Prompts one phone may get, whoever asks for them.
const PHONE_PROMPTS: Limit = Limit { bucket: "prompt phone", burst: 6, period_secs: 60 };

/// Takes the buyer's contact and asks the phone for the money; a free order is confirmed at once. The same key asks
/// once. What is asked for is the order's own total.
pub async fn pay(app: &AppState, form: &ContactForm) -> Result<()> {
    let key = Key::parse(&form.key)?;
    let token = form.token.reveal();
    let mut tx = app.begin().await?;
    let (org_id, order_id) = store::find_order_by_token(&mut tx, token).await?.ok_or(AppError::NotFound)?;
    let order = store::lock_order(&mut tx, org_id, order_id).await?;
    let scope = format!("pay:{order_id}");
    let asked = Asked { key: &key, request: "pay".to_owned(), subject_id: order_id.0 };
    if let Claim::Again(_) = idempotency::claim(&mut tx, org_id, &scope, asked).await? {
        return Ok(());
    }
    match order.state {
        OrderState::Pending if payments::has_open(&mut tx, org_id, order_id).await? => return Ok(()),
        OrderState::Basket | OrderState::Pending => {}
        OrderState::Paid | OrderState::PartRefunded => return Ok(()),
        OrderState::Expired => return Err(inventory::HoldRefusal::Expired.into()),
        _ => return Err(OrderRefusal::Closed.into()),
    }
    let contact = form.parse(order.total.is_zero())?;
    super::limit::check_contact(app, &mut tx, &order, &contact).await?;
    inventory::extend(&mut tx, org_id, order.hold_id).await?;
    if !store::mark_pending(&mut tx, &order, &contact).await? {
        return Err(OrderRefusal::CalledOff.into());
    }
    let Some(phone) = contact.phone else {
        let order = store::lock_order(&mut tx, org_id, order_id).await?;
        confirm(app, &mut tx, &order).await?;
        tx.commit().await?;
        app.bell.ring();
        super::settle::tell(app, &order);
        return Ok(());
    };
    let new = NewPayment { org_id, order_id, amount: order.total, phone: phone.clone() };
    let payment_id = payments::start(app, &mut tx, new).await?;
    jobs::enqueue(&mut tx, &PromptPayment { org_id, payment_id, reference: order.code.clone() }).await?;
    limits::take_in(&mut tx, PROMPTS, &order_id.to_string()).await?;
    limits::take_in(&mut tx, PHONE_PROMPTS, phone.msisdn()).await?;
    tx.commit().await?;
    failpoints::reach(Point::AfterPayCommit);
    app.bell.ring();
    super::settle::tell(app, &order);
    Ok(())
}
