//! Check-in lists, paired phones, scans, and what a gate answers.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::{
    events::EventHead,
    kernel::{DeviceId, Instant, ListId, LocalTime, SecretText},
    tickets::EventKey,
};

/// Longest text a gate sends as a code; a ticket's has 131 characters.
pub const CODE_CHARS_MAX: usize = 512;
/// Longest name of a gate.
pub const GATE_NAME_CHARS_MAX: usize = 60;
/// Scans and phones shown at once.
pub const SCANS_SHOWN_MAX: i64 = 20;
pub const DEVICES_MAX: i64 = 200;
/// How long a code for pairing is good.
pub const PAIRING_TTL_SECS: i64 = 10 * 60;
/// How long after its event's end a phone stays paired.
pub const TOKEN_AFTER_END_SECS: i64 = 12 * 60 * 60;

/// Who may come in at some door, how often and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckInList {
    pub list_id: ListId,
    /// Empty for the list that every event has.
    pub name: String,
    /// Entries that one ticket is good for.
    pub entries_max: u32,
    pub opens: LocalTime,
    pub closes: LocalTime,
}

/// A paired phone, as the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub device_id: DeviceId,
    pub name: String,
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
    pub at: LocalTime,
    pub verdict: VerdictName,
    pub holder: Option<String>,
    pub type_name: Option<String>,
    pub gate: String,
    pub is_typed: bool,
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
    pub list: CheckInList,
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
}

/// What the gate says to a ticket; each carries what the gatekeeper needs next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    Admitted { holder: String, type_name: String, entry: u32, entries_max: u32 },
    AlreadyIn { holder: String, type_name: String, at: LocalTime, gate: String },
    WrongEvent { title: Option<String> },
    NotYet { holder: String, type_name: String, opens: LocalTime },
    NoLongerValid { holder: String, type_name: String, ended: LocalTime },
    NotOnList { holder: String, type_name: String },
    Revoked,
    Replaced,
    Forged,
    Unknown,
}

/// Which verdict, without what it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerdictName {
    Admitted,
    AlreadyIn,
    WrongEvent,
    NotYet,
    NoLonger,
    NotOnList,
    Revoked,
    Replaced,
    Forged,
    Unknown,
}

/// What a verdict asks of the gatekeeper; each has a colour, a shape, a sound and a shake of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Green, a tick: let in.
    Go,
    /// Red, a cross: do not let in.
    Stop,
    /// Amber, a bar: not here, or not now.
    Wait,
    /// Blue, a question: ask, or send to the help desk.
    Ask,
}

impl VerdictName {
    pub const ALL: [Self; 10] = [
        Self::Admitted,
        Self::AlreadyIn,
        Self::WrongEvent,
        Self::NotYet,
        Self::NoLonger,
        Self::NotOnList,
        Self::Revoked,
        Self::Replaced,
        Self::Forged,
        Self::Unknown,
    ];

    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admitted => "admitted",
            Self::AlreadyIn => "already_in",
            Self::WrongEvent => "wrong_event",
            Self::NotYet => "not_yet",
            Self::NoLonger => "no_longer",
            Self::NotOnList => "not_on_list",
            Self::Revoked => "revoked",
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
            Self::AlreadyIn | Self::Revoked | Self::Forged => Signal::Stop,
            Self::WrongEvent | Self::NotYet | Self::NoLonger => Signal::Wait,
            Self::NotOnList | Self::Replaced | Self::Unknown => Signal::Ask,
        }
    }
}

impl Verdict {
    pub const fn name(&self) -> VerdictName {
        match self {
            Self::Admitted { .. } => VerdictName::Admitted,
            Self::AlreadyIn { .. } => VerdictName::AlreadyIn,
            Self::WrongEvent { .. } => VerdictName::WrongEvent,
            Self::NotYet { .. } => VerdictName::NotYet,
            Self::NoLongerValid { .. } => VerdictName::NoLonger,
            Self::NotOnList { .. } => VerdictName::NotOnList,
            Self::Revoked => VerdictName::Revoked,
            Self::Replaced => VerdictName::Replaced,
            Self::Forged => VerdictName::Forged,
            Self::Unknown => VerdictName::Unknown,
        }
    }

    /// Whose ticket it is and of which type, where the gatekeeper may know.
    pub fn holder(&self) -> Option<(&str, &str)> {
        match self {
            Self::Admitted { holder, type_name, .. }
            | Self::AlreadyIn { holder, type_name, .. }
            | Self::NotYet { holder, type_name, .. }
            | Self::NoLongerValid { holder, type_name, .. }
            | Self::NotOnList { holder, type_name } => Some((holder, type_name)),
            Self::WrongEvent { .. } | Self::Revoked | Self::Replaced | Self::Forged | Self::Unknown => None,
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
}

impl GateRefusal {
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotPaired | Self::Revoked => StatusCode::UNAUTHORIZED,
            Self::PairingUnknown => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Over | Self::SequenceReused => StatusCode::CONFLICT,
        }
    }

    /// Whether the phone must be paired anew before it can scan.
    pub const fn ends_pairing(&self) -> bool {
        matches!(self, Self::NotPaired | Self::Revoked | Self::SequenceReused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_words_are_read_back() {
        for name in VerdictName::ALL {
            assert_eq!(VerdictName::of(name.as_str()), name);
        }
    }

    #[test]
    fn only_an_admission_is_green() {
        let green: Vec<_> = VerdictName::ALL.into_iter().filter(|name| name.signal() == Signal::Go).collect();
        assert_eq!(green, [VerdictName::Admitted]);
    }
}
