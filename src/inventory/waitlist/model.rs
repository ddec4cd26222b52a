//! A place in line, the form that asks for one, and why there is none.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::{
    events::EventHead,
    inventory::Wish,
    kernel::{EmailAddress, EntryId, FieldErrors, FieldFault, HoldId, Instant, LocalTime, TicketTypeId, parse_whole},
};

/// Tickets that one place in line may be for, as the table's constraint says.
pub const SIZE_MAX: i64 = 10;
/// How long an offer stands.
pub const OFFER_TTL_SECS: i64 = 2 * 60 * 60;
/// People who may wait for one type.
pub const LINE_MAX: i64 = 5_000;

/// How it stands with somebody in line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitState {
    Waiting,
    /// Tickets are held for them.
    Offered,
    /// They bought what they were offered.
    Taken,
    /// They did not buy it in time.
    Passed,
    /// They left the line.
    Left,
}

impl WaitState {
    const ALL: [Self; 5] = [Self::Waiting, Self::Offered, Self::Taken, Self::Passed, Self::Left];

    /// The word that is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Offered => "offered",
            Self::Taken => "taken",
            Self::Passed => "passed",
            Self::Left => "left",
        }
    }

    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// The raw form that asks for a place in line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinForm {
    /// The event's address.
    pub event: String,
    pub ticket_type: TicketTypeId,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub size: String,
}

impl JoinForm {
    /// Who waits, and for how many.
    pub fn parse(&self) -> Result<(EmailAddress, u32), FieldErrors> {
        let mut errors = FieldErrors::default();
        let email = errors.keep("email", EmailAddress::parse(&self.email));
        let range = FieldFault::OutOfRange { min: 1, max: SIZE_MAX };
        let size = parse_whole(&self.size, 1, SIZE_MAX).and_then(|size| u32::try_from(size).map_err(|_| range));
        let size = errors.keep("size", size);
        email.zip(size).ok_or(errors)
    }
}

/// A place in line, for whoever has its link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingPlace {
    pub token: String,
    pub event_title: String,
    pub event_slug: String,
    pub type_name: String,
    pub email: String,
    pub size: u32,
    pub state: WaitState,
    /// How many wait before.
    pub ahead: u32,
    /// Until when an offer stands, by the server's clock.
    pub until: Option<Instant>,
    pub now: Instant,
    /// The link of the order that was made for them.
    pub order: Option<String>,
}

/// Somebody in line, for the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskPlace {
    pub email: String,
    pub size: u32,
    pub state: WaitState,
    pub joined: LocalTime,
}

/// The line for one type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskLine {
    pub type_name: String,
    /// Tickets that are waited for.
    pub wanted: u32,
    pub waiting: u32,
    pub offered: u32,
    pub taken: u32,
    /// Those who wait or were made an offer, first come first; a bounded number of them.
    pub places: Vec<DeskPlace>,
}

/// The lines of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskWaitlist {
    pub event: EventHead,
    pub lines: Vec<DeskLine>,
}

/// Stock that is held for somebody in line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    pub entry_id: EntryId,
    pub hold_id: HoldId,
    pub wish: Wish,
    pub email: EmailAddress,
    pub locale: String,
}

/// Why there is no place in line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum WaitRefusal {
    #[error("There are tickets left. You need not wait.")]
    NotSoldOut,
    #[error("These tickets are not on sale.")]
    NotOnSale,
    #[error("This address is in line already. Its link is in your mailbox.")]
    AlreadyIn,
    #[error("This line is full.")]
    Full,
    #[error("You are not in line any more.")]
    Over,
}

impl WaitRefusal {
    pub const fn status(self) -> StatusCode {
        StatusCode::CONFLICT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_one_to_ten() {
        let form = |size: &str| JoinForm {
            event: "x".into(),
            ticket_type: TicketTypeId(uuid::Uuid::nil()),
            email: "Amina@Example.org".into(),
            size: size.into(),
        };
        assert_eq!(
            form("4").parse().map(|(email, size)| (email.to_string(), size)),
            Ok(("amina@example.org".into(), 4))
        );
        for size in ["0", "11", "-1", "", "two"] {
            assert!(form(size).parse().expect_err(size).of("size").is_some(), "{size}");
        }
    }

    #[test]
    fn states_and_words_are_the_same_list() {
        for state in WaitState::ALL {
            assert_eq!(WaitState::of_word(state.word()), Some(state));
        }
        assert_eq!(WaitState::of_word("nonsense"), None);
    }
}
