//! Pages: the desk's view of an event's waiting room. The buyers' page is `queue::sheet`.
mod desk_waiting;

pub use desk_waiting::WaitingRoomPage;
