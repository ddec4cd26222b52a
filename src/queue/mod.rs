//! The waiting room in front of an on-sale.
//!
//! Who arrives is given a lot. Lots from before the opening are shuffled with a seed whose hash was public before; later
//! ones are served in their order. People are called at the checkout's own pace and enter when they show up.
//! Invariant: never more are inside a room than it has places, and nobody starts a basket past it.
pub mod admission;
mod api;
pub mod draw;
mod model;
pub mod pages;
pub mod ui;
mod words;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod lead;
#[cfg(feature = "ssr")]
mod pass;
#[cfg(feature = "ssr")]
mod sheet;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
mod view;

#[cfg(feature = "ssr")]
pub use actions::{Entry, Turn, arrive, enter, list_due, lock_due, open as open_room, take_turn, tick};
pub use api::{
    FindWaitingRoom, OpenWaitingRoom, ShowWaitingRoom, SteerWaitingRoom, find_waiting_room, open_waiting_room,
    show_waiting_room, steer_waiting_room,
};
#[cfg(feature = "ssr")]
pub use lead::{line_up, waiting_page};
pub use model::{
    CEILING_MAX, CEILING_USUAL, CHOOSE_MINS, Inside, NewRoom, Progress, QueueRefusal, RoomDesk, RoomForm, RoomNotice,
    RoomPage, RoomState,
};
#[cfg(feature = "ssr")]
pub use pass::{Browser, Pass, as_sent, cookies_at_hand, cookies_of, keep as keep_pass, read as read_pass};
#[cfg(feature = "ssr")]
pub use sheet::{Frame, Sheet};
#[cfg(feature = "ssr")]
pub use view::{Drawn, RoomView, find_room, note_arrival};
