//! Who waits for tickets of a type that is sold out.
//!
//! An offer is stock that is held for the first in line whose group it fits. `orders` makes an order of it.
//! Invariant: nobody who waits is passed over by a buyer from outside, unless no group in line fits what is left.
mod api;
mod model;
mod words;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod mail;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub use actions::{Place, find, join, leave, list_ready, mark_offered, offer, settle};
pub use api::{JoinWaitlist, join_waitlist, list_waitlist};
pub use model::{
    DeskLine, DeskPlace, DeskWaitlist, JoinForm, OFFER_TTL_SECS, Offered, SIZE_MAX, WaitRefusal, WaitState,
    WaitingPlace,
};
