//! Check-in at the door.
//!
//! A phone is paired once by a one-time code and then reads tickets for one event and one list. A scan is one reading
//! and is never changed; an admission is what it counted as, from an entry to the exit.
//! Invariant: nobody comes in twice unseen, and nothing outside this folder writes a scan.
mod api;
mod client;
mod cue;
mod lists;
mod model;
pub mod pages;
mod ui;
mod verdict;
mod words;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
pub mod guard;
#[cfg(feature = "ssr")]
mod resolve;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

#[cfg(feature = "ssr")]
pub use actions::{NewPairing, ensure_default_list, make_pairing, revoke_device, show_pairing};
#[cfg(feature = "ssr")]
pub use api::{PairPhone, RedeemTicket};
pub use lists::{
    CheckInList, ConditionForm, ConditionKind, ListForm, ListsDesk, Mark, MarkForm, MarkStanding, ShownCondition,
    ShownWindow, TypeName, WindowForm,
};
pub use model::{
    Device, DeviceRole, DeviceState, GateRefusal, GatesBoard, Paired, Pairing, PairingState, Post, Reading, Scan, Tally,
};
pub use verdict::{
    Alert, Answer, Ask, Attempt, Choice, Direction, EntryRules, Holder, Lane, Payment, Question, Rules, Signal,
    Standing, Stay, TicketOnFile, UnpaidPolicy, Verdict, VerdictName, Window, decide, decide_among, of_fault,
};
