//! Pages about venues.
mod desk_list;
mod desk_new;
mod desk_venue;

pub use desk_list::DeskVenuesPage;
pub use desk_new::NewVenuePage;
pub use desk_venue::DeskVenuePage;
