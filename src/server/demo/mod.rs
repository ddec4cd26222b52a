//! Demo data: three organizers in four countries, a dozen events, and everything that happened around them.
//!
//! Invariant: fills an empty database and no other, unless it is forced to; never changes a row that it did not write.
mod catalogue;
mod door;
mod event;
mod load;
mod names;
mod rows;
mod sales;
mod store;
#[cfg(test)]
mod tests;
mod venues;

pub use load::{DemoSummary, Loaded, SignInHint, load};
