//! How many are left.
//!
//! A hold takes stock out of pools for a few minutes; a paid order turns it into sold stock.
//! Invariant: nothing outside this folder changes a pool's held or sold.
mod model;
mod words;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod locks;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub use actions::{convert, expire_due, extend, hold_all, release, retake, return_sold};
pub use model::{HOLD_CAP_SECS, HOLD_PROMPT_SECS, HOLD_TTL_SECS, HoldRefusal, HoldRequest, Pool, Stock, Wish};
#[cfg(feature = "ssr")]
pub use store::list_pools;
