//! Speaks to the simulator's control for the phone page, so that the browser needs no second port.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::model::{Phone, PhonePrompt, Sms, parse_pin};
use crate::{
    error::{AppError, Result},
    kernel::{Currency, Instant, Money, PhoneNumber, ZoneName},
    platform::{state::AppState, zone},
};

/// Shown when nobody has been asked for money yet.
const FIRST_NUMBER: &str = "0712345678";

#[derive(Deserialize)]
struct Known {
    msisdn: String,
}

#[derive(Deserialize)]
struct Screen {
    prompt: Option<Asked>,
    messages: Vec<Message>,
}

#[derive(Deserialize)]
struct Asked {
    id: String,
    amount: i64,
    business: String,
    reference: String,
    closes_ms: i64,
}

#[derive(Deserialize)]
struct Message {
    at_ms: i64,
    text: String,
}

/// What a phone shows; without a number, the phone where something happened last.
pub async fn show(app: &AppState, number: &str) -> Result<Phone> {
    let base = base(app)?;
    let number = if number.trim().is_empty() { latest(app, &base).await? } else { parse(number)? };
    let screen: Screen = get(app, &format!("{base}/phone/{}", number.msisdn())).await?;
    let nairobi = ZoneName("Africa/Nairobi".to_owned());
    let sms = |message: Message| Sms { at: zone::local_time(Instant(message.at_ms), &nairobi), text: message.text };
    Ok(Phone {
        number,
        prompt: screen.prompt.map(PhonePrompt::from),
        inbox: screen.messages.into_iter().map(sms).collect(),
        now: app.now(),
    })
}

/// Types a PIN.
pub async fn answer(app: &AppState, number: &str, pin: &str) -> Result<()> {
    let pin = parse_pin(pin).map_err(|fault| AppError::field("pin", fault))?;
    respond(app, number, json!({ "pin": pin })).await
}

/// Presses the other button.
pub async fn decline(app: &AppState, number: &str) -> Result<()> {
    respond(app, number, json!({ "decline": true })).await
}

impl From<Asked> for PhonePrompt {
    fn from(asked: Asked) -> Self {
        Self {
            id: asked.id,
            amount: Money::new(asked.amount.saturating_mul(100), Currency::Kes),
            business: asked.business,
            reference: asked.reference,
            until: Instant(asked.closes_ms),
        }
    }
}

/// The simulator's control; everywhere but in play there is no such thing.
fn base(app: &AppState) -> Result<String> {
    let daraja = app.config.mpesa.base_url.trim_end_matches('/').strip_suffix("/daraja");
    match daraja {
        Some(host) if app.config.dev && app.config.is_mpesa_simulated() => Ok(format!("{host}/_sim")),
        _ => Err(AppError::NotFound),
    }
}

fn parse(number: &str) -> Result<PhoneNumber> {
    PhoneNumber::parse_kenyan(number).map_err(|fault| AppError::field("number", fault))
}

async fn latest(app: &AppState, base: &str) -> Result<PhoneNumber> {
    let phones: Vec<Known> = get(app, &format!("{base}/phones")).await?;
    parse(phones.first().map_or(FIRST_NUMBER, |phone| &phone.msisdn))
}

async fn get<T: DeserializeOwned>(app: &AppState, url: &str) -> Result<T> {
    let answer = app.http.get(url).send().await.map_err(out_of_reach)?;
    answer.json().await.map_err(out_of_reach)
}

/// A phone that shows nothing any more has run out of time, which its messages tell.
async fn respond(app: &AppState, number: &str, body: Value) -> Result<()> {
    let url = format!("{}/phone/{}/respond", base(app)?, parse(number)?.msisdn());
    app.http.post(url).json(&body).send().await.map_err(out_of_reach)?;
    Ok(())
}

fn out_of_reach(error: reqwest::Error) -> AppError {
    AppError::fault_text(&format!("the M-Pesa simulator cannot be reached: {error}"))
}
