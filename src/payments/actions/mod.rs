//! Verbs: start, prompt, ask, `note_callbacks`, settle, refund.
mod ask;
mod many;
mod notice;
mod prompt;
mod refund;
mod settle;
mod start;

pub use ask::{Asked, ask};
pub use many::{keep_own_receipts, lock_all, settle_all};
pub use notice::{Callback, Noted, note_answer, note_callbacks};
pub use prompt::{PromptEnd, prompt};
pub use refund::{RefundEnd, end_refund, find_refund, is_refunded, request_refund, submit_refund};
pub use settle::{book_capture, lock, record_failure, record_oddity, record_success};
pub use start::{NewPayment, callback_secret, start};
