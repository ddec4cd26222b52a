//! What a refusal says, in each language.

use super::QueueRefusal;
use crate::i18n::{Locale, td_string};

impl QueueRefusal {
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::Wait => td_string!(locale, queue.refusal_wait).to_string(),
            Self::Over => td_string!(locale, queue.refusal_over).to_string(),
            Self::TooManyStarts { max } => {
                td_string!(locale, queue.refusal_too_many_starts, max = max.to_string()).to_string()
            }
            Self::Full => td_string!(locale, queue.refusal_full).to_string(),
            Self::NoRoom => td_string!(locale, queue.refusal_no_room).to_string(),
        }
    }
}
