//! Parts that pages show.
mod desk_forms;
mod room_notice;

pub use desk_forms::{RoomSettings, RoomSwitches};
pub use room_notice::RoomNoticeView;
