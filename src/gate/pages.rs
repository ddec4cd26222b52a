//! The gate itself, and the gates of an event on the desk.
mod desk_gates;
mod desk_lists;
mod scanner;

pub use desk_gates::DeskGatesPage;
pub use desk_lists::DeskListsPage;
pub use scanner::GatePage;
