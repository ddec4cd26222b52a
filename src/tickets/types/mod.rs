//! What is on sale: ticket types and the pool that each draws on.
//!
//! Invariant: a type is made with its pool, and its capacity never falls below what is held and sold.
mod model;
mod words;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;

#[cfg(feature = "ssr")]
pub use actions::list_on_sale;
pub use model::{Availability, OnSale, TicketType, TicketTypeForm, TypeRefusal, TypesDesk};
#[cfg(feature = "ssr")]
pub use store::count_types;
