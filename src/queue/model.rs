//! Rooms, those who wait in them, and why somebody does not come in.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::admission::CHOOSE_SECS;
use crate::{
    events::EventHead,
    kernel::{FieldErrors, FieldFault, Instant, LocalTime, parse_whole},
};

/// Most people inside at once that a room may be set to.
pub const CEILING_MAX: i64 = 10_000;
/// What a form about a new room suggests.
pub const CEILING_USUAL: i64 = 300;
/// Most lots of one room.
pub const LOTS_MAX: i64 = 1_000_000;
/// Baskets that one admission may start: the one, and two to think again. `waiting_starts_max` is the promise.
pub const STARTS_MAX: usize = 3;

/// Whether a room lets people in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomState {
    Open,
    /// Nobody is called and nobody enters; those inside go on.
    Paused,
    /// The event is sold without a room.
    Closed,
}

impl RoomState {
    const ALL: [Self; 3] = [Self::Open, Self::Paused, Self::Closed];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paused => "paused",
            Self::Closed => "closed",
        }
    }

    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// A room's settings, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomForm {
    /// Local time of the event's zone; empty for at once.
    #[serde(default)]
    pub opens: String,
    #[serde(default)]
    pub ceiling: String,
}

/// A room's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewRoom {
    /// Nothing for at once.
    pub opens_at: Option<Instant>,
    pub ceiling: i32,
}

impl RoomForm {
    /// Reads the form; `local` reads a time of the event's zone.
    pub fn parse(&self, local: impl Fn(&str) -> Result<Instant, FieldFault>) -> Result<NewRoom, FieldErrors> {
        let mut errors = FieldErrors::default();
        let opens = self.opens.trim();
        let opens_at = if opens.is_empty() { Some(None) } else { errors.keep("opens", local(opens)).map(Some) };
        let ceiling = errors.keep("ceiling", parse_whole(&self.ceiling, 1, CEILING_MAX));
        match (opens_at, ceiling.and_then(|ceiling| i32::try_from(ceiling).ok())) {
            (Some(opens_at), Some(ceiling)) => Ok(NewRoom { opens_at, ceiling }),
            _ => Err(errors),
        }
    }
}

/// What the desk sees of a room that there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomDesk {
    pub state: RoomState,
    pub opens: LocalTime,
    /// Whether the draw is over and people may be let in.
    pub is_drawn: bool,
    pub ceiling: i32,
    pub inside: i64,
    pub waiting: i64,
    /// Called, and not here yet.
    pub due: i64,
    /// People let in a minute.
    pub per_min: i64,
    /// How long somebody who comes now would wait; unknown while nobody is let in.
    pub wait_secs: Option<i64>,
    /// How many came in all.
    pub arrived: i64,
    /// In hex; public from the start.
    pub seed_hash: String,
}

/// A page of the desk about an event's waiting room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomPage {
    pub event: EventHead,
    pub room: Option<RoomDesk>,
    /// When the first ticket type comes on sale, if that is ahead; what the form suggests.
    pub sale_starts: Option<LocalTime>,
}

/// What the storefront says of a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomNotice {
    /// When it opens, if that is ahead.
    pub opens: Option<LocalTime>,
    pub waiting: i64,
}

/// Somebody who is inside, when it is asked who has left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inside {
    pub lot: i64,
    pub ends_at: Instant,
    /// The keys of the baskets that were started.
    pub keys: Vec<String>,
}

/// How a basket that was started from inside stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Held, or being paid.
    Open,
    Paid,
    /// Run out, released or failed.
    Over,
}

impl Inside {
    /// Whether this visitor has left: paid, or has no basket under way when the time to start one is over.
    pub fn has_left(&self, now: Instant, progress: impl Fn(&str) -> Option<Progress>) -> bool {
        let baskets: Vec<_> = self.keys.iter().filter_map(|key| progress(key)).collect();
        if baskets.contains(&Progress::Open) {
            return false;
        }
        baskets.contains(&Progress::Paid) || self.ends_at <= now
    }
}

/// Why somebody does not get to the checkout.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum QueueRefusal {
    #[error("There is a waiting room for these tickets.")]
    Wait,
    #[error("Your time to choose is over.")]
    Over,
    #[error("At most {max} baskets each time you are let in.")]
    TooManyStarts { max: u32 },
    #[error("The waiting room is full.")]
    Full,
    #[error("There is no waiting room here right now.")]
    NoRoom,
}

impl QueueRefusal {
    pub const fn status(&self) -> StatusCode {
        StatusCode::CONFLICT
    }
}

/// Minutes that whoever is let in has to choose, as people are told.
pub const CHOOSE_MINS: i64 = CHOOSE_SECS / 60;

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(ends: i64) -> Inside {
        Inside { lot: 1, ends_at: Instant(ends), keys: vec!["one".into(), "two".into()] }
    }

    #[test]
    fn whoever_pays_or_lets_the_time_pass_has_left() {
        use Progress::{Open, Over, Paid};
        let cases = [
            // (how the two baskets stand, whether the clock has run out, whether they have left)
            ([None, None], false, false),
            ([None, None], true, true),
            ([Some(Open), None], true, false),
            ([Some(Over), Some(Open)], true, false),
            ([Some(Over), None], false, false),
            ([Some(Over), None], true, true),
            ([Some(Paid), None], false, true),
            // A second basket keeps the place also when the first is paid.
            ([Some(Paid), Some(Open)], true, false),
        ];
        for (baskets, is_late, left) in cases {
            let progress = |key: &str| if key == "one" { baskets[0] } else { baskets[1] };
            let ends = if is_late { 0 } else { 2 };
            assert_eq!(inside(ends).has_left(Instant(1), progress), left, "{baskets:?} {is_late}");
        }
    }

    #[test]
    fn odd_settings_are_refused_at_their_field() {
        let local = |text: &str| if text == "soon" { Err(FieldFault::NotADate) } else { Ok(Instant(7)) };
        let form = |opens: &str, ceiling: &str| RoomForm { opens: opens.into(), ceiling: ceiling.into() };
        assert_eq!(form("", "300").parse(local), Ok(NewRoom { opens_at: None, ceiling: 300 }));
        assert_eq!(form("x", "1").parse(local), Ok(NewRoom { opens_at: Some(Instant(7)), ceiling: 1 }));
        let errors = form("soon", "0").parse(local).expect_err("both are wrong");
        assert_eq!(errors.of("opens"), Some(&FieldFault::NotADate));
        assert_eq!(errors.of("ceiling"), Some(&FieldFault::OutOfRange { min: 1, max: CEILING_MAX }));
    }

    #[test]
    fn states_and_words_are_the_same_list() {
        for state in RoomState::ALL {
            assert_eq!(RoomState::of_word(state.word()), Some(state));
        }
        assert_eq!(RoomState::of_word("nonsense"), None);
    }
}
