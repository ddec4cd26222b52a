//! Stores what a provider says, raw, under a key that callback and query share.

use serde_json::json;

use crate::{
    error::Result,
    kernel::{NoticeId, OrgId},
    payments::{
        Payment,
        gateway::Answer,
        store::{self, NewNotice},
        webhook::StkNotice,
    },
    platform::{db::Tx, secrets},
};

/// Stores a callback that came on a secret path; `None` when the path is not ours. What was said before is not stored
/// twice, but a receipt that a query could not know is added.
pub async fn note_callback(tx: &mut Tx, secret: &str, said: StkNotice) -> Result<Option<(OrgId, Option<NoticeId>)>> {
    let Some((org_id, payment_id)) = store::find_route(tx, &secrets::digest(secret)).await? else {
        return Ok(None);
    };
    let notice = NewNotice {
        org_id,
        payment_id,
        is_own_query: false,
        dedupe_key: dedupe_key(&said.checkout_request_id, &said.result_code, said.receipt.as_deref()),
        body: said.raw,
        result_code: said.result_code,
        amount_minor: said.amount_minor,
        receipt: said.receipt,
    };
    Ok(Some((org_id, store::insert_notice(tx, &notice).await?)))
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
    store::insert_notice(tx, &notice).await
}

/// The same news has the same key, whichever way it came. A success that brings a receipt is news of its own beside one
/// that does not: it is applied as a repetition and adds the receipt.
fn dedupe_key(checkout_request_id: &str, result_code: &str, receipt: Option<&str>) -> String {
    format!("{checkout_request_id}:{result_code}:{}", receipt.unwrap_or_default())
}
