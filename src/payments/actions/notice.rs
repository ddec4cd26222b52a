//! Stores what a provider says, raw, under a key that callback and query share.

use serde_json::json;
use sqlx::PgConnection;

use crate::{
    error::Result,
    kernel::{NoticeId, OrgId, PaymentId},
    payments::{
        Payment,
        gateway::Answer,
        store::{self, NewNotice},
        webhook::StkNotice,
    },
    platform::{db::Tx, secrets},
};

/// A callback, and the secret path that it came on.
#[derive(Clone, Debug)]
pub struct Callback {
    pub secret: String,
    pub said: StkNotice,
}

/// Callbacks as they were stored.
pub struct Noted {
    /// Of each callback, in their order: whether its path is ours.
    pub is_ours: Vec<bool>,
    /// What is to be applied.
    pub fresh: Vec<(OrgId, NoticeId)>,
}

/// Stores callbacks raw, all whose path is ours. What was said before is not stored twice, but a receipt that a query
/// could not know is added.
pub async fn note_callbacks(tx: &mut PgConnection, callbacks: &[Callback]) -> Result<Noted> {
    let hashes: Vec<_> = callbacks.iter().map(|callback| secrets::digest(&callback.secret)).collect();
    let routes = store::find_routes(tx, &hashes).await?;
    let found = callbacks.iter().zip(&hashes).filter_map(|(callback, hash)| Some((&callback.said, *routes.get(hash)?)));
    let notices: Vec<_> = found.map(|(said, of)| callback_notice(said, of)).collect();
    let fresh = if notices.is_empty() { Vec::new() } else { store::insert_notices(tx, &notices).await? };
    Ok(Noted { is_ours: hashes.iter().map(|hash| routes.contains_key(hash)).collect(), fresh })
}

fn callback_notice(said: &StkNotice, (org_id, payment_id): (OrgId, PaymentId)) -> NewNotice {
    NewNotice {
        org_id,
        payment_id,
        is_own_query: false,
        dedupe_key: dedupe_key(&said.checkout_request_id, &said.result_code, said.receipt.as_deref()),
        body: said.raw.clone(),
        result_code: said.result_code.clone(),
        amount_minor: said.amount_minor,
        receipt: said.receipt.clone(),
    }
}

/// Stores the provider's answer to our own question, if it decides anything.
pub async fn note_answer(tx: &mut Tx, payment: &Payment, answer: &Answer) -> Result<Option<NoticeId>> {
    let code = match answer {
        Answer::Paid => "0",
        Answer::NotPaid { result_code, .. } => result_code.as_str(),
        Answer::Pending | Answer::Busy | Answer::Odd { .. } => return Ok(None),
    };
    let id = payment.checkout_request_id.clone().unwrap_or_default();
    let notice = NewNotice {
        org_id: payment.org_id,
        payment_id: payment.payment_id,
        is_own_query: true,
        dedupe_key: dedupe_key(&id, code, None),
        body: json!({ "CheckoutRequestID": id, "ResultCode": code }),
        result_code: code.to_owned(),
        amount_minor: None,
        receipt: None,
    };
    let stored = store::insert_notices(tx, &[notice]).await?;
    Ok(stored.first().map(|(_, notice_id)| *notice_id))
}

/// The same news has the same key, whichever way it came. A success that brings a receipt is news of its own beside one
/// that does not: it is applied as a repetition and adds the receipt.
fn dedupe_key(checkout_request_id: &str, result_code: &str, receipt: Option<&str>) -> String {
    format!("{checkout_request_id}:{result_code}:{}", receipt.unwrap_or_default())
}
