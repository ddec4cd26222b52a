//! What a refusal says, in each language.

use super::HoldRefusal;
use crate::i18n::{Locale, td_string};

impl HoldRefusal {
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::SoldOut => td_string!(locale, orders.refusal_sold_out).to_string(),
            Self::NotEnough { left } => {
                td_string!(locale, orders.refusal_not_enough, left = left.to_string()).to_string()
            }
            Self::Expired => td_string!(locale, orders.refusal_hold_expired).to_string(),
        }
    }
}
