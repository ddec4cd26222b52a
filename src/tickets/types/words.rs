//! What refusals are called, in each language.

use super::model::TypeRefusal;
use crate::i18n::{Locale, td_string};

impl TypeRefusal {
    /// The sentence for the user.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::TooMany => td_string!(locale, events.types_too_many).to_string(),
        }
    }
}
