//! Getting words to people; the domains write the words.
//!
//! A mail is put into the outbox by the transaction that makes it necessary, once for each occasion, and a job sends it.
//! Invariant: no mail is sent for something that was rolled back, and nothing is sent from within a request.
mod api;
mod model;
pub mod pages;

#[cfg(feature = "ssr")]
mod jobs;
#[cfg(feature = "ssr")]
mod layout;
#[cfg(feature = "ssr")]
pub mod mailbox;
#[cfg(feature = "ssr")]
mod message;
#[cfg(feature = "ssr")]
mod outbox;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
mod transport;

#[cfg(feature = "ssr")]
pub use jobs::Deliver;
#[cfg(feature = "ssr")]
pub use layout::Letter;
#[cfg(feature = "ssr")]
pub use message::{Attachment, Message, Occasion};
#[cfg(feature = "ssr")]
pub use outbox::{deliver_all_later, deliver_later};
