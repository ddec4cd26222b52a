//! Check-in lists as the desk sees and changes them.

use serde::{Deserialize, Serialize};

use super::verdict::UnpaidPolicy;
use crate::{
    events::EventHead,
    kernel::{
        ConditionId, FieldErrors, FieldFault, Instant, ListId, LocalTime, TicketId, TicketTypeId, Title, parse_whole,
    },
};

/// Lists of one event.
pub const LISTS_MAX: i64 = 30;
/// Windows and conditions of one list, each.
pub const CONDITIONS_MAX: i64 = 60;
/// Marks shown at once.
pub const MARKS_MAX: i64 = 100;
pub const ENTRIES_MAX: i64 = 1_000;
pub const DAYS_MAX: i64 = 366;
pub const PAUSE_MINS_MAX: i64 = 10_080;
pub const PASS_MINS_MAX: i64 = 525_600;
pub const INSIDE_MAX: i64 = 1_000_000;
pub const OPENS_BEFORE_MINS_MAX: i64 = 10_080;
pub const CLOSES_AFTER_MINS_MAX: i64 = 2_880;
/// How far from its event a window may lie, in days.
const WINDOW_DAYS: std::ops::RangeInclusive<i64> = -60..=366;

/// An event's lists, with what their editor needs to know of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListsDesk {
    pub event: EventHead,
    pub lists: Vec<CheckInList>,
    pub types: Vec<TypeName>,
    /// Gates that phones were paired for.
    pub gates: Vec<String>,
    pub marks: Vec<Mark>,
}

/// A ticket type in a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeName {
    pub ticket_type_id: TicketTypeId,
    pub name: String,
}

/// One list with all its rules, as a form shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckInList {
    pub list_id: ListId,
    pub form: ListForm,
    /// How many are in now.
    pub inside: i64,
    pub windows: Vec<ShownWindow>,
    pub conditions: Vec<ShownCondition>,
}

/// When a list lets in, on the event's own days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownWindow {
    pub window_id: ConditionId,
    pub type_name: Option<String>,
    pub opens: LocalTime,
    pub closes: LocalTime,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownCondition {
    pub condition_id: ConditionId,
    pub type_name: Option<String>,
    pub kind: ConditionKind,
    pub words: String,
}

/// What a condition asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionKind {
    /// Come by this gate.
    Gate,
    /// Show this to the gatekeeper.
    Alert,
    /// Have the gatekeeper say yes to this.
    Confirm,
    /// Have the gatekeeper write an answer to this.
    Text,
}

impl ConditionKind {
    pub const ALL: [Self; 4] = [Self::Gate, Self::Alert, Self::Confirm, Self::Text];

    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gate => "gate",
            Self::Alert => "alert",
            Self::Confirm => "confirm",
            Self::Text => "text",
        }
    }

    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What the desk says of one ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub ticket_id: TicketId,
    pub holder: String,
    pub type_name: String,
    pub standing: MarkStanding,
    pub alert: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkStanding {
    Good,
    Blocked,
    Unapproved,
}

impl MarkStanding {
    pub const ALL: [Self; 3] = [Self::Blocked, Self::Unapproved, Self::Good];

    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Blocked => "blocked",
            Self::Unapproved => "unapproved",
        }
    }

    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.as_str() == word)
    }
}

impl UnpaidPolicy {
    pub const ALL: [Self; 3] = [Self::Refuse, Self::Ask, Self::Admit];

    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Ask => "ask",
            Self::Admit => "admit",
        }
    }

    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.as_str() == word)
    }
}

/// The raw form about a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListForm {
    /// Empty for the list that every event has.
    pub name: String,
    pub entries_max: String,
    pub day_entries_max: String,
    pub days_max: String,
    pub pause_mins: String,
    pub pass_mins: String,
    pub needs_exit: bool,
    /// A time such as `05:00`; empty for never.
    pub out_at: String,
    pub inside_max: String,
    pub unpaid: String,
    pub takes_add_ons: bool,
    pub opens_before_mins: String,
    pub closes_after_mins: String,
    /// The ticket types on it; none for all.
    pub types: Vec<String>,
}

/// A checked list that is not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewList {
    /// None for the list that every event has.
    pub name: Option<Title>,
    pub entries_max: i32,
    pub day_entries_max: Option<i32>,
    pub days_max: Option<i32>,
    pub pause_mins: Option<i32>,
    pub pass_mins: Option<i32>,
    pub needs_exit: bool,
    pub out_at_mins: Option<i32>,
    pub inside_max: Option<i32>,
    pub unpaid: UnpaidPolicy,
    pub takes_add_ons: bool,
    pub opens_before_mins: i32,
    pub closes_after_mins: i32,
    pub types: Vec<TicketTypeId>,
}

impl ListForm {
    /// A list as it is before anybody has changed it.
    pub fn fresh() -> Self {
        Self {
            entries_max: "1".into(),
            unpaid: UnpaidPolicy::Refuse.as_str().into(),
            opens_before_mins: "240".into(),
            closes_after_mins: "0".into(),
            ..Self::default()
        }
    }

    /// Checks every field. The list that every event has needs no name.
    pub fn parse(&self, is_main: bool) -> Result<NewList, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = if is_main { Ok(None) } else { Title::parse(&self.name).map(Some) };
        let name = errors.keep("name", name);
        let entries_max = errors.keep("entries_max", number(&self.entries_max, 1, ENTRIES_MAX));
        let opens = errors.keep("opens_before_mins", number(&self.opens_before_mins, 0, OPENS_BEFORE_MINS_MAX));
        let closes = errors.keep("closes_after_mins", number(&self.closes_after_mins, 0, CLOSES_AFTER_MINS_MAX));
        let mut maybe = |field: &str, text: &str, most| errors.keep(field, maybe_number(text, most)).flatten();
        let day_entries_max = maybe("day_entries_max", &self.day_entries_max, ENTRIES_MAX);
        let days_max = maybe("days_max", &self.days_max, DAYS_MAX);
        let pause_mins = maybe("pause_mins", &self.pause_mins, PAUSE_MINS_MAX);
        let pass_mins = maybe("pass_mins", &self.pass_mins, PASS_MINS_MAX);
        let inside_max = maybe("inside_max", &self.inside_max, INSIDE_MAX);
        let out_at_mins = errors.keep("out_at", hour(&self.out_at)).flatten();
        let unpaid = errors.keep("unpaid", UnpaidPolicy::of(&self.unpaid).ok_or(FieldFault::NotAChoice));
        let types = self.types.iter().map(|text| text.parse().map_err(|_| FieldFault::NotAChoice)).collect();
        let types = errors.keep("types", types);
        let (Some(name), Some(entries_max), Some(opens_before_mins), Some(closes_after_mins)) =
            (name, entries_max, opens, closes)
        else {
            return Err(errors);
        };
        let (Some(unpaid), Some(types)) = (unpaid, types) else { return Err(errors) };
        errors.unless_any(NewList {
            name,
            entries_max,
            day_entries_max,
            days_max,
            pause_mins,
            pass_mins,
            needs_exit: self.needs_exit,
            out_at_mins,
            inside_max,
            unpaid,
            takes_add_ons: self.takes_add_ons,
            opens_before_mins,
            closes_after_mins,
            types,
        })
    }
}

/// The times that a form offers for when everybody counts as out.
pub fn hours() -> impl Iterator<Item = String> {
    (0..24).map(|hour| format!("{hour:02}:00"))
}

fn hour(text: &str) -> Result<Option<i32>, FieldFault> {
    match hours().zip(0..).find(|(hour, _)| hour == text) {
        Some((_, hour)) => Ok(Some(hour * 60)),
        None if text.is_empty() => Ok(None),
        None => Err(FieldFault::NotAChoice),
    }
}

fn number(text: &str, min: i64, max: i64) -> Result<i32, FieldFault> {
    i32::try_from(parse_whole(text, min, max)?).map_err(|_| FieldFault::OutOfRange { min, max })
}

fn maybe_number(text: &str, max: i64) -> Result<Option<i32>, FieldFault> {
    if text.trim().is_empty() { Ok(None) } else { number(text, 1, max).map(Some) }
}

/// The raw form about a window.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowForm {
    /// Empty for all.
    pub ticket_type: String,
    /// Local times of the event.
    pub opens: String,
    pub closes: String,
}

/// A checked window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewWindowSpan {
    pub ticket_type: Option<TicketTypeId>,
    pub opens: Instant,
    pub closes: Instant,
}

impl WindowForm {
    /// Checks every field; `read_time` reads a local time of the event's zone, and `day` counts its days from the
    /// event's first one.
    pub fn parse(
        &self,
        read_time: impl Fn(&str) -> Result<Instant, FieldFault>,
        day: impl Fn(Instant) -> i64,
    ) -> Result<NewWindowSpan, FieldErrors> {
        let mut errors = FieldErrors::default();
        let near = |at: Instant| WINDOW_DAYS.contains(&day(at)).then_some(at).ok_or(FieldFault::NotADate);
        let ticket_type = errors.keep("ticket_type", maybe_type(&self.ticket_type));
        let opens = errors.keep("opens", read_time(&self.opens).and_then(near));
        let closes = errors.keep("closes", read_time(&self.closes).and_then(near));
        let (Some(ticket_type), Some(opens), Some(closes)) = (ticket_type, opens, closes) else { return Err(errors) };
        if closes <= opens {
            errors.add("closes", FieldFault::EndsBeforeStart);
        }
        errors.unless_any(NewWindowSpan { ticket_type, opens, closes })
    }
}

/// The raw form about a gate, an alert or a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConditionForm {
    pub kind: String,
    /// Empty for all.
    pub ticket_type: String,
    pub words: String,
}

impl ConditionForm {
    pub fn parse(&self) -> Result<(ConditionKind, Option<TicketTypeId>, Title), FieldErrors> {
        let mut errors = FieldErrors::default();
        let kind = errors.keep("kind", ConditionKind::of(&self.kind).ok_or(FieldFault::NotAChoice));
        let ticket_type = errors.keep("ticket_type", maybe_type(&self.ticket_type));
        let words = errors.keep("words", Title::parse(&self.words));
        match (kind, ticket_type, words) {
            (Some(kind), Some(ticket_type), Some(words)) => Ok((kind, ticket_type, words)),
            _ => Err(errors),
        }
    }
}

fn maybe_type(text: &str) -> Result<Option<TicketTypeId>, FieldFault> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| FieldFault::NotAChoice) }
}

/// The raw form about one ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MarkForm {
    /// The code that people type.
    pub code: String,
    pub standing: String,
    pub alert: String,
}
