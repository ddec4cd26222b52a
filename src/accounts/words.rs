//! What refusals are called, in each language.

use super::model::AccountRefusal;
use crate::i18n::{Locale, td_string};

impl AccountRefusal {
    /// The sentence for the user.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::WrongSignIn => td_string!(locale, accounts.refused_sign_in).to_string(),
            Self::WrongPassword => td_string!(locale, accounts.refused_password).to_string(),
            Self::DeadLink => td_string!(locale, accounts.refused_link).to_string(),
        }
    }
}
