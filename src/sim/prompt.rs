//! A prompt on a phone, and the ways in which it ends.

use super::script::{Buyer, Script};

/// A request for a PIN.
#[derive(Clone, Debug)]
pub struct Prompt {
    pub merchant_request_id: String,
    pub checkout_request_id: String,
    pub msisdn: String,
    pub amount: i64,
    pub callback_url: String,
    pub reference: String,
    pub description: String,
    pub opened_ms: i64,
    pub closes_ms: i64,
    pub script: Script,
    /// How it ended; none while it is on the phone.
    pub ending: Option<Ending>,
}

/// How a prompt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    pub code: String,
    /// Only of a payment.
    pub receipt: Option<String>,
    pub at_ms: i64,
}

/// What is decided at the phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Pay,
    /// Any result code but 0.
    Refuse(String),
}

impl Decision {
    pub const WRONG_PIN: &'static str = "2001";
    pub const DECLINED: &'static str = "1032";
    pub const NO_ANSWER: &'static str = "1037";
    pub const TOO_LITTLE: &'static str = "1";

    /// What a scripted buyer decides; none when somebody at the phone page shall.
    pub fn of(buyer: &Buyer) -> Option<Self> {
        let code = match buyer {
            Buyer::Ask => return None,
            Buyer::Pay => return Some(Self::Pay),
            Buyer::Decline => Self::DECLINED,
            Buyer::WrongPin => Self::WRONG_PIN,
            Buyer::Insufficient => Self::TOO_LITTLE,
            Buyer::Ignore => Self::NO_ANSWER,
            Buyer::Code(code) => code,
        };
        Some(Self::Refuse(code.to_owned()))
    }

    /// What a PIN decides: any four digits are right, but 0000 is wrong.
    pub fn of_pin(pin: &str) -> Self {
        let is_right = pin.len() == 4 && pin.bytes().all(|b| b.is_ascii_digit()) && pin != "0000";
        if is_right { Self::Pay } else { Self::Refuse(Self::WRONG_PIN.to_owned()) }
    }
}

/// What M-Pesa says to a result code.
pub fn description(code: &str) -> &'static str {
    match code {
        "0" => "The service request is processed successfully.",
        "1" => "The balance is insufficient for the transaction.",
        "1019" => "Transaction has expired.",
        "1032" => "Request cancelled by user.",
        "1037" => "DS timeout user cannot be reached.",
        "2001" => "The initiator information is invalid.",
        "4999" => "The transaction is still under processing.",
        _ => "The transaction could not be completed.",
    }
}
