//! Pairing and revoking phones, redeeming tickets, and what the desk makes and sees of it.
mod board;
mod lists;
mod marks;
mod pairing;
mod redeem;
mod undo;

pub use board::{gates_board, open_post, recent_scans, revoke_device};
pub use lists::{add_condition, add_list, add_window, change_list, lists_desk, remove_condition};
pub use marks::{clear_mark, mark_ticket};
pub use pairing::{NewPairing, ensure_default_list, make_pairing, pair, show_pairing};
pub use redeem::redeem;
pub use undo::undo;
