//! Asks the buyer's phone, once.

use super::start::callback_secret;
use crate::{
    error::{AppError, Result},
    kernel::{OrgId, PaymentId},
    payments::{
        PaymentState,
        gateway::{self, PromptRequest, Prompted},
        store,
    },
    platform::{
        failpoints::{self, Point},
        sabotage::Weakness,
        state::AppState,
    },
};

/// How asking ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptEnd {
    /// The prompt is out, or may be: the provider must be asked later.
    Out,
    /// The provider refused, so there is nothing to wait for.
    Refused,
    /// Somebody asked before; nothing was done.
    AskedBefore,
}

/// Sends the prompt to the phone. M-Pesa knows no idempotent prompt, so the attempt is marked first, and one that was
/// marked by a process that died is never sent again: its state is unknown until a callback or a human tells.
pub async fn prompt(app: &AppState, (org_id, payment_id): (OrgId, PaymentId), reference: &str) -> Result<PromptEnd> {
    let mut tx = app.begin().await?;
    let is_mine = store::mark_prompting(&mut tx, org_id, payment_id).await?;
    let payment = store::get_payment(&mut tx, org_id, payment_id).await?;
    tx.commit().await?;
    let is_repeated = app.sabotage.is_on(Weakness::PromptAgain) && payment.state == PaymentState::Prompting;
    if !is_mine && !is_repeated {
        return Ok(if payment.state == PaymentState::Prompting {
            lose_track(app, (org_id, payment_id)).await?
        } else {
            PromptEnd::AskedBefore
        });
    }
    let phone = payment.phone.ok_or_else(|| AppError::fault_text("a payment by hand has no phone to ask"))?;
    let secret = callback_secret(app, payment_id);
    let request = PromptRequest {
        payment_id,
        amount: payment.amount,
        phone,
        callback_url: format!("{}/callbacks/mpesa/{secret}", app.config.callback_origin()),
        reference: reference.to_owned(),
        description: "Tickets".to_owned(),
    };
    failpoints::reach(Point::BeforeProviderCall);
    let prompted = gateway::prompt(app, request).await;
    failpoints::reach(Point::AfterProviderCall);
    let mut tx = app.begin().await?;
    let of = (org_id, payment_id);
    let end = match prompted {
        Prompted::Accepted { merchant_request_id, checkout_request_id } => {
            store::mark_prompted(&mut tx, of, (&merchant_request_id, &checkout_request_id)).await?;
            PromptEnd::Out
        }
        Prompted::Refused { reason } => {
            store::mark_not_paid(&mut tx, of, PaymentState::Failed, Some(&reason.to_string())).await?;
            PromptEnd::Refused
        }
        Prompted::Unknown { note } => {
            tracing::warn!(%payment_id, note, "the answer to a prompt was lost");
            store::mark_not_paid(&mut tx, of, PaymentState::Unknown, None).await?;
            PromptEnd::Out
        }
    };
    tx.commit().await?;
    Ok(end)
}

/// The process that was asking died: whether the phone rang, nobody knows.
async fn lose_track(app: &AppState, of: (OrgId, PaymentId)) -> Result<PromptEnd> {
    let mut tx = app.begin().await?;
    store::mark_not_paid(&mut tx, of, PaymentState::Unknown, None).await?;
    tx.commit().await?;
    Ok(PromptEnd::Out)
}
