//! What refusals are called, in each language.

use super::PoolRefusal;
use crate::i18n::{Locale, td_string};

impl PoolRefusal {
    /// The sentence for the user.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::TooMany => td_string!(locale, inventory.pools_too_many).to_string(),
            Self::NotFree { left } => td_string!(locale, inventory.pools_not_free, left = left).to_string(),
            Self::BeingBought => td_string!(locale, inventory.pools_being_bought).to_string(),
        }
    }
}
