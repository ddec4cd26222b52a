//! Puts a prompt on a phone.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{
    super::{
        clock,
        prompt::{Decision, Prompt},
        script::{Reply, Script},
        simulator::{Sim, pause},
    },
    envelope::{Complaint, cut, html, json_answer},
    request::Fields,
};

const PATH: &str = "/mpesa/stkpush/v1/processrequest";
/// Longer than any client waits.
const HANG_MS: u64 = 120_000;

/// Takes a request for money.
pub async fn push(State(sim): State<Sim>, headers: HeaderMap, body: Bytes) -> Response {
    let answer = match accept(&sim, &headers, &body) {
        Ok(prompt) => {
            decide(&sim, &prompt).await;
            reply(&prompt).await
        }
        Err(refusal) => *refusal,
    };
    sim.note(PATH, Fields::for_journal(&body), answer.status().as_u16());
    answer
}

fn accept(sim: &Sim, headers: &HeaderMap, body: &[u8]) -> Result<Prompt, Box<Response>> {
    let fields = Fields::read(sim, headers, body).map_err(|complaint| Box::new(complaint.into_response()))?;
    let wish = read(sim, &fields).map_err(|complaint| Box::new(complaint.into_response()))?;
    let mut world = sim.world();
    let script = world.next_script(&wish.msisdn);
    if let Some(refusal) = refusal(script.reply) {
        return Err(Box::new(refusal));
    }
    if world.open.contains_key(&wish.msisdn) {
        return Err(Box::new(Complaint::phone_busy().into_response()));
    }
    let (serial, at_ms) = (world.next_serial(), clock::now_ms());
    let prompt = Prompt {
        merchant_request_id: format!("{:04x}-{}-{serial}", world.dice.below(0x1_0000), at_ms % 100_000_000),
        checkout_request_id: format!("ws_CO_{}{serial:06}{}", clock::compact(at_ms), &wish.msisdn[3..]),
        opened_ms: at_ms,
        closes_ms: at_ms.saturating_add_unsigned(sim.options.prompt_secs * 1000),
        script,
        ..wish
    };
    world.show(prompt.clone());
    Ok(prompt)
}

/// The request as a prompt that has no ids yet.
fn read(sim: &Sim, fields: &Fields) -> Result<Prompt, Complaint> {
    fields.check_password(&sim.options)?;
    let party_b = fields.digits("PartyB")?;
    match fields.text("TransactionType", 40)? {
        "CustomerPayBillOnline" if party_b == sim.options.shortcode => {}
        "CustomerBuyGoodsOnline" => {}
        "CustomerPayBillOnline" => return Err(Complaint::field("PartyB")),
        _ => return Err(Complaint::field("TransactionType")),
    }
    let msisdn = fields.msisdn("PhoneNumber")?;
    if fields.msisdn("PartyA")? != msisdn {
        return Err(Complaint::field("PartyA"));
    }
    Ok(Prompt {
        merchant_request_id: String::new(),
        checkout_request_id: String::new(),
        msisdn,
        amount: fields.amount()?,
        callback_url: fields.url("CallBackURL")?,
        reference: fields.text("AccountReference", 12)?.to_owned(),
        description: fields.text("TransactionDesc", 13)?.to_owned(),
        opened_ms: 0,
        closes_ms: 0,
        script: Script::default(),
        ending: None,
    })
}

/// The decision comes later, unless the script wants its callback to overtake our answer.
async fn decide(sim: &Sim, prompt: &Prompt) {
    match Decision::of(&prompt.script.buyer) {
        Some(decision) if prompt.script.callback.early => {
            sim.decide_early(&prompt.checkout_request_id, &decision).await;
        }
        _ => sim.await_decision(prompt),
    }
}

fn refusal(plan: Reply) -> Option<Response> {
    if !plan.is_refusal() {
        return None;
    }
    let response_code = || {
        let body = json!({"ResponseCode": "1", "ResponseDescription": "Rejected"});
        json_answer(StatusCode::OK, &body)
    };
    Some(match plan {
        Reply::RefuseToken => Complaint::token().into_response(),
        Reply::RefuseBusy => Complaint::phone_busy().into_response(),
        Reply::RefuseRate => Complaint::rate().into_response(),
        Reply::RefuseCredentials => Complaint::credentials().into_response(),
        Reply::RefuseHtml => html(StatusCode::BAD_GATEWAY),
        _ => response_code(),
    })
}

async fn reply(prompt: &Prompt) -> Response {
    match prompt.script.reply {
        Reply::Hang => {
            pause(HANG_MS).await;
            StatusCode::GATEWAY_TIMEOUT.into_response()
        }
        Reply::Cut => cut(),
        Reply::Html500 => html(StatusCode::INTERNAL_SERVER_ERROR),
        Reply::Garbage => (StatusCode::OK, "}{ not what you wait for").into_response(),
        Reply::Empty => StatusCode::OK.into_response(),
        Reply::NoIds => json_answer(StatusCode::OK, &json!({"ResponseCode": "0"})),
        _ => json_answer(StatusCode::OK, &accepted(prompt)),
    }
}

fn accepted(prompt: &Prompt) -> Value {
    json!({
        "MerchantRequestID": prompt.merchant_request_id,
        "CheckoutRequestID": prompt.checkout_request_id,
        "ResponseCode": "0",
        "ResponseDescription": "Success. Request accepted for processing",
        "CustomerMessage": "Success. Request accepted for processing",
    })
}
