//! What the gate says to a ticket.

use serde::{Deserialize, Serialize};

use super::Question;
use crate::kernel::{LocalTime, TicketId};

/// Whose ticket it is and of which type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub name: String,
    pub type_name: String,
}

/// One of several tickets that the same scan may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub ticket: TicketId,
    pub type_name: String,
}

/// What the gate says; each carries what the gatekeeper needs next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    Admitted {
        who: Holder,
        entry: u32,
        entries_max: u32,
        alerts: Vec<String>,
        is_override: bool,
    },
    /// Gone out; `was_in` says whether the list knew them to be in.
    LetOut {
        who: Holder,
        was_in: bool,
    },
    AlreadyIn {
        who: Holder,
        at: LocalTime,
        gate: String,
    },
    /// Every entry is used up, and the holder is out.
    UsedUp {
        who: Holder,
        at: LocalTime,
        gate: String,
    },
    /// Every entry of this day is used up.
    DayUsed {
        who: Holder,
        again: LocalTime,
    },
    TooSoon {
        who: Holder,
        again: LocalTime,
    },
    WrongEvent {
        title: Option<String>,
    },
    NotYet {
        who: Holder,
        opens: LocalTime,
    },
    NoLongerValid {
        who: Holder,
        ended: LocalTime,
    },
    NotOnList {
        who: Holder,
    },
    WrongGate {
        who: Holder,
        gates: Vec<String>,
    },
    /// As many are in as may be.
    Full {
        who: Holder,
        inside_max: u32,
    },
    Unpaid {
        who: Holder,
    },
    /// Not paid, and the gatekeeper may take the money.
    PayFirst {
        who: Holder,
    },
    Unapproved {
        who: Holder,
    },
    Questions {
        who: Holder,
        questions: Vec<Question>,
    },
    /// The scan may mean several tickets.
    Choose {
        who: Holder,
        choices: Vec<Choice>,
    },
    Revoked,
    Blocked {
        who: Holder,
    },
    Replaced,
    Forged,
    Unknown,
}

/// Which verdict, without what it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerdictName {
    Admitted,
    LetOut,
    AlreadyIn,
    UsedUp,
    DayUsed,
    TooSoon,
    WrongEvent,
    NotYet,
    NoLonger,
    NotOnList,
    WrongGate,
    Full,
    Unpaid,
    PayFirst,
    Unapproved,
    Questions,
    Choose,
    Revoked,
    Blocked,
    Replaced,
    Forged,
    Unknown,
}

/// What a verdict asks of the gatekeeper; each has a colour and a shape of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Green, a tick: let in.
    Go,
    /// Grey, an arrow through a door: gone out.
    Out,
    /// Red, a cross: do not let in.
    Stop,
    /// Amber, a bar: not here, or not now.
    Wait,
    /// Blue, a question: ask, or send to the help desk.
    Ask,
}

impl VerdictName {
    pub const ALL: [Self; 22] = [
        Self::Admitted,
        Self::LetOut,
        Self::AlreadyIn,
        Self::UsedUp,
        Self::DayUsed,
        Self::TooSoon,
        Self::WrongEvent,
        Self::NotYet,
        Self::NoLonger,
        Self::NotOnList,
        Self::WrongGate,
        Self::Full,
        Self::Unpaid,
        Self::PayFirst,
        Self::Unapproved,
        Self::Questions,
        Self::Choose,
        Self::Revoked,
        Self::Blocked,
        Self::Replaced,
        Self::Forged,
        Self::Unknown,
    ];

    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admitted => "admitted",
            Self::LetOut => "let_out",
            Self::AlreadyIn => "already_in",
            Self::UsedUp => "used_up",
            Self::DayUsed => "day_used",
            Self::TooSoon => "too_soon",
            Self::WrongEvent => "wrong_event",
            Self::NotYet => "not_yet",
            Self::NoLonger => "no_longer",
            Self::NotOnList => "not_on_list",
            Self::WrongGate => "wrong_gate",
            Self::Full => "full",
            Self::Unpaid => "unpaid",
            Self::PayFirst => "pay_first",
            Self::Unapproved => "unapproved",
            Self::Questions => "questions",
            Self::Choose => "choose",
            Self::Revoked => "revoked",
            Self::Blocked => "blocked",
            Self::Replaced => "replaced",
            Self::Forged => "forged",
            Self::Unknown => "unknown",
        }
    }

    /// Reads a stored word; the table allows no other.
    pub fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|name| name.as_str() == word).unwrap_or(Self::Unknown)
    }

    pub const fn signal(self) -> Signal {
        match self {
            Self::Admitted => Signal::Go,
            Self::LetOut => Signal::Out,
            Self::AlreadyIn | Self::UsedUp | Self::Revoked | Self::Blocked | Self::Forged | Self::Unpaid => {
                Signal::Stop
            }
            Self::WrongEvent
            | Self::NotYet
            | Self::NoLonger
            | Self::WrongGate
            | Self::DayUsed
            | Self::TooSoon
            | Self::Full => Signal::Wait,
            Self::NotOnList
            | Self::Replaced
            | Self::Unknown
            | Self::PayFirst
            | Self::Unapproved
            | Self::Questions
            | Self::Choose => Signal::Ask,
        }
    }

    /// Whether a supervisor may let in all the same: never what is cancelled, blocked, forged or another event's.
    pub const fn may_be_overridden(self) -> bool {
        matches!(
            self,
            Self::AlreadyIn
                | Self::UsedUp
                | Self::DayUsed
                | Self::TooSoon
                | Self::NotYet
                | Self::NoLonger
                | Self::NotOnList
                | Self::WrongGate
                | Self::Full
                | Self::Unpaid
                | Self::Unapproved
        )
    }
}

impl Verdict {
    pub const fn name(&self) -> VerdictName {
        match self {
            Self::Admitted { .. } => VerdictName::Admitted,
            Self::LetOut { .. } => VerdictName::LetOut,
            Self::AlreadyIn { .. } => VerdictName::AlreadyIn,
            Self::UsedUp { .. } => VerdictName::UsedUp,
            Self::DayUsed { .. } => VerdictName::DayUsed,
            Self::TooSoon { .. } => VerdictName::TooSoon,
            Self::WrongEvent { .. } => VerdictName::WrongEvent,
            Self::NotYet { .. } => VerdictName::NotYet,
            Self::NoLongerValid { .. } => VerdictName::NoLonger,
            Self::NotOnList { .. } => VerdictName::NotOnList,
            Self::WrongGate { .. } => VerdictName::WrongGate,
            Self::Full { .. } => VerdictName::Full,
            Self::Unpaid { .. } => VerdictName::Unpaid,
            Self::PayFirst { .. } => VerdictName::PayFirst,
            Self::Unapproved { .. } => VerdictName::Unapproved,
            Self::Questions { .. } => VerdictName::Questions,
            Self::Choose { .. } => VerdictName::Choose,
            Self::Revoked => VerdictName::Revoked,
            Self::Blocked { .. } => VerdictName::Blocked,
            Self::Replaced => VerdictName::Replaced,
            Self::Forged => VerdictName::Forged,
            Self::Unknown => VerdictName::Unknown,
        }
    }

    /// Whose ticket it is and of which type, where the gatekeeper may know.
    pub fn holder(&self) -> Option<(&str, &str)> {
        let who = match self {
            Self::Admitted { who, .. }
            | Self::LetOut { who, .. }
            | Self::AlreadyIn { who, .. }
            | Self::UsedUp { who, .. }
            | Self::DayUsed { who, .. }
            | Self::TooSoon { who, .. }
            | Self::NotYet { who, .. }
            | Self::NoLongerValid { who, .. }
            | Self::NotOnList { who }
            | Self::WrongGate { who, .. }
            | Self::Full { who, .. }
            | Self::Unpaid { who }
            | Self::PayFirst { who }
            | Self::Unapproved { who }
            | Self::Questions { who, .. }
            | Self::Choose { who, .. }
            | Self::Blocked { who } => who,
            Self::WrongEvent { .. } | Self::Revoked | Self::Replaced | Self::Forged | Self::Unknown => return None,
        };
        Some((&who.name, &who.type_name))
    }

    /// What the gatekeeper must see although the ticket is good.
    pub fn alerts(&self) -> &[String] {
        match self {
            Self::Admitted { alerts, .. } => alerts,
            _ => &[],
        }
    }
}
