//! What a phone shows.

use serde::{Deserialize, Serialize};

use crate::{
    i18n::{Locale, td_string},
    kernel::{FieldFault, Instant, LocalTime, Money, PhoneNumber},
};

/// A phone of the simulator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Phone {
    pub number: PhoneNumber,
    pub prompt: Option<PhonePrompt>,
    /// Latest first.
    pub inbox: Vec<Sms>,
    /// The server's time of this answer.
    pub now: Instant,
}

/// A request for a PIN on the screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhonePrompt {
    pub id: String,
    pub amount: Money,
    pub business: String,
    pub reference: String,
    pub until: Instant,
}

/// A message that the phone got.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sms {
    pub at: LocalTime,
    pub text: String,
}

/// Last digits of the numbers that act by themselves, as the simulator has it, and the key of what they do.
pub const SELF_ACTING: [(&str, Fate); 9] = [
    ("0001", Fate::TooLittle),
    ("0002", Fate::WrongPin),
    ("0003", Fate::PaysLate),
    ("0004", Fate::CallbackLost),
    ("0005", Fate::Declines),
    ("0006", Fate::NeverAnswers),
    ("0007", Fate::PaysAtOnce),
    ("0008", Fate::CallbackThrice),
    ("0009", Fate::ReplyLost),
];

/// What a self-acting number does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    TooLittle,
    WrongPin,
    PaysLate,
    CallbackLost,
    Declines,
    NeverAnswers,
    PaysAtOnce,
    CallbackThrice,
    ReplyLost,
}

impl Fate {
    /// What the number does, in words.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::TooLittle => td_string!(locale, payments.fate_too_little),
            Self::WrongPin => td_string!(locale, payments.fate_wrong_pin),
            Self::PaysLate => td_string!(locale, payments.fate_pays_late),
            Self::CallbackLost => td_string!(locale, payments.fate_callback_lost),
            Self::Declines => td_string!(locale, payments.fate_declines),
            Self::NeverAnswers => td_string!(locale, payments.fate_never_answers),
            Self::PaysAtOnce => td_string!(locale, payments.fate_pays_at_once),
            Self::CallbackThrice => td_string!(locale, payments.fate_callback_thrice),
            Self::ReplyLost => td_string!(locale, payments.fate_reply_lost),
        }
        .to_string()
    }
}

const PIN_DIGITS: usize = 4;

/// Four digits, as M-Pesa's PINs are.
pub fn parse_pin(text: &str) -> Result<&str, FieldFault> {
    match text.trim() {
        "" => Err(FieldFault::Required),
        pin if !pin.bytes().all(|b| b.is_ascii_digit()) => Err(FieldFault::NotANumber),
        pin if pin.len() < PIN_DIGITS => Err(FieldFault::TooShort(4)),
        pin if pin.len() > PIN_DIGITS => Err(FieldFault::TooLong(4)),
        pin => Ok(pin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_has_four_digits() {
        assert_eq!(parse_pin(" 1234 "), Ok("1234"));
        let wrong = [
            ("", FieldFault::Required),
            ("12a4", FieldFault::NotANumber),
            ("١٢٣٤", FieldFault::NotANumber),
            ("123", FieldFault::TooShort(4)),
            ("12345", FieldFault::TooLong(4)),
        ];
        for (text, fault) in wrong {
            assert_eq!(parse_pin(text), Err(fault), "{text}");
        }
    }
}
