//! Reading a request as strictly as Daraja does.

use axum::http::{HeaderMap, StatusCode};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Map, Value};

use super::{
    super::{clock, options::Options, simulator::Sim},
    envelope::Complaint,
};

/// A request's fields.
pub struct Fields(Map<String, Value>);

impl Fields {
    /// Checks the token and reads the body.
    pub fn read(sim: &Sim, headers: &HeaderMap, body: &[u8]) -> Result<Self, Complaint> {
        let given = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let token = given.strip_prefix("Bearer ").unwrap_or_default();
        let is_valid = sim.world().tokens.get(token).is_some_and(|until_ms| clock::now_ms() < *until_ms);
        if !is_valid {
            return Err(Complaint::token());
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            _ => Err(Complaint::new(StatusCode::BAD_REQUEST, "400.002.05", "Bad Request - Malformed payload")),
        }
    }

    /// A text that is not empty and not longer than so many characters.
    pub fn text(&self, name: &str, chars_max: usize) -> Result<&str, Complaint> {
        let text = self.0.get(name).and_then(Value::as_str).unwrap_or_default();
        let fits = !text.is_empty() && text.chars().count() <= chars_max;
        if fits { Ok(text) } else { Err(Complaint::field(name)) }
    }

    /// A text of digits; a number will do.
    pub fn digits(&self, name: &str) -> Result<String, Complaint> {
        let text = match self.0.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let are_digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if are_digits { Ok(text) } else { Err(Complaint::field(name)) }
    }

    /// Whole shillings, from 1 to 250,000.
    pub fn amount(&self) -> Result<i64, Complaint> {
        let amount = self.digits("Amount")?.parse().unwrap_or(0);
        if (1..=250_000).contains(&amount) { Ok(amount) } else { Err(Complaint::field("Amount")) }
    }

    /// An address that can be posted to.
    pub fn url(&self, name: &str) -> Result<String, Complaint> {
        let text = self.text(name, 500)?;
        let is_address = text.starts_with("https://") || text.starts_with("http://");
        if is_address && text.parse::<axum::http::Uri>().is_ok() {
            Ok(text.to_owned())
        } else {
            Err(Complaint::field(name))
        }
    }

    /// A Kenyan number: 254, then 7 or 1, then eight digits.
    pub fn msisdn(&self, name: &str) -> Result<String, Complaint> {
        let digits = self.digits(name)?;
        let is_kenyan = digits.len() == 12 && (digits.starts_with("2547") || digits.starts_with("2541"));
        if is_kenyan { Ok(digits) } else { Err(Complaint::field(name)) }
    }

    /// Shortcode, time and password belong together.
    pub fn check_password(&self, options: &Options) -> Result<(), Complaint> {
        let shortcode = self.digits("BusinessShortCode")?;
        let timestamp = self.digits("Timestamp")?;
        if !clock::is_compact(&timestamp) {
            return Err(Complaint::field("Timestamp"));
        }
        if shortcode != options.shortcode {
            return Err(Complaint::new(StatusCode::INTERNAL_SERVER_ERROR, "500.001.1001", "Merchant does not exist"));
        }
        let expected = BASE64_STANDARD.encode([&shortcode, &options.passkey, &timestamp].map(String::as_str).concat());
        if self.text("Password", 500)? == expected { Ok(()) } else { Err(Complaint::credentials()) }
    }

    /// The request for the journal, without what is secret.
    pub fn for_journal(body: &[u8]) -> Value {
        let mut value = serde_json::from_slice(body).unwrap_or(Value::Null);
        if let Value::Object(fields) = &mut value {
            fields.retain(|name, _| name != "Password" && name != "SecurityCredential");
        }
        value
    }
}
