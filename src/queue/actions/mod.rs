//! Verbs: arrive, enter, `take_turn`, tick, and what the desk does: show, open, steer.
mod arrive;
mod desk;
mod enter;
mod tick;
mod turn;

pub use arrive::arrive;
pub use desk::{notice, open, show, steer};
pub use enter::{Entry, enter};
pub use tick::{list_due, lock_due, tick};
pub use turn::{Turn, take_turn};
