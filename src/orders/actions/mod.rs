//! Verbs: start, pay, settle, release, refund, resend, sweep, offer.
mod apply;
mod check;
mod limit;
mod note;
mod offer;
mod pay;
mod place;
mod refund;
mod release;
mod resend;
mod settle;
mod show;
mod start;
mod sweep;

pub use apply::apply_notice;
pub use check::check_now;
pub use note::note_mpesa_callback;
pub use offer::offer_waiting;
pub use pay::pay;
pub use place::{leave_line, show_place};
pub use refund::refund;
pub use release::release;
pub use resend::{resend, resend_for};
pub use settle::{check_payment, note_mpesa_reversal, prompt_payment, send_refund};
pub use show::{calendar, list_mine, show};
pub use start::start;
pub use sweep::sweep;
