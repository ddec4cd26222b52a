//! Places, and the maps of their seats.
//!
//! A venue's plan comes in and goes out as a file that other programs read; pages and phones read the compact map that is
//! made of it. Both are pure, and the same on both sides.
//! Invariant: a version of a map never changes; a new import is a new version.
mod api;
mod fault;
mod model;
pub mod pages;
pub mod seat_map;
mod sheet;
mod ui;
mod words;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
pub mod plan;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

#[cfg(feature = "ssr")]
pub use actions::{Imported, SentPlan, export, import, keep_map, new_map};
pub use api::{AddVenue, ChangeVenue, add_venue, change_venue, get_venue, list_venues};
pub use fault::{Fault, ImportFaults, Problem, Whence};
pub use model::{MapLook, MapVersion, Venue, VenueCard, VenueForm, VenueList, VenuePage, VenueRefusal};
#[cfg(feature = "ssr")]
pub use store::{NewMap, insert_venue};
