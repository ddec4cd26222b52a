//! What a gate says, in each language.

use super::{
    lists::{ConditionKind, MarkStanding},
    model::GateRefusal,
    verdict::{UnpaidPolicy, Verdict, VerdictName},
};
use crate::{
    i18n::{Locale, td_string},
    kernel::LocalTime,
    ui::{WhenStyle, when_words},
};

impl GateRefusal {
    /// The sentence for whoever holds the phone.
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::NotPaired => td_string!(locale, gate.refusal_not_paired).to_string(),
            Self::Revoked => td_string!(locale, gate.refusal_revoked).to_string(),
            Self::Over => td_string!(locale, gate.refusal_over).to_string(),
            Self::PairingUnknown => td_string!(locale, gate.refusal_pairing_unknown).to_string(),
            Self::SequenceReused => td_string!(locale, gate.refusal_sequence_reused).to_string(),
            Self::SupervisorOnly => td_string!(locale, gate.refusal_supervisor_only).to_string(),
            Self::NothingToUndo => td_string!(locale, gate.refusal_nothing_to_undo).to_string(),
            Self::UndoTooLate => td_string!(locale, gate.refusal_undo_too_late).to_string(),
            Self::NotTheLastMove => td_string!(locale, gate.refusal_not_the_last_move).to_string(),
            Self::TooManyRules => td_string!(locale, gate.refusal_too_many_rules).to_string(),
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
            Self::LetOut => td_string!(locale, gate.verdict_let_out).to_string(),
            Self::UsedUp => td_string!(locale, gate.verdict_used_up).to_string(),
            Self::DayUsed => td_string!(locale, gate.verdict_day_used).to_string(),
            Self::TooSoon => td_string!(locale, gate.verdict_too_soon).to_string(),
            Self::WrongGate => td_string!(locale, gate.verdict_wrong_gate).to_string(),
            Self::Full => td_string!(locale, gate.verdict_full).to_string(),
            Self::Unpaid => td_string!(locale, gate.verdict_unpaid).to_string(),
            Self::PayFirst => td_string!(locale, gate.verdict_pay_first).to_string(),
            Self::Unapproved => td_string!(locale, gate.verdict_unapproved).to_string(),
            Self::Questions => td_string!(locale, gate.verdict_questions).to_string(),
            Self::Choose => td_string!(locale, gate.verdict_choose).to_string(),
            Self::Blocked => td_string!(locale, gate.verdict_blocked).to_string(),
        }
    }
}

impl Verdict {
    /// What to do next, in one line.
    pub fn next_step(&self, locale: Locale) -> String {
        let day = |at: &LocalTime| when_words(at, WhenStyle::Short, locale);
        match self {
            Self::Admitted { is_override: true, .. } => td_string!(locale, gate.next_admitted_override).to_string(),
            Self::Admitted { alerts, .. } if !alerts.is_empty() => {
                td_string!(locale, gate.next_admitted_alert).to_string()
            }
            Self::Admitted { entry, entries_max, .. } if *entries_max > 1 => {
                td_string!(locale, gate.next_admitted_entry, entry = *entry, of = *entries_max).to_string()
            }
            Self::Admitted { .. } => td_string!(locale, gate.next_admitted).to_string(),
            Self::LetOut { was_in: true, .. } => td_string!(locale, gate.next_let_out).to_string(),
            Self::LetOut { .. } => td_string!(locale, gate.next_let_out_was_out).to_string(),
            Self::AlreadyIn { at, gate, .. } => {
                td_string!(locale, gate.next_already_in, time = at.clock(), gate = gate.clone()).to_string()
            }
            Self::UsedUp { at, gate, .. } => {
                td_string!(locale, gate.next_used_up, time = day(at), gate = gate.clone()).to_string()
            }
            Self::DayUsed { again, .. } => td_string!(locale, gate.next_day_used, time = day(again)).to_string(),
            Self::TooSoon { again, .. } => td_string!(locale, gate.next_too_soon, time = again.clock()).to_string(),
            Self::WrongEvent { title: Some(title) } => {
                td_string!(locale, gate.next_wrong_event_named, title = title.clone()).to_string()
            }
            Self::WrongEvent { title: None } => td_string!(locale, gate.next_wrong_event).to_string(),
            Self::NotYet { opens, .. } => td_string!(locale, gate.next_not_yet, time = day(opens)).to_string(),
            Self::NoLongerValid { ended, .. } => td_string!(locale, gate.next_no_longer, time = day(ended)).to_string(),
            Self::WrongGate { gates, .. } => {
                td_string!(locale, gate.next_wrong_gate, gates = gates.join(", ")).to_string()
            }
            Self::Full { inside_max, .. } => td_string!(locale, gate.next_full, most = *inside_max).to_string(),
            _ => self.next_of_name(locale),
        }
    }

    /// The same for those that carry nothing to say.
    fn next_of_name(&self, locale: Locale) -> String {
        match self.name() {
            VerdictName::NotOnList => td_string!(locale, gate.next_not_on_list).to_string(),
            VerdictName::Unpaid => td_string!(locale, gate.next_unpaid).to_string(),
            VerdictName::PayFirst => td_string!(locale, gate.next_pay_first).to_string(),
            VerdictName::Unapproved => td_string!(locale, gate.next_unapproved).to_string(),
            VerdictName::Questions => td_string!(locale, gate.next_questions).to_string(),
            VerdictName::Choose => td_string!(locale, gate.next_choose).to_string(),
            VerdictName::Blocked => td_string!(locale, gate.next_blocked).to_string(),
            VerdictName::Revoked => td_string!(locale, gate.next_revoked).to_string(),
            VerdictName::Replaced => td_string!(locale, gate.next_replaced).to_string(),
            VerdictName::Forged => td_string!(locale, gate.next_forged).to_string(),
            _ => td_string!(locale, gate.next_unknown).to_string(),
        }
    }
}

/// The name of a list, where the one that every event has has none.
pub fn list_name(name: &str, locale: Locale) -> String {
    if name.is_empty() { td_string!(locale, gate.default_list).to_string() } else { name.to_owned() }
}

impl ConditionKind {
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::Gate => td_string!(locale, gate.condition_gate).to_string(),
            Self::Alert => td_string!(locale, gate.condition_alert).to_string(),
            Self::Confirm => td_string!(locale, gate.condition_confirm).to_string(),
            Self::Text => td_string!(locale, gate.condition_text).to_string(),
        }
    }
}

impl MarkStanding {
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::Good => td_string!(locale, gate.mark_good).to_string(),
            Self::Blocked => td_string!(locale, gate.mark_blocked).to_string(),
            Self::Unapproved => td_string!(locale, gate.mark_unapproved).to_string(),
        }
    }
}

impl UnpaidPolicy {
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::Refuse => td_string!(locale, gate.unpaid_refuse).to_string(),
            Self::Ask => td_string!(locale, gate.unpaid_ask).to_string(),
            Self::Admit => td_string!(locale, gate.unpaid_admit).to_string(),
        }
    }
}
