//! What a refusal says, in each language.

use super::PaymentRefusal;
use crate::i18n::{Locale, td_string};

impl PaymentRefusal {
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::CurrencyNotTaken => td_string!(locale, payments.refusal_currency).to_string(),
            Self::AmountOutOfRange => td_string!(locale, payments.refusal_amount).to_string(),
            Self::AlreadyOpen => td_string!(locale, payments.refusal_already_open).to_string(),
            Self::NotRefundable => td_string!(locale, payments.refusal_not_refundable).to_string(),
        }
    }
}
