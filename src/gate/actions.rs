//! Pairing and revoking phones, redeeming tickets, and what the desk sees of it.
mod board;
mod pairing;
mod redeem;

pub use board::{gates_board, open_post, recent_scans, revoke_device};
pub use pairing::{ensure_default_list, make_pairing, pair, show_pairing};
pub use redeem::redeem;
