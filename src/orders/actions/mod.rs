//! Verbs: start, pay, settle, release, refund, call off, resend, sweep, offer.
mod call_off;
mod check;
mod limit;
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
mod wait;

pub use call_off::{call_off, go_on_with_call_offs, refund_event, show_call_off};
pub use check::check_now;
pub use offer::offer_waiting;
pub use pay::pay;
pub use place::{leave_line, show_place};
pub use refund::refund;
pub use release::release;
pub use resend::{resend, resend_for};
pub use settle::{apply_notice, check_payment, note_mpesa_callback, note_mpesa_reversal, prompt_payment, send_refund};
pub use show::{calendar, list_mine, show};
pub use start::{start, start_showing};
pub use sweep::sweep;
pub use wait::or_wait;
