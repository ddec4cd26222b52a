//! What refusals and states are called, in each language.

use super::{WaitRefusal, WaitState};
use crate::i18n::{Locale, td_string};

impl WaitRefusal {
    /// The sentence for the user.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::NotSoldOut => td_string!(locale, inventory.wait_not_sold_out).to_string(),
            Self::NotOnSale => td_string!(locale, inventory.wait_not_on_sale).to_string(),
            Self::AlreadyIn => td_string!(locale, inventory.wait_already_in).to_string(),
            Self::Full => td_string!(locale, inventory.wait_full).to_string(),
            Self::Over => td_string!(locale, inventory.wait_over).to_string(),
        }
    }
}

impl WaitState {
    /// The state in a word or two.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::Waiting => td_string!(locale, inventory.wait_state_waiting).to_string(),
            Self::Offered => td_string!(locale, inventory.wait_state_offered).to_string(),
            Self::Taken => td_string!(locale, inventory.wait_state_taken).to_string(),
            Self::Passed => td_string!(locale, inventory.wait_state_passed).to_string(),
            Self::Left => td_string!(locale, inventory.wait_state_left).to_string(),
        }
    }
}
