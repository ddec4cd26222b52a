//! Pages about events.
mod desk_edit;
mod desk_go;
mod desk_list;
mod desk_new;
mod discover;
mod event;

pub use desk_edit::EditEventPage;
pub use desk_go::DeskGoPage;
pub use desk_list::DeskEventsPage;
pub use desk_new::NewEventPage;
pub use discover::DiscoverPage;
pub use event::EventPageView;
