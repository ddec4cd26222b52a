//! What refusals and stocks are called, in each language.

use super::model::{Availability, TypeRefusal};
use crate::i18n::{Locale, td_string};

impl TypeRefusal {
    /// The sentence for the user.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::TooMany => td_string!(locale, events.types_too_many).to_string(),
        }
    }
}

impl Availability {
    /// What stands beside a ticket type; nothing while there are plenty. `when` is the start of a sale to come.
    pub fn words(&self, locale: Locale, when: impl Fn(&crate::kernel::LocalTime) -> String) -> Option<String> {
        match self {
            Self::Plenty => None,
            Self::Few(left) => Some(td_string!(locale, events.left_few, count = *left).to_string()),
            Self::SoldOut => Some(td_string!(locale, events.left_sold_out).to_string()),
            Self::NotYet(start) => Some(td_string!(locale, events.left_not_yet, when = when(start)).to_string()),
            Self::Ended => Some(td_string!(locale, events.left_ended).to_string()),
        }
    }
}
