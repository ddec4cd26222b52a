//! The prompt on the buyer's phone (STK push).

use serde::Serialize;

use super::{
    call::{Reply, call},
    codes::{Complaint, reading_of},
    password::Password,
    plain, shillings,
};
use crate::{
    payments::{
        FailureReason,
        gateway::{Answer, PromptRequest, Prompted},
    },
    platform::state::AppState,
};

const PATH: &str = "/mpesa/stkpush/v1/processrequest";
const REFERENCE_CHARS_MAX: usize = 12;
const DESCRIPTION_CHARS_MAX: usize = 13;
/// Daraja refuses an empty description.
const DESCRIPTION_DEFAULT: &str = "Tickets";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Push<'a> {
    business_short_code: &'a str,
    password: String,
    timestamp: String,
    transaction_type: &'static str,
    amount: i64,
    party_a: &'a str,
    party_b: &'a str,
    phone_number: &'a str,
    #[serde(rename = "CallBackURL")]
    callback_url: &'a str,
    account_reference: String,
    transaction_desc: String,
}

/// Shows a prompt. One request: what is not certainly refused is unknown.
pub async fn prompt(app: &AppState, request: PromptRequest) -> Prompted {
    let Some(amount) = shillings(request.amount) else {
        let reason = FailureReason::Other("amount".to_owned());
        return Prompted::Refused { reason };
    };
    let prompted = outcome(call(app, PATH, &push(app, &request, amount)).await);
    let (payment, phone) = (request.payment_id, request.phone.masked());
    match &prompted {
        Prompted::Accepted { .. } => tracing::info!(%payment, phone, "M-Pesa prompts"),
        Prompted::Refused { reason } => tracing::warn!(%payment, phone, %reason, "M-Pesa refuses to prompt"),
        Prompted::Unknown { note } => tracing::warn!(%payment, phone, note, "M-Pesa may have prompted"),
    }
    prompted
}

fn push<'a>(app: &'a AppState, request: &'a PromptRequest, amount: i64) -> Push<'a> {
    let config = &app.config.mpesa;
    let password = Password::new(config, app.now());
    let description = plain(&request.description, DESCRIPTION_CHARS_MAX);
    let by_till = config.till.is_some();
    Push {
        business_short_code: &config.shortcode,
        password: password.text,
        timestamp: password.timestamp,
        transaction_type: if by_till { "CustomerBuyGoodsOnline" } else { "CustomerPayBillOnline" },
        amount,
        party_a: request.phone.msisdn(),
        party_b: config.till.as_deref().unwrap_or(&config.shortcode),
        phone_number: request.phone.msisdn(),
        callback_url: &request.callback_url,
        account_reference: plain(&request.reference, REFERENCE_CHARS_MAX),
        transaction_desc: if description.is_empty() { DESCRIPTION_DEFAULT.to_owned() } else { description },
    }
}

fn outcome(reply: Reply) -> Prompted {
    let refused = |reason| Prompted::Refused { reason };
    match reply {
        Reply::NotSent(reason) => refused(reason),
        Reply::Lost(note) | Reply::Complained(Complaint::Broken(note)) => Prompted::Unknown { note },
        Reply::Complained(Complaint::InProgress | Complaint::PhoneBusy) => refused(FailureReason::Busy),
        Reply::Complained(Complaint::Rate) => refused(FailureReason::ProviderDown),
        Reply::Complained(Complaint::Token | Complaint::Settings) => refused(FailureReason::Config),
        Reply::Complained(Complaint::Request(code)) => refused(FailureReason::Other(code)),
        Reply::Took(accepted) => match accepted.response_code.text() {
            "0" => match (accepted.merchant_request_id.given(), accepted.checkout_request_id.given()) {
                (Some(merchant), Some(checkout)) => Prompted::Accepted {
                    merchant_request_id: merchant.to_owned(),
                    checkout_request_id: checkout.to_owned(),
                },
                _ => Prompted::Unknown { note: "accepted without ids".to_owned() },
            },
            "" => Prompted::Unknown { note: "200 without a response code".to_owned() },
            code => refused(reason_of(code)),
        },
    }
}

/// A 200 with another response code than 0 is a refusal.
fn reason_of(code: &str) -> FailureReason {
    match reading_of(code) {
        Answer::NotPaid { reason, .. } => reason,
        _ => FailureReason::Other(code.to_owned()),
    }
}
