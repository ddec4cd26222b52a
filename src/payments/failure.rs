//! Why a payment did not happen, and what to tell the buyer about the money.

use std::{convert::Infallible, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::i18n::{Locale, td_string};

/// Why a payment did not happen, whichever provider said so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FailureReason {
    InsufficientFunds,
    WrongPin,
    CancelledByBuyer,
    /// The prompt ran out of time.
    TimedOut,
    /// The phone could not be reached, or nobody answered it.
    Unreachable,
    /// The buyer's phone is busy with another M-Pesa request.
    Busy,
    LimitReached,
    NotPermitted,
    /// The provider does not take requests now.
    ProviderDown,
    /// Our own settings are wrong; the buyer can do nothing about it.
    Config,
    /// The provider's own code, when it has no word here.
    Other(String),
}

const CODES: [(&str, FailureReason); 10] = [
    ("insufficient_funds", FailureReason::InsufficientFunds),
    ("wrong_pin", FailureReason::WrongPin),
    ("cancelled_by_buyer", FailureReason::CancelledByBuyer),
    ("timed_out", FailureReason::TimedOut),
    ("unreachable", FailureReason::Unreachable),
    ("busy", FailureReason::Busy),
    ("limit_reached", FailureReason::LimitReached),
    ("not_permitted", FailureReason::NotPermitted),
    ("provider_down", FailureReason::ProviderDown),
    ("config", FailureReason::Config),
];
/// Before a provider's own code in the stored form.
const OTHER: &str = "other:";

impl FailureReason {
    /// Whether the buyer may simply try again.
    pub const fn may_retry(&self) -> bool {
        !matches!(self, Self::NotPermitted | Self::Config)
    }

    /// The sentence for the buyer; it always says what happened to the money.
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::InsufficientFunds => td_string!(locale, payments.failure_insufficient_funds).to_string(),
            Self::WrongPin => td_string!(locale, payments.failure_wrong_pin).to_string(),
            Self::CancelledByBuyer => td_string!(locale, payments.failure_cancelled).to_string(),
            Self::TimedOut => td_string!(locale, payments.failure_timed_out).to_string(),
            Self::Unreachable => td_string!(locale, payments.failure_unreachable).to_string(),
            Self::Busy => td_string!(locale, payments.failure_busy).to_string(),
            Self::LimitReached => td_string!(locale, payments.failure_limit).to_string(),
            Self::NotPermitted => td_string!(locale, payments.failure_not_permitted).to_string(),
            Self::ProviderDown => td_string!(locale, payments.failure_provider_down).to_string(),
            Self::Config => td_string!(locale, payments.failure_config).to_string(),
            Self::Other(code) => td_string!(locale, payments.failure_other, code = code.clone()).to_string(),
        }
    }
}

/// The stored form, such as `wrong_pin` or `other:400.002.02`.
impl fmt::Display for FailureReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Other(code) = self {
            return write!(f, "{OTHER}{code}");
        }
        let code = CODES.iter().find(|(_, reason)| reason == self).map_or("", |(code, _)| code);
        f.write_str(code)
    }
}

/// Reads the stored form; what it does not know stays what it was.
impl FromStr for FailureReason {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let known = CODES.into_iter().find(|(code, _)| *code == text).map(|(_, reason)| reason);
        Ok(known.unwrap_or_else(|| Self::Other(text.strip_prefix(OTHER).unwrap_or(text).to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_survives_being_stored() {
        let other = FailureReason::Other("400.002.02".into());
        for reason in CODES.into_iter().map(|(_, reason)| reason).chain([other]) {
            assert_eq!(reason.to_string().parse(), Ok(reason));
        }
    }

    #[test]
    fn every_reason_has_a_sentence_in_every_language() {
        for (_, reason) in CODES {
            let all = [Locale::en, Locale::fr, Locale::sw].map(|locale| reason.words(locale));
            assert!(all.iter().all(|words| words.len() > 20), "{all:?}");
            assert!(all[0] != all[1] && all[1] != all[2], "{all:?}");
        }
    }
}
