//! Paired phones, their scans, and why a gate cannot work.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::verdict::{Answer, Direction, Rules, VerdictName};
use crate::{
    events::EventHead,
    kernel::{DeviceId, Instant, ListId, LocalTime, SecretText, TicketId},
    tickets::EventKey,
};

/// Longest text a gate sends as a code; a ticket's has 131 characters.
pub const CODE_CHARS_MAX: usize = 512;
/// Longest name of a gate.
pub const GATE_NAME_CHARS_MAX: usize = 60;
/// How long a steward may take a scan back.
pub const UNDO_SECS: i64 = 10 * 60;
/// Scans and phones shown at once.
pub const SCANS_SHOWN_MAX: i64 = 20;
pub const DEVICES_MAX: i64 = 200;
/// How long a code for pairing is good.
pub const PAIRING_TTL_SECS: i64 = 10 * 60;
/// How long after its event's end a phone stays paired.
pub const TOKEN_AFTER_END_SECS: i64 = 12 * 60 * 60;

/// What the holder of a phone may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceRole {
    #[default]
    Steward,
    /// May let in against the rules, and take back what is long ago.
    Supervisor,
}

impl DeviceRole {
    pub const ALL: [Self; 2] = [Self::Steward, Self::Supervisor];

    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Steward => "steward",
            Self::Supervisor => "supervisor",
        }
    }

    /// Reads a word; whatever is none of them may do least.
    pub fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|role| role.as_str() == word).unwrap_or_default()
    }
}

/// A paired phone, as the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub device_id: DeviceId,
    pub name: String,
    /// Empty for the list that every event has.
    pub list: String,
    pub role: DeviceRole,
    pub last_seen: Option<LocalTime>,
    pub admitted: i64,
    pub refused: i64,
    pub state: DeviceState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeviceState {
    Active,
    /// Its shift has ended.
    Expired,
    Revoked,
}

/// One reading at a gate, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// The phone's own number of it.
    pub seq: i64,
    pub at: LocalTime,
    pub verdict: VerdictName,
    pub holder: Option<String>,
    pub type_name: Option<String>,
    pub gate: String,
    pub is_typed: bool,
    /// Taken back later.
    pub is_undone: bool,
    /// Why a supervisor let in against the rules.
    pub override_reason: Option<String>,
}

/// How many are in, of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub admitted: i64,
    pub expected: i64,
}

/// What a paired phone works with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    pub device_id: DeviceId,
    pub gate: String,
    pub event_title: String,
    pub rules: Rules,
    pub role: DeviceRole,
    pub keys: Vec<EventKey>,
    /// The highest number that the server has of this phone's scans.
    pub last_seq: i64,
    pub tally: Tally,
}

/// What a phone gets for a pairing code, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paired {
    pub token: SecretText,
    pub post: Post,
}

/// A code that pairs one phone, as the desk shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pairing {
    pub code: String,
    /// The address that opens the gate and pairs.
    pub link: String,
    /// The address as a QR symbol, in SVG.
    pub picture: String,
    pub gate: String,
    pub expires_at: Instant,
    pub now: Instant,
    pub state: PairingState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PairingState {
    Waiting,
    Used,
    Expired,
}

/// The desk's view of an event's gates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatesBoard {
    pub event: EventHead,
    /// The lists that a phone can be paired with, by name; the first is the one that every event has.
    pub lists: Vec<(ListId, String)>,
    pub devices: Vec<Device>,
    pub scans: Vec<Scan>,
    pub tally: Tally,
}

/// What a phone read, numbered by the phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub seq: i64,
    pub code: String,
    pub is_typed: bool,
    /// By the phone's clock: told, never trusted.
    pub scanned_at: Instant,
    #[serde(default)]
    pub direction: Direction,
    /// To the questions of the list.
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// Which of several tickets is meant.
    #[serde(default)]
    pub choice: Option<TicketId>,
    /// The gatekeeper has taken the money.
    #[serde(default)]
    pub is_paid_here: bool,
    /// Why a supervisor lets in against the rules.
    #[serde(default)]
    pub override_reason: Option<String>,
}

impl Reading {
    /// A code that was read or typed at an entry, and nothing more.
    pub fn of(seq: i64, code: String, is_typed: bool, scanned_at: Instant) -> Self {
        Self {
            seq,
            code,
            is_typed,
            scanned_at,
            direction: Direction::Entry,
            answers: Vec::new(),
            choice: None,
            is_paid_here: false,
            override_reason: None,
        }
    }
}

/// Why a gate cannot work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum GateRefusal {
    #[error("This phone is not paired with an event.")]
    NotPaired,
    #[error("This phone was taken off the gate.")]
    Revoked,
    #[error("The event is over.")]
    Over,
    #[error("This code pairs nothing: it is wrong, used or too old.")]
    PairingUnknown,
    #[error("This phone has lost count of its scans. Pair it again.")]
    SequenceReused,
    #[error("Only a supervisor's phone may do that, and it must say why.")]
    SupervisorOnly,
    #[error("There is nothing of this scan to take back.")]
    NothingToUndo,
    #[error("That scan is too long ago for a steward to take it back.")]
    UndoTooLate,
    #[error("Something has happened to this ticket since. Take that back first.")]
    NotTheLastMove,
    #[error("An event has at most that many lists, and a list that many conditions.")]
    TooManyRules,
}

impl GateRefusal {
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotPaired | Self::Revoked => StatusCode::UNAUTHORIZED,
            Self::PairingUnknown => StatusCode::UNPROCESSABLE_ENTITY,
            Self::SupervisorOnly => StatusCode::FORBIDDEN,
            Self::Over
            | Self::SequenceReused
            | Self::NothingToUndo
            | Self::UndoTooLate
            | Self::NotTheLastMove
            | Self::TooManyRules => StatusCode::CONFLICT,
        }
    }

    /// Whether the phone must be paired anew before it can scan.
    pub const fn ends_pairing(&self) -> bool {
        matches!(self, Self::NotPaired | Self::Revoked | Self::SequenceReused)
    }
}
