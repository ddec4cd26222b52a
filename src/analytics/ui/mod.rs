//! Parts of the desk's pages about one event.
mod figures_view;
mod filter;
mod payments;
mod states;

pub use figures_view::{ByType, Doors, Measure, Series};
pub use filter::{ListHead, ListQuery, NothingFound};
pub use payments::{Payments, verb_words};
pub use states::{StateBadge, state_tone, state_words};
