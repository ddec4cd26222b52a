//! Money in, and money back.
//!
//! A payment is one attempt at one provider; the provider's callback is a hint, its answer to a question the truth.
//! Invariant: nothing outside this folder speaks to a payment provider.
mod failure;
mod ledger;
mod model;
pub mod pages;
pub mod phone;
mod words;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod gateway;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
mod webhook;

#[cfg(feature = "ssr")]
pub use actions::{
    Asked, Callback, NewPayment, Noted, PromptEnd, RefundEnd, ask, book_capture, callback_secret, end_refund,
    find_refund, is_refunded, keep_own_receipts, lock, lock_all, note_answer, note_callbacks, prompt, record_failure,
    record_oddity, record_success, request_refund, settle_all, start, submit_refund,
};
pub use failure::FailureReason;
#[cfg(feature = "ssr")]
pub use gateway::{Answer, reading_of};
pub use ledger::Book;
pub use model::{Notice, Outcome, Payment, PaymentRefusal, PaymentState, Provider, check_mpesa, next_poll_secs};
#[cfg(feature = "ssr")]
pub use store::{
    LatestPayment, find_latest, find_notice, has_open, list_captured, list_late_notices, mark_notices, mark_polled,
};
#[cfg(feature = "ssr")]
pub use webhook::{
    CALLBACK_BYTES_MAX, ReversalNotice, Reversed, StkNotice, Unreadable, read_reversal_result, read_stk_callback,
};
