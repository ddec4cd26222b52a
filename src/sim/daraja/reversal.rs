//! Gives a whole payment back; the result is posted.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{
    super::{
        clock, courier,
        ledger::{Debit, NotReversed},
        script::Returning,
        simulator::Sim,
        world::shillings,
    },
    envelope::{Complaint, json_answer},
    request::Fields,
};

const PATH: &str = "/mpesa/reversal/v1/request";

/// A reversal that is under way.
struct Wish {
    receipt: String,
    result_url: String,
    timeout_url: String,
    conversation_id: String,
    originator_id: String,
}

/// Takes a request to give a payment back.
pub async fn reverse(State(sim): State<Sim>, headers: HeaderMap, body: Bytes) -> Response {
    let answer = match accept(&sim, &headers, &body) {
        Ok(wish) => {
            let answer = json!({
                "OriginatorConversationID": wish.originator_id,
                "ConversationID": wish.conversation_id,
                "ResponseCode": "0",
                "ResponseDescription": "Accept the service request successfully.",
            });
            sim.later(carry_out(sim.clone(), wish));
            json_answer(StatusCode::OK, &answer)
        }
        Err(complaint) => complaint.into_response(),
    };
    sim.note(PATH, Fields::for_journal(&body), answer.status().as_u16());
    answer
}

fn accept(sim: &Sim, headers: &HeaderMap, body: &[u8]) -> Result<Wish, Complaint> {
    let fields = Fields::read(sim, headers, body)?;
    let is_operator = fields.text("Initiator", 100)? == sim.options.initiator
        && fields.text("SecurityCredential", 1000)? == sim.options.security_credential;
    if !is_operator {
        return Err(Complaint::credentials());
    }
    let expect = |name: &str, value: &str| match fields.text(name, 100)? {
        text if text == value => Ok(()),
        _ => Err(Complaint::field(name)),
    };
    expect("CommandID", "TransactionReversal")?;
    expect("ReceiverParty", &sim.options.shortcode)?;
    expect("RecieverIdentifierType", "11")?;
    if fields.text("Remarks", 100)?.len() < 2 {
        return Err(Complaint::field("Remarks"));
    }
    let receipt = fields.text("TransactionID", 20)?.to_owned();
    let amount = fields.amount()?;
    let mut world = sim.world();
    // Parts are not given back.
    if world.ledger.find(&receipt).is_some_and(|debit| debit.amount != amount) {
        return Err(Complaint::field("Amount"));
    }
    let serial = world.next_serial();
    Ok(Wish {
        receipt,
        result_url: fields.url("ResultURL")?,
        timeout_url: fields.url("QueueTimeOutURL")?,
        conversation_id: format!("AG_{}_{serial:020x}", clock::compact(clock::now_ms())),
        originator_id: format!("sim-{serial}"),
    })
}

async fn carry_out(sim: Sim, wish: Wish) {
    let plan = sim.world().mode.reversal;
    let result = if plan == Returning::ShortOfFloat { failed(&wish, "1") } else { give_back(&sim, &wish) };
    if plan == Returning::TimeoutFirst {
        courier::post(&sim, &wish.timeout_url, failed(&wish, "1037")).await;
    }
    if plan != Returning::LostResult {
        courier::post(&sim, &wish.result_url, result).await;
    }
}

fn give_back(sim: &Sim, wish: &Wish) -> Value {
    let mut world = sim.world();
    let receipt = world.fresh_receipt();
    match world.ledger.reverse(&wish.receipt, receipt.clone()) {
        Ok(debit) => {
            let text = format!(
                "{receipt} Confirmed. Transaction {} of Ksh{} has been reversed to your M-PESA account.",
                debit.receipt,
                shillings(debit.amount)
            );
            world.text(&debit.msisdn, text);
            done(wish, &debit, &receipt)
        }
        Err(NotReversed::Already) => failed(wish, "R000001"),
        Err(NotReversed::Unknown) => failed(wish, "R000002"),
    }
}

fn done(wish: &Wish, debit: &Debit, receipt: &str) -> Value {
    json!({"Result": {
        "ResultType": 0,
        "ResultCode": "0",
        "ResultDesc": "The service request is processed successfully.",
        "OriginatorConversationID": wish.originator_id,
        "ConversationID": wish.conversation_id,
        "TransactionID": receipt,
        "ResultParameters": {"ResultParameter": [
            {"Key": "DebitAccountBalance"},
            {"Key": "Amount", "Value": debit.amount},
            {"Key": "TransCompletedTime", "Value": clock::compact(clock::now_ms()).parse::<u64>().unwrap_or_default()},
            {"Key": "OriginalTransactionID", "Value": debit.receipt},
            {"Key": "Charge", "Value": 0},
            {"Key": "CreditPartyPublicName", "Value": format!("{} - buyer", debit.msisdn)},
        ]},
        "ReferenceData": {"ReferenceItem": {"Key": "QueueTimeoutURL", "Value": wish.timeout_url}},
    }})
}

fn failed(wish: &Wish, code: &str) -> Value {
    let code = code.parse::<u32>().map_or_else(|_| json!(code), |number| json!(number));
    json!({"Result": {
        "ResultType": 0,
        "ResultCode": code,
        "ResultDesc": "The reversal was not carried out.",
        "OriginatorConversationID": wish.originator_id,
        "ConversationID": wish.conversation_id,
        "TransactionID": wish.receipt,
        "ReferenceData": {"ReferenceItem": {"Key": "Occasion", "Value": clock::dotted(clock::now_ms())}},
    }})
}
