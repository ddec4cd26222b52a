//! What a refusal says, in each language.

use super::OrderRefusal;
use crate::i18n::{Locale, td_string};

impl OrderRefusal {
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::NotOnSale => td_string!(locale, orders.refusal_not_on_sale).to_string(),
            Self::TooMany { max } => td_string!(locale, orders.refusal_too_many, max = max.to_string()).to_string(),
            Self::TooManyForOne { max, had } => {
                td_string!(locale, inventory.limit_refused, max = *max, had = *had).to_string()
            }
            Self::TooManyForOneAtEvent { max, had } => {
                td_string!(locale, inventory.limit_refused_event, max = *max, had = *had).to_string()
            }
            Self::Closed => td_string!(locale, orders.refusal_closed).to_string(),
            Self::TooLarge => td_string!(locale, orders.refusal_too_large).to_string(),
            Self::NothingToRefund => td_string!(locale, orders.refusal_nothing_to_refund).to_string(),
            Self::CalledOff => td_string!(locale, orders.refusal_called_off).to_string(),
            Self::CountChanged { now } => {
                td_string!(locale, orders.refusal_count_changed, now = now.to_string()).to_string()
            }
        }
    }
}
