//! Parts that show events.
mod chips;
mod event_card;
mod event_form;
mod event_meta;
mod event_tabs;
mod picture;
mod state_forms;

pub use chips::{Chip, Chips};
pub use event_card::EventCardView;
pub use event_form::EventFields;
pub use event_meta::EventMeta;
pub use event_tabs::EventTabs;
pub use picture::EventPicture;
pub use state_forms::StateForms;
