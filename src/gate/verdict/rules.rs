//! What a check-in list asks of a ticket, resolved for one event: whoever holds this needs no zone database.

use serde::{Deserialize, Serialize};

use crate::kernel::{ConditionId, Instant, ListId, ZoneClock};

/// The rules of one list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    pub list_id: ListId,
    /// Empty for the list that every event has.
    pub name: String,
    pub clock: ZoneClock,
    /// The products that it lets in; empty for all.
    pub products: Vec<u16>,
    /// A ticket that is not on the list stands for those bought with it that are.
    pub takes_add_ons: bool,
    pub entry: EntryRules,
    /// So many people at once.
    pub inside_max: Option<u32>,
    pub unpaid: UnpaidPolicy,
    /// When it lets in; a product with windows of its own has only those. Never empty for all products.
    pub windows: Vec<Window>,
    pub lanes: Vec<Lane>,
    pub alerts: Vec<Alert>,
    pub questions: Vec<Question>,
}

/// How often one ticket comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRules {
    /// Entries that one ticket is good for.
    pub entries_max: u32,
    pub day_entries_max: Option<u32>,
    /// Different days on which it comes in.
    pub days_max: Option<u32>,
    /// Minutes between two entries.
    pub pause_mins: Option<u32>,
    /// Minutes from the first entry on for which it is good.
    pub pass_mins: Option<u32>,
    /// It must be scanned out before it comes in again.
    pub needs_exit: bool,
    /// Minutes after midnight when everybody counts as out and the next day begins; without it days turn at midnight,
    /// and nobody goes out by that.
    pub out_at_mins: Option<u16>,
}

/// What becomes of a ticket that is not paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnpaidPolicy {
    #[default]
    Refuse,
    /// The gatekeeper takes the money, or lets them wait.
    Ask,
    Admit,
}

/// From a moment to just before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// For whom; without it for every product that has no window of its own.
    pub product: Option<u16>,
    pub opens: Instant,
    pub closes: Instant,
}

/// A gate that a product must come by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lane {
    pub product: Option<u16>,
    pub gate: String,
}

/// What the gatekeeper must see when such a ticket comes in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    pub product: Option<u16>,
    pub text: String,
}

/// What must be answered before such a ticket comes in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub question_id: ConditionId,
    pub product: Option<u16>,
    pub text: String,
    pub ask: Ask,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// By a yes: the identity card was seen.
    Confirm,
    /// By a line of text.
    Text,
}

/// What the gatekeeper answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub question: ConditionId,
    pub text: String,
}

impl Answer {
    /// Longest answer to a question.
    pub const CHARS_MAX: usize = 200;
    /// What stands for yes.
    pub const YES: &str = "yes";
}

impl Question {
    /// Whether this answers it.
    pub fn accepts(&self, answer: &Answer) -> bool {
        let text = answer.text.trim();
        answer.question == self.question_id
            && match self.ask {
                Ask::Confirm => text == Answer::YES,
                Ask::Text => !text.is_empty() && text.chars().count() <= Answer::CHARS_MAX,
            }
    }
}

impl Rules {
    /// Whether tickets of a product are on the list.
    pub fn lets_in(&self, product: u16) -> bool {
        self.products.is_empty() || self.products.contains(&product)
    }

    /// The windows that a product may come in by.
    pub fn windows_of(&self, product: u16) -> impl Iterator<Item = &Window> + Clone {
        let has_own = self.windows.iter().any(|window| window.product == Some(product));
        let whose = has_own.then_some(product);
        self.windows.iter().filter(move |window| window.product == whose)
    }

    /// The gates that a product must come by; none for any.
    pub fn gates_of(&self, product: u16) -> Vec<&str> {
        self.lanes.iter().filter(|lane| is_for(lane.product, product)).map(|lane| lane.gate.as_str()).collect()
    }

    pub fn alerts_of(&self, product: u16) -> impl Iterator<Item = &Alert> {
        self.alerts.iter().filter(move |alert| is_for(alert.product, product))
    }

    pub fn questions_of(&self, product: u16) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(move |question| is_for(question.product, product))
    }

    /// The number of the day of the list at a moment.
    pub fn day(&self, at: Instant) -> i64 {
        self.clock.day(at, self.entry.out_at_mins.unwrap_or(0))
    }

    /// Since when those who came in count as in; without it since ever.
    pub fn in_since(&self, now: Instant) -> Option<Instant> {
        let turns_mins = self.entry.out_at_mins?;
        Some(self.clock.day_start(self.day(now), turns_mins))
    }
}

fn is_for(whose: Option<u16>, product: u16) -> bool {
    whose.is_none_or(|whose| whose == product)
}
