//! What refusals are called, in each language.

use super::AccessRefusal;
use crate::i18n::{Locale, td_string};

impl AccessRefusal {
    /// The sentence for the user.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::Unknown => td_string!(locale, inventory.code_unknown).to_string(),
            Self::UsedUp => td_string!(locale, inventory.code_used_up).to_string(),
            Self::TooMany { max } => td_string!(locale, inventory.code_too_many, max = max).to_string(),
            Self::TooManyCodes => td_string!(locale, inventory.pools_too_many).to_string(),
            Self::NotFree { left } => td_string!(locale, inventory.pools_not_free, left = left).to_string(),
        }
    }
}
