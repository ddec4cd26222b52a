//! What an error says to the user, in each language.

use crate::{
    error::AppError,
    i18n::{Locale, td_string},
};

impl AppError {
    /// The sentence for the user.
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::SignInRequired => td_string!(locale, common.error_sign_in).to_string(),
            Self::Forbidden => td_string!(locale, common.error_forbidden).to_string(),
            Self::NotFound => td_string!(locale, common.error_not_found).to_string(),
            Self::Invalid(_) => td_string!(locale, common.error_invalid).to_string(),
            Self::SlowDown => td_string!(locale, common.error_slow_down).to_string(),
            Self::Busy => td_string!(locale, common.error_busy).to_string(),
            Self::BadKey => td_string!(locale, common.error_bad_key).to_string(),
            Self::KeyReused => td_string!(locale, common.error_key_reused).to_string(),
            Self::BadRequest => td_string!(locale, common.error_bad_request).to_string(),
            Self::Fault { reference } => td_string!(locale, common.error_fault, reference = reference.clone()).to_string(),
            Self::Offline => td_string!(locale, common.error_offline).to_string(),
            Self::Org(refusal) => refusal.words(locale),
        }
    }
}
