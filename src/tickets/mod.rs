//! What is sold, and what the buyer holds.
//!
//! A ticket's code is signed with its event's key, and read by one function on the server and at the gate.
//! Invariant: nothing outside this folder signs a code or sees a private key.
mod code;
mod manual_code;

#[cfg(feature = "pages")]
pub mod pages;
#[cfg(feature = "pages")]
mod types;

#[cfg(test)]
#[cfg(feature = "ssr")]
mod code_tests;
#[cfg(feature = "ssr")]
mod issue;
#[cfg(feature = "ssr")]
mod keys;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub mod qr;

pub use code::{CodeFault, EventKey, SignedCode, TicketCode};
#[cfg(feature = "ssr")]
pub use issue::{Issue, Seat, issue, issue_all, void_order};
#[cfg(feature = "ssr")]
pub use keys::{EventSigner, event_keys, make_event_key, signing_key};
pub use manual_code::ManualCode;
#[cfg(feature = "pages")]
pub use types::{
    AddTicketType, ArchiveTicketType, ChangeTicketType, add_ticket_type, archive_ticket_type, change_ticket_type,
    list_ticket_types,
};
#[cfg(feature = "pages")]
pub use types::{Availability, FEW_LEFT, OnSale, TicketType, TicketTypeForm, TypeRefusal, TypesDesk};
#[cfg(feature = "ssr")]
pub use types::{add_type, change_type, count_types, has_types, list_on_sale};
