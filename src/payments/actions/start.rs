//! Writes an attempt down, before anybody is asked.

use crate::{
    error::Result,
    kernel::{Instant, Money, OrderId, OrgId, PaymentId, PhoneNumber},
    payments::{Payment, PaymentState, Provider, check_mpesa, store},
    platform::{db::Tx, secrets, state::AppState},
};

/// What is to be paid, and by whom.
#[derive(Clone, Debug)]
pub struct NewPayment {
    pub org_id: OrgId,
    pub order_id: OrderId,
    pub amount: Money,
    pub phone: PhoneNumber,
}

/// Writes an attempt down with its secret callback path. While one is open a second one is refused.
pub async fn start(app: &AppState, tx: &mut Tx, new: NewPayment) -> Result<PaymentId> {
    check_mpesa(new.amount)?;
    let payment = Payment {
        org_id: new.org_id,
        payment_id: PaymentId::fresh(),
        order_id: new.order_id,
        state: PaymentState::Created,
        amount: new.amount,
        provider: Provider::Mpesa,
        phone: Some(new.phone),
        merchant_request_id: None,
        checkout_request_id: None,
        receipt: None,
        created_at: Instant(0),
        prompted_at: None,
        polls: 0,
    };
    store::insert_payment(tx, &payment).await?;
    let secret = callback_secret(app, payment.payment_id);
    store::insert_route(tx, &payment, &secrets::digest(&secret)).await?;
    Ok(payment.payment_id)
}

/// The secret in an attempt's callback path: 128 bits, derived, so that only its hash is stored.
pub fn callback_secret(app: &AppState, payment_id: PaymentId) -> String {
    secrets::base64(&app.keys.mac("mpesa callback", payment_id.0.as_bytes())[..16])
}
