//! The contract with a payment provider, and the provider that the settings choose.
//!
//! A provider is asked once: what is not known to be refused is unknown, and only a question or a callback settles it.
//! Invariant: nothing here opens a transaction or writes a row.
mod daraja;

use futures::future::BoxFuture;

pub use daraja::reading_of;
pub(super) use daraja::{Loose, is_paid_code, read_amount_minor};

use super::FailureReason;
use crate::{
    kernel::{Money, PaymentId, PhoneNumber, RefundId},
    platform::state::AppState,
};

/// A request for money that the buyer's phone will show.
#[derive(Clone, Debug)]
pub struct PromptRequest {
    pub payment_id: PaymentId,
    pub amount: Money,
    pub phone: PhoneNumber,
    /// Where the provider reports; holds this attempt's secret, so it is never logged.
    pub callback_url: String,
    /// What the statement shows; cut at 12 characters.
    pub reference: String,
    /// What it is for; reduced to 13 ASCII characters.
    pub description: String,
}

/// What became of a request for money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prompted {
    /// The prompt is on its way to the phone.
    Accepted { merchant_request_id: String, checkout_request_id: String },
    /// Certainly no prompt, and so no money.
    Refused { reason: FailureReason },
    /// Nobody can tell: the prompt may be out. Never ask again; wait for the callback.
    Unknown { note: String },
}

/// What the provider answers when asked about a prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The buyer has not decided yet.
    Pending,
    /// The provider did not answer the question: ask later.
    Busy,
    Paid,
    NotPaid {
        result_code: String,
        reason: FailureReason,
    },
    /// A code outside the known ones: keep asking, then let a human look.
    Odd {
        result_code: String,
    },
}

/// A payment to send back, whole.
#[derive(Clone, Debug)]
pub struct ReversalRequest {
    pub receipt: String,
    pub amount: Money,
    pub refund_id: RefundId,
    pub result_url: String,
    pub timeout_url: String,
    pub remarks: String,
}

/// What became of a request to send money back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reversal {
    /// Taken; the result follows at the result URL.
    Submitted {
        conversation_id: String,
    },
    Refused {
        reason: FailureReason,
    },
    /// Nobody can tell. Never submit again without asking.
    Unknown {
        note: String,
    },
}

/// A provider of payments.
trait Gateway: Send + Sync {
    fn prompt<'a>(&'a self, app: &'a AppState, request: PromptRequest) -> BoxFuture<'a, Prompted>;
    fn query<'a>(&'a self, app: &'a AppState, checkout_request_id: &'a str) -> BoxFuture<'a, Answer>;
    fn reverse<'a>(&'a self, app: &'a AppState, request: ReversalRequest) -> BoxFuture<'a, Reversal>;
}

/// The provider that the settings choose. Daraja is the only one so far; the simulator is reached by its address.
fn chosen(_app: &AppState) -> &'static dyn Gateway {
    &daraja::Daraja
}

/// Shows a prompt on the buyer's phone: one request, never repeated once it may have had an effect.
pub async fn prompt(app: &AppState, request: PromptRequest) -> Prompted {
    chosen(app).prompt(app, request).await
}

/// Asks what became of a prompt; changes nothing.
pub async fn query(app: &AppState, checkout_request_id: &str) -> Answer {
    chosen(app).query(app, checkout_request_id).await
}

/// Sends a whole payment back.
pub async fn reverse(app: &AppState, request: ReversalRequest) -> Reversal {
    chosen(app).reverse(app, request).await
}
