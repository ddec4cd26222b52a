//! Sending a payment back, whole: Daraja reverses no parts.

use serde::Serialize;

use super::{
    call::{Reply, call},
    codes::Complaint,
    plain, shillings,
};
use crate::{
    payments::{
        FailureReason,
        gateway::{Reversal, ReversalRequest},
    },
    platform::state::AppState,
};

const PATH: &str = "/mpesa/reversal/v1/request";
const REMARKS_CHARS_MAX: usize = 100;
/// Daraja wants two characters at least.
const REMARKS_DEFAULT: &str = "Refund";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Request<'a> {
    initiator: &'a str,
    security_credential: &'a str,
    #[serde(rename = "CommandID")]
    command_id: &'static str,
    #[serde(rename = "TransactionID")]
    transaction_id: &'a str,
    amount: i64,
    receiver_party: &'a str,
    // Misspelt by Daraja.
    #[serde(rename = "RecieverIdentifierType")]
    receiver_identifier_type: &'static str,
    #[serde(rename = "ResultURL")]
    result_url: &'a str,
    #[serde(rename = "QueueTimeOutURL")]
    timeout_url: &'a str,
    remarks: String,
    occasion: String,
}

/// Asks for a reversal; the result comes to the result URL.
pub async fn reverse(app: &AppState, request: ReversalRequest) -> Reversal {
    let Some(amount) = shillings(request.amount) else {
        return Reversal::Refused { reason: FailureReason::Other("amount".to_owned()) };
    };
    let config = &app.config.mpesa;
    let remarks = plain(&request.remarks, REMARKS_CHARS_MAX);
    let body = Request {
        initiator: &config.initiator,
        security_credential: config.security_credential.reveal(),
        command_id: "TransactionReversal",
        transaction_id: &request.receipt,
        amount,
        receiver_party: &config.shortcode,
        receiver_identifier_type: "11",
        result_url: &request.result_url,
        timeout_url: &request.timeout_url,
        remarks: if remarks.len() < 2 { REMARKS_DEFAULT.to_owned() } else { remarks },
        occasion: request.refund_id.0.simple().to_string(),
    };
    let reversal = outcome(call(app, PATH, &body).await);
    tracing::info!(refund = %request.refund_id, ?reversal, "asked M-Pesa for a reversal");
    reversal
}

fn outcome(reply: Reply) -> Reversal {
    let refused = |reason| Reversal::Refused { reason };
    match reply {
        Reply::NotSent(reason) => refused(reason),
        Reply::Lost(note) | Reply::Complained(Complaint::Broken(note)) => Reversal::Unknown { note },
        Reply::Complained(Complaint::PhoneBusy | Complaint::InProgress) => {
            Reversal::Unknown { note: "another reversal is under way".to_owned() }
        }
        Reply::Complained(Complaint::Rate) => refused(FailureReason::ProviderDown),
        Reply::Complained(Complaint::Token | Complaint::Settings) => refused(FailureReason::Config),
        Reply::Complained(Complaint::Request(code)) => refused(FailureReason::Other(code)),
        Reply::Took(accepted) => match (accepted.response_code.text(), accepted.conversation_id.given()) {
            ("0", Some(id)) => Reversal::Submitted { conversation_id: id.to_owned() },
            ("" | "0", _) => Reversal::Unknown { note: "accepted without an id".to_owned() },
            (code, _) => refused(FailureReason::Other(code.to_owned())),
        },
    }
}
