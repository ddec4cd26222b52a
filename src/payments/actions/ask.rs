//! Asks the provider how an attempt stands.

use crate::{
    error::Result,
    kernel::{OrgId, PaymentId},
    payments::{
        Payment,
        gateway::{self, Answer},
        store,
    },
    platform::state::AppState,
};

/// What the provider answered, with the attempt as it was when asked.
#[derive(Debug)]
pub struct Asked {
    pub payment: Payment,
    /// Absent when there is no id to ask by: the answer to the prompt was lost.
    pub answer: Option<Answer>,
}

/// Asks the provider. `checkout_request_id` overrides the stored id, for a callback that was faster than the prompt's
/// own answer.
pub async fn ask(app: &AppState, of: (OrgId, PaymentId), checkout_request_id: Option<&str>) -> Result<Asked> {
    let mut tx = app.begin_in_lane().await?;
    let payment = store::get_payment(&mut tx, of.0, of.1).await?;
    tx.commit().await?;
    let answer = match payment.checkout_request_id.as_deref().or(checkout_request_id) {
        Some(id) => Some(gateway::query(app, id).await),
        None => None,
    };
    Ok(Asked { payment, answer })
}
