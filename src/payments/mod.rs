//! Money in, and money back.
//!
//! A payment is one attempt at one provider; the provider's callback is a hint, its answer to a question the truth.
//! Invariant: nothing outside this folder speaks to a payment provider.
mod failure;

#[cfg(feature = "ssr")]
mod gateway;
#[cfg(all(test, feature = "ssr"))]
mod tests;
#[cfg(feature = "ssr")]
mod webhook;

pub use failure::FailureReason;
#[cfg(feature = "ssr")]
pub use gateway::{Answer, PromptRequest, Prompted, Reversal, ReversalRequest, prompt, query, reverse};
#[cfg(feature = "ssr")]
pub use webhook::{
    CALLBACK_BYTES_MAX, ReversalNotice, Reversed, StkNotice, Unreadable, read_reversal_result, read_stk_callback,
};
