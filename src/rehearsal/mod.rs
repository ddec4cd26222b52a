//! An on-sale, rehearsed before it opens.
//!
//! The organizer says how many people are expected and how they pay; the room's own admission, the real quote and the real
//! allocator say how it goes. The same seed gives the same rehearsal.
//! Invariant: a rehearsal writes nothing.
mod api;
mod chance;
mod crowd;
mod form;
mod model;
pub mod pages;
mod play;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

pub use api::{PlanRehearsal, ShowRehearsal, plan_rehearsal, show_rehearsal};
pub use form::{Curve, Plan, PlanForm};
pub use model::{Moment, Outcome, RehearsalPage};
