//! Tells what became of a prompt.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{
    super::{
        prompt::{Decision, Prompt, description},
        script,
        simulator::Sim,
    },
    envelope::{Complaint, html, json_answer},
    request::Fields,
};

const PATH: &str = "/mpesa/stkpushquery/v1/query";

/// Answers a question.
pub async fn query(State(sim): State<Sim>, headers: HeaderMap, body: Bytes) -> Response {
    let answer = find(&sim, &headers, &body).map_or_else(IntoResponse::into_response, |prompt| answer(&sim, &prompt));
    sim.note(PATH, Fields::for_journal(&body), answer.status().as_u16());
    answer
}

fn find(sim: &Sim, headers: &HeaderMap, body: &[u8]) -> Result<Prompt, Complaint> {
    let fields = Fields::read(sim, headers, body)?;
    fields.check_password(&sim.options)?;
    let id = fields.text("CheckoutRequestID", 100)?;
    let found = sim.world().prompts.get(id).cloned();
    found.ok_or_else(|| Complaint::field("CheckoutRequestID"))
}

fn answer(sim: &Sim, prompt: &Prompt) -> Response {
    match prompt.script.query {
        script::Query::Rate => return Complaint::rate().into_response(),
        script::Query::Html503 => return html(StatusCode::SERVICE_UNAVAILABLE),
        script::Query::Garbage => return (StatusCode::OK, "<html>").into_response(),
        script::Query::Pending => return pending(sim, prompt),
        script::Query::Denied => return told(prompt, Decision::DECLINED),
        script::Query::OtherPrompt => {
            let other = Prompt { checkout_request_id: "ws_CO_other".to_owned(), ..prompt.clone() };
            return told(&other, "0");
        }
        script::Query::Normal => {}
    }
    match &prompt.ending {
        Some(ending) => told(prompt, &ending.code),
        None => pending(sim, prompt),
    }
}

/// Daraja says "still processing" in two ways; here they take turns.
fn pending(sim: &Sim, prompt: &Prompt) -> Response {
    let mut world = sim.world();
    world.pendings += 1;
    if world.pendings % 2 == 1 {
        let message = "The transaction is being processed";
        Complaint::new(StatusCode::INTERNAL_SERVER_ERROR, "500.001.1001", message).into_response()
    } else {
        told(prompt, "4999")
    }
}

fn told(prompt: &Prompt, code: &str) -> Response {
    let body = json!({
        "ResponseCode": "0",
        "ResponseDescription": "The service request has been accepted successfully",
        "MerchantRequestID": prompt.merchant_request_id,
        "CheckoutRequestID": prompt.checkout_request_id,
        "ResultCode": code,
        "ResultDesc": description(code),
    });
    json_answer(StatusCode::OK, &body)
}
