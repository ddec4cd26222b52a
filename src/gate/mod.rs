//! Check-in at the door.
//!
//! A phone is paired once by a one-time code and then reads tickets for one event and one list. A scan is one reading
//! and is never changed; an admission is what it counted as.
//! Invariant: nobody comes in twice unseen, and nothing outside this folder writes a scan.
mod api;
mod client;
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
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

#[cfg(feature = "ssr")]
pub use actions::{ensure_default_list, make_pairing, revoke_device, show_pairing};
#[cfg(feature = "ssr")]
pub use api::{PairPhone, RedeemTicket};
pub use model::{
    CheckInList, Device, DeviceState, GateRefusal, GatesBoard, Paired, Pairing, PairingState, Post, Reading, Scan,
    Signal, Tally, Verdict, VerdictName,
};
pub use verdict::{Entry, TicketOnFile, decide, of_fault};
