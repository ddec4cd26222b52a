//! Parts of the desk's pages about one event.
mod event_desk;
mod figures_view;
mod filter;
mod payments;
mod states;

pub use event_desk::{EventDesk, EventHeader, EventTabs};
pub use figures_view::{ByType, Doors, Measure, Series};
pub use filter::{Chip, Chips, NothingFound, SearchBox, list_address};
pub use payments::{Payments, verb_words};
pub use states::{StateBadge, state_tone, state_words};
