//! Reading what M-Pesa posts to us.
//!
//! Whoever knows an attempt's secret path can post here, so nothing is believed: a notice is a hint that is compared and
//! then confirmed by asking. Reading never panics, whatever the bytes.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};

use super::gateway::{Answer, Loose, is_paid_code, read_amount_minor, reading_of};

/// The longest callback that is read; real ones have about 600 bytes.
pub const CALLBACK_BYTES_MAX: usize = 64 * 1024;

/// Why a callback tells nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("longer than any callback")]
    TooLarge,
    #[error("not JSON")]
    NotJson,
    #[error("JSON, but no callback: an id or a code is missing, doubled or of the wrong kind")]
    NotACallback,
}

/// What M-Pesa says about a prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct StkNotice {
    pub merchant_request_id: String,
    pub checkout_request_id: String,
    pub result_code: String,
    /// `None` when absent or not a plain positive amount: a success without it must not be settled as it is.
    pub amount_minor: Option<i64>,
    pub receipt: Option<String>,
    /// The whole body, fit for a jsonb column.
    pub raw: Value,
}

impl StkNotice {
    /// What the result code says.
    pub fn answer(&self) -> Answer {
        reading_of(&self.result_code)
    }
}

/// What M-Pesa says about a reversal.
#[derive(Clone, Debug, PartialEq)]
pub struct ReversalNotice {
    pub conversation_id: String,
    pub result_code: String,
    /// M-Pesa's receipt for the reversal itself.
    pub receipt: Option<String>,
    /// The receipt of the payment that went back.
    pub original_receipt: Option<String>,
    pub amount_minor: Option<i64>,
    pub raw: Value,
}

/// What became of a reversal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reversed {
    Done,
    /// The payment had gone back before.
    AlreadyDone,
    /// The shortcode holds too little, as after a settlement sweep: to be tried again.
    ShortOfFloat,
    Failed {
        result_code: String,
    },
}

impl ReversalNotice {
    /// What the result code says.
    pub fn outcome(&self) -> Reversed {
        match self.result_code.as_str() {
            code if is_paid_code(code) => Reversed::Done,
            "R000001" => Reversed::AlreadyDone,
            "1" => Reversed::ShortOfFloat,
            code => Reversed::Failed { result_code: code.to_owned() },
        }
    }
}

#[derive(Deserialize)]
struct StkBody {
    #[serde(rename = "Body")]
    body: StkInner,
}

#[derive(Deserialize)]
struct StkInner {
    #[serde(rename = "stkCallback")]
    callback: StkCallback,
}

#[derive(Deserialize)]
struct StkCallback {
    #[serde(rename = "MerchantRequestID")]
    merchant_request_id: Loose,
    #[serde(rename = "CheckoutRequestID")]
    checkout_request_id: Loose,
    #[serde(rename = "ResultCode")]
    result_code: Loose,
    #[serde(rename = "CallbackMetadata", default)]
    metadata: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct ResultBody {
    #[serde(rename = "Result")]
    result: ResultInner,
}

#[derive(Deserialize)]
struct ResultInner {
    #[serde(rename = "ConversationID")]
    conversation_id: Loose,
    #[serde(rename = "ResultCode")]
    result_code: Loose,
    #[serde(rename = "TransactionID", default)]
    transaction_id: Loose,
    #[serde(rename = "ResultParameters", default)]
    parameters: Option<Box<RawValue>>,
}

/// A named value; the two kinds of callback name the fields differently.
#[derive(Deserialize)]
struct Entry {
    #[serde(alias = "Key", rename = "Name", default)]
    name: Loose,
    #[serde(rename = "Value", default)]
    value: Loose,
}

/// Named values, which come as a list, as a single object, or not at all.
#[derive(Default)]
struct Entries(Vec<Entry>);

impl Entries {
    fn read(holder: Option<&RawValue>) -> Self {
        #[derive(Deserialize)]
        struct Holder {
            #[serde(alias = "ResultParameter", rename = "Item")]
            entries: Box<RawValue>,
        }
        let Some(holder) = holder.and_then(|raw| serde_json::from_str::<Holder>(raw.get()).ok()) else {
            return Self::default();
        };
        let json = holder.entries.get();
        let one = || serde_json::from_str(json).map(|entry| vec![entry]);
        Self(serde_json::from_str(json).or_else(|_| one()).unwrap_or_default())
    }

    /// The value with a name; none when it is told twice and differently.
    fn value(&self, name: &str) -> Option<&str> {
        let mut told = self.0.iter().filter(|entry| entry.name.text() == name).filter_map(|entry| entry.value.given());
        let first = told.next()?;
        told.all(|other| other == first).then_some(first)
    }

    fn amount_minor(&self) -> Option<i64> {
        self.value("Amount").and_then(read_amount_minor)
    }
}

/// Reads what is posted about a prompt.
pub fn read_stk_callback(body: &[u8]) -> Result<StkNotice, Unreadable> {
    let (raw, StkBody { body: StkInner { callback } }) = read(body)?;
    let entries = Entries::read(callback.metadata.as_deref());
    Ok(StkNotice {
        merchant_request_id: required(&callback.merchant_request_id)?,
        checkout_request_id: required(&callback.checkout_request_id)?,
        result_code: required(&callback.result_code)?,
        amount_minor: entries.amount_minor(),
        receipt: entries.value("MpesaReceiptNumber").and_then(receipt),
        raw,
    })
}

/// Reads what is posted about a reversal.
pub fn read_reversal_result(body: &[u8]) -> Result<ReversalNotice, Unreadable> {
    let (raw, ResultBody { result }) = read(body)?;
    let entries = Entries::read(result.parameters.as_deref());
    Ok(ReversalNotice {
        conversation_id: required(&result.conversation_id)?,
        result_code: required(&result.result_code)?,
        receipt: result.transaction_id.given().and_then(receipt),
        original_receipt: entries.value("OriginalTransactionID").and_then(receipt),
        amount_minor: entries.amount_minor(),
        raw,
    })
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<(Value, T), Unreadable> {
    if body.len() > CALLBACK_BYTES_MAX {
        return Err(Unreadable::TooLarge);
    }
    let raw: Value = serde_json::from_slice(body).map_err(|_| Unreadable::NotJson)?;
    let typed = serde_json::from_slice(body).map_err(|_| Unreadable::NotACallback)?;
    Ok((storable(raw), typed))
}

fn required(field: &Loose) -> Result<String, Unreadable> {
    field.given().map(str::to_owned).ok_or(Unreadable::NotACallback)
}

/// A receipt as M-Pesa writes them: ten letters and digits today, a few more or less tomorrow.
fn receipt(text: &str) -> Option<String> {
    let is_receipt = (6..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    is_receipt.then(|| text.to_ascii_uppercase())
}

/// The same value without the one character that jsonb cannot hold.
fn storable(value: Value) -> Value {
    let clean = |text: String| {
        if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }
    };
    match value {
        Value::String(text) => Value::String(clean(text)),
        Value::Array(values) => values.into_iter().map(storable).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (clean(key), storable(value))).collect(),
        plain => plain,
    }
}
