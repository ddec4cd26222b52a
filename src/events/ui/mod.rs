//! Parts that show events.
mod event_card;
mod event_desk;
mod event_form;
mod event_meta;
mod event_sides;
mod picture;
mod state_forms;

pub use event_card::EventCardView;
pub use event_desk::{EventDesk, EventHeader, EventTabs};
pub use event_form::EventFields;
pub use event_meta::EventMeta;
pub use event_sides::{EventSide, event_sides};
pub use picture::EventPicture;
pub use state_forms::StateForms;
