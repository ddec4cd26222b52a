//! A ticket as it is on file, and what it did on one list.

use super::Rules;
use crate::kernel::{ConditionId, Instant, TicketId};

/// A ticket as it is on file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketOnFile {
    pub ticket_id: TicketId,
    pub holder: String,
    pub type_name: String,
    pub product: u16,
    pub generation: u8,
    pub standing: Standing,
    pub payment: Payment,
    /// What the desk wants the gatekeeper to see.
    pub alert: Option<String>,
    /// Its stays on the list, in the order in which they began.
    pub stays: Vec<Stay>,
    /// Questions of the list that were answered for it.
    pub answered: Vec<ConditionId>,
}

/// Whether the ticket itself is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Valid,
    /// Cancelled or refunded: for good.
    Void,
    /// Stopped by the desk, until the desk lets it go again.
    Blocked,
}

/// Whether its order is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payment {
    Paid,
    Unpaid,
    /// Waits for the organizer's yes.
    Unapproved,
}

/// One admission: from an entry to the exit, where there was one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    pub entry: u32,
    pub came: Instant,
    pub gate: String,
    pub left: Option<Instant>,
}

/// Which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    #[default]
    Entry,
    Exit,
}

impl Direction {
    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Exit => "exit",
        }
    }
}

impl TicketOnFile {
    /// The stay that has not ended: neither by an exit, nor by the hour when everybody counts as out.
    pub fn open_stay(&self, rules: &Rules, now: Instant) -> Option<&Stay> {
        let since = rules.in_since(now);
        let is_open = |stay: &&Stay| stay.left.is_none() && since.is_none_or(|since| stay.came >= since);
        self.stays.iter().rev().find(is_open)
    }

    /// The lowest number that no entry has: numbers that were undone are given again.
    pub fn next_entry(&self) -> u32 {
        (1..).find(|number| self.stays.iter().all(|stay| stay.entry != *number)).unwrap_or(u32::MAX)
    }

    /// Whether nothing has happened to the ticket since this entry, or since the exit that ended it; what lies below
    /// something else cannot be undone.
    pub fn is_last_move(&self, entry: u32, direction: Direction) -> bool {
        let last = self.stays.last();
        last.is_some_and(|stay| stay.entry == entry && stay.left.is_some() == (direction == Direction::Exit))
    }
}
