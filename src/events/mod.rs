//! What is on, where and when.
//!
//! A draft is its organizer's own; a published event is everybody's, at an address that never changes.
//! Invariant: what an organizer wrote reaches other people as clean HTML only.
mod api;
mod form;
mod head;
mod model;
pub mod pages;
mod relative;
pub mod ui;
mod words;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod jobs;
#[cfg(feature = "ssr")]
mod markdown;
#[cfg(feature = "ssr")]
mod picture;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod picture_tests;
#[cfg(feature = "ssr")]
mod search;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod search_tests;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

#[cfg(feature = "ssr")]
pub use actions::{cancel_if_not, give_picture};
pub use api::{
    CancelEvent, ChangeEvent, DraftEvent, PublishEvent, RemoveEventPicture, UnpublishEvent, cancel_event, change_event,
    discover_events, draft_event, find_desk_events, get_desk_event, get_event_page, get_event_start, list_desk_events,
    publish_event, remove_event_picture, unpublish_event,
};
pub use form::EventForm;
pub use head::EventHead;
#[cfg(feature = "ssr")]
pub use jobs::RemovePicture;
#[cfg(feature = "ssr")]
pub use markdown::to_safe_html;
pub use model::{
    Category, DeskEvent, DeskFilter, DeskHit, DeskList, Discovery, DiscoveryForm, Event, EventCard, EventPage,
    EventRefusal, EventState, PublicEvent, Stock,
};
#[cfg(feature = "ssr")]
pub use picture::PICTURE_BYTES_MAX;
pub use relative::Relative;
#[cfg(feature = "ssr")]
pub use store::get_event_head;
