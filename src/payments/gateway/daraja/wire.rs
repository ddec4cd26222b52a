//! Reading what Daraja writes: numbers that are strings, strings that are numbers, amounts that must not pass a float.

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// A text that comes as a string or as a number; anything else counts as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loose(Option<String>);

/// Longer texts than this are no code and no id.
const TEXT_BYTES_MAX: usize = 256;

impl Loose {
    /// The text, trimmed and bounded; empty when absent.
    pub fn text(&self) -> &str {
        self.given().unwrap_or_default()
    }

    /// The text, when there is one.
    pub fn given(&self) -> Option<&str> {
        self.0.as_deref().map(str::trim).filter(|text| !text.is_empty() && text.len() <= TEXT_BYTES_MAX)
    }

    fn read(json: &str) -> Self {
        let is_number = json.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        let text = if is_number { Some(json.to_owned()) } else { serde_json::from_str::<String>(json).ok() };
        // Neither logs nor Postgres want control characters.
        Self(text.filter(|text| !text.contains(char::is_control)))
    }
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(|raw| Self::read(raw.get()))
    }
}

/// More digits than any amount of money has.
const DIGITS_MAX: usize = 12;

/// Reads an amount such as `1`, `1.0`, `1500.00` into minor units of a currency with two decimals. Signs, exponents,
/// thousands separators, parts of a cent and zero are none.
pub fn read_amount_minor(text: &str) -> Option<i64> {
    let (whole, cents) = text.split_once('.').map_or((text, "00"), |(whole, cents)| (whole, cents));
    let are_digits =
        |part: &str| !part.is_empty() && part.len() <= DIGITS_MAX && part.bytes().all(|b| b.is_ascii_digit());
    if !are_digits(whole) || !are_digits(cents) {
        return None;
    }
    let (kept, dropped) = cents.split_at(cents.len().min(2));
    if dropped.bytes().any(|b| b != b'0') {
        return None;
    }
    let cents: i64 = format!("{kept:0<2}").parse().ok()?;
    let minor = whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)?;
    (minor > 0).then_some(minor)
}

/// What an accepted request answers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Accepted {
    #[serde(rename = "MerchantRequestID")]
    pub merchant_request_id: Loose,
    #[serde(rename = "CheckoutRequestID")]
    pub checkout_request_id: Loose,
    #[serde(rename = "ConversationID")]
    pub conversation_id: Loose,
    #[serde(rename = "ResponseCode")]
    pub response_code: Loose,
    #[serde(rename = "ResultCode")]
    pub result_code: Loose,
}

/// What a refused request answers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Envelope {
    #[serde(rename = "errorCode")]
    pub error_code: Loose,
    #[serde(rename = "errorMessage")]
    pub error_message: Loose,
}

/// A token; its life comes as a string or a number.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Granted {
    pub access_token: Loose,
    pub expires_in: Loose,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_without_floats() {
        let cases = [
            ("1", Some(100)),
            ("1.00", Some(100)),
            ("1.0", Some(100)),
            ("1500", Some(150_000)),
            ("1500.50", Some(150_050)),
            ("0.29", Some(29)),
            ("1.0000", Some(100)),
            ("250000", Some(25_000_000)),
            ("999999999999", Some(99_999_999_999_900)),
            ("1e3", None),
            ("1E3", None),
            ("-1", None),
            ("+1", None),
            ("0", None),
            ("0.00", None),
            ("NaN", None),
            ("1,500", None),
            ("1.005", None),
            ("1.", None),
            (".5", None),
            ("", None),
            ("9999999999999", None),
            ("١٥٠٠", None),
            ("1.1.1", None),
        ];
        for (text, minor) in cases {
            assert_eq!(read_amount_minor(text), minor, "{text}");
        }
    }

    #[test]
    fn codes_may_be_strings_or_numbers() {
        let read = |json: &str| serde_json::from_str::<Loose>(json).map(|loose| loose.text().to_owned()).ok();
        let cases = [
            ("0", "0"),
            (r#""0""#, "0"),
            ("1032", "1032"),
            (r#"" 1032 ""#, "1032"),
            ("20260101120000", "20260101120000"),
            ("null", ""),
            ("true", ""),
            ("[1]", ""),
            (r#"{"a":1}"#, ""),
            (r#""a\u0000b""#, ""),
        ];
        for (json, text) in cases {
            assert_eq!(read(json).as_deref(), Some(text), "{json}");
        }
        assert_eq!(read(&format!("\"{}\"", "x".repeat(300))).as_deref(), Some(""));
    }
}
