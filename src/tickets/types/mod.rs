//! What is on sale: ticket types and the pool that each draws on.
//!
//! Invariant: a type is made with its pool, and its capacity never falls below what is held and sold.
mod api;
mod model;
mod words;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

#[cfg(feature = "ssr")]
pub use actions::{add as add_type, change as change_type, list_on_sale};
pub use api::{
    AddTicketType, ArchiveTicketType, ChangeTicketType, add_ticket_type, archive_ticket_type, change_ticket_type,
    list_ticket_types,
};
pub use model::{Availability, FEW_LEFT, OnSale, TicketType, TicketTypeForm, TypeRefusal, TypesDesk};
#[cfg(feature = "ssr")]
pub use store::{count_types, has_types};
