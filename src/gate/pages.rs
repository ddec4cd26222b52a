//! The gate itself, and the gates of an event on the desk.
mod desk_gates;
mod scanner;

pub use desk_gates::DeskGatesPage;
pub use scanner::GatePage;
