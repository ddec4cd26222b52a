//! Posts callbacks. Once each, as Daraja does: who does not answer is not told again.

use serde_json::{Value, json};

use super::{
    clock,
    log::Posted,
    prompt::{Prompt, description},
    simulator::{Sim, pause},
};

/// Tells how a prompt ended, as often and as truly as its script wants.
pub async fn report(sim: Sim, prompt: Prompt) {
    let body = callback(&prompt);
    for copy in 0..prompt.script.callback.copies {
        // Only the first is late; repetitions follow at once.
        pause(if copy == 0 { prompt.script.callback.delay_ms } else { 0 }).await;
        post(&sim, &prompt.callback_url, body.clone()).await;
    }
}

/// Posts one body, and notes what was answered.
pub async fn post(sim: &Sim, url: &str, body: Value) {
    let sent = sim.http.post(url).json(&body).send().await;
    let (status, error) = match sent {
        Ok(answer) => (Some(answer.status().as_u16()), None),
        Err(error) => (None, Some(error.to_string())),
    };
    sim.world().posted.add(Posted { at_ms: clock::now_ms(), url: url.to_owned(), body, status, error });
}

fn callback(prompt: &Prompt) -> Value {
    let plan = &prompt.script.callback;
    let Some(ending) = &prompt.ending else {
        return Value::Null;
    };
    let code = match ending.code.parse::<u32>() {
        Ok(number) if !plan.string_code => json!(number),
        _ => json!(ending.code),
    };
    let mut callback = json!({
        "MerchantRequestID": prompt.merchant_request_id,
        "CheckoutRequestID": prompt.checkout_request_id,
        "ResultCode": code,
        "ResultDesc": description(&ending.code),
    });
    if let Some(receipt) = ending.receipt.as_deref().filter(|_| !plan.bare) {
        callback["CallbackMetadata"] = metadata(prompt, receipt, ending.at_ms);
    }
    json!({ "Body": { "stkCallback": callback } })
}

/// Amounts are written `1500` and `1500.0` in turn; dates and phones are numbers; the balance has no value.
fn metadata(prompt: &Prompt, receipt: &str, at_ms: i64) -> Value {
    let amount = prompt.script.callback.forged_amount.unwrap_or(prompt.amount);
    let is_even = receipt.bytes().last().is_some_and(|b| b % 2 == 0);
    let amount = if is_even { json!(amount) } else { format!("{amount}.0").parse().unwrap_or_default() };
    let number = |text: &str| text.parse::<u64>().unwrap_or_default();
    json!({"Item": [
        {"Name": "Amount", "Value": amount},
        {"Name": "MpesaReceiptNumber", "Value": receipt},
        {"Name": "Balance"},
        {"Name": "TransactionDate", "Value": number(&clock::compact(at_ms))},
        {"Name": "PhoneNumber", "Value": number(&prompt.msisdn)},
    ]})
}
