//! What people do with their accounts.
mod confirm;
mod limits;
mod list;
mod password;
mod sign_in;
mod sign_out;
mod sign_up;

pub use confirm::confirm_email;
pub use list::list_my_sessions;
pub use password::{change_password, request_reset, reset_password};
pub use sign_in::sign_in;
pub use sign_out::{sign_out, sign_out_everywhere};
pub use sign_up::{resend_confirmation, sign_up};
