//! Asking what became of a prompt.

use serde::Serialize;

use super::{
    call::{Reply, call},
    codes::{Complaint, reading_of},
    password::Password,
};
use crate::{payments::gateway::Answer, platform::state::AppState};

const PATH: &str = "/mpesa/stkpushquery/v1/query";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Question<'a> {
    business_short_code: &'a str,
    password: String,
    timestamp: String,
    #[serde(rename = "CheckoutRequestID")]
    checkout_request_id: &'a str,
}

/// Asks what became of a prompt.
pub async fn query(app: &AppState, checkout_request_id: &str) -> Answer {
    let config = &app.config.mpesa;
    let password = Password::new(config, app.now());
    let question = Question {
        business_short_code: &config.shortcode,
        password: password.text,
        timestamp: password.timestamp,
        checkout_request_id,
    };
    let answer = outcome(call(app, PATH, &question).await, checkout_request_id);
    tracing::debug!(checkout_request_id, ?answer, "asked M-Pesa");
    answer
}

fn outcome(reply: Reply, asked: &str) -> Answer {
    match reply {
        Reply::Complained(Complaint::InProgress | Complaint::PhoneBusy) => Answer::Pending,
        Reply::Complained(Complaint::Request(result_code)) => Answer::Odd { result_code },
        // Nothing here says anything about the payment.
        Reply::NotSent(_) | Reply::Lost(_) | Reply::Complained(_) => Answer::Busy,
        // An answer about another prompt would pay this one with that one's money.
        Reply::Took(answer) if answer.checkout_request_id.text() != asked => {
            Answer::Odd { result_code: "other prompt".to_owned() }
        }
        Reply::Took(answer) if answer.response_code.text() != "0" => {
            Answer::Odd { result_code: format!("response {}", answer.response_code.text()) }
        }
        Reply::Took(answer) => reading_of(answer.result_code.text()),
    }
}
