//! What a gate says, in each language.

use super::model::{GateRefusal, Verdict, VerdictName};
use crate::i18n::{Locale, td_string};

impl GateRefusal {
    /// The sentence for whoever holds the phone.
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::NotPaired => td_string!(locale, gate.refusal_not_paired).to_string(),
            Self::Revoked => td_string!(locale, gate.refusal_revoked).to_string(),
            Self::Over => td_string!(locale, gate.refusal_over).to_string(),
            Self::PairingUnknown => td_string!(locale, gate.refusal_pairing_unknown).to_string(),
            Self::SequenceReused => td_string!(locale, gate.refusal_sequence_reused).to_string(),
        }
    }
}

impl VerdictName {
    /// Two or three words, as large as the screen allows.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::Admitted => td_string!(locale, gate.verdict_admitted).to_string(),
            Self::AlreadyIn => td_string!(locale, gate.verdict_already_in).to_string(),
            Self::WrongEvent => td_string!(locale, gate.verdict_wrong_event).to_string(),
            Self::NotYet => td_string!(locale, gate.verdict_not_yet).to_string(),
            Self::NoLonger => td_string!(locale, gate.verdict_no_longer).to_string(),
            Self::NotOnList => td_string!(locale, gate.verdict_not_on_list).to_string(),
            Self::Revoked => td_string!(locale, gate.verdict_revoked).to_string(),
            Self::Replaced => td_string!(locale, gate.verdict_replaced).to_string(),
            Self::Forged => td_string!(locale, gate.verdict_forged).to_string(),
            Self::Unknown => td_string!(locale, gate.verdict_unknown).to_string(),
        }
    }
}

impl Verdict {
    /// What to do next, in one line.
    pub fn next_step(&self, locale: Locale) -> String {
        match self {
            Self::Admitted { entry, entries_max, .. } if *entries_max > 1 => {
                td_string!(locale, gate.next_admitted_entry, entry = *entry, of = *entries_max).to_string()
            }
            Self::Admitted { .. } => td_string!(locale, gate.next_admitted).to_string(),
            Self::AlreadyIn { at, gate, .. } => {
                td_string!(locale, gate.next_already_in, time = at.clock(), gate = gate.clone()).to_string()
            }
            Self::WrongEvent { title: Some(title) } => {
                td_string!(locale, gate.next_wrong_event_named, title = title.clone()).to_string()
            }
            Self::WrongEvent { title: None } => td_string!(locale, gate.next_wrong_event).to_string(),
            Self::NotYet { opens, .. } => td_string!(locale, gate.next_not_yet, time = opens.clock()).to_string(),
            Self::NoLongerValid { ended, .. } => {
                td_string!(locale, gate.next_no_longer, time = ended.clock()).to_string()
            }
            Self::NotOnList { .. } => td_string!(locale, gate.next_not_on_list).to_string(),
            Self::Revoked => td_string!(locale, gate.next_revoked).to_string(),
            Self::Replaced => td_string!(locale, gate.next_replaced).to_string(),
            Self::Forged => td_string!(locale, gate.next_forged).to_string(),
            Self::Unknown => td_string!(locale, gate.next_unknown).to_string(),
        }
    }
}
