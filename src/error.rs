//! All that may cross the wire when something does not go well.
//!
//! A refusal is a domain's "the rules say no"; a request fault is the caller's; a fault is ours, is logged once where it
//! appears, and shows the user only a reference. The words in each language are in `app::words`.

use std::sync::Arc;

use http::StatusCode;
use leptos::prelude::use_context;
use serde::{Deserialize, Serialize};
use server_fn::{
    Bytes, Encodes,
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};

use crate::{
    accounts::AccountRefusal,
    events::EventRefusal,
    gate::GateRefusal,
    inventory::{AccessRefusal, HoldRefusal, PoolRefusal, WaitRefusal},
    kernel::FieldErrors,
    orders::OrderRefusal,
    orgs::OrgRefusal,
    payments::PaymentRefusal,
    queue::QueueRefusal,
    tickets::TypeRefusal,
    venues::VenueRefusal,
};

pub type Result<T, E = AppError> = std::result::Result<T, E>;

/// Every way in which a request can fail.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize)]
pub enum AppError {
    #[error("Please sign in to continue.")]
    SignInRequired,
    #[error("You may not do that.")]
    Forbidden,
    #[error("We could not find that.")]
    NotFound,
    #[error("Please check the marked fields: {0}.")]
    Invalid(FieldErrors),
    #[error("Too many tries. Wait a moment.")]
    SlowDown,
    #[error("Many people are here right now. Try again in a moment.")]
    Busy,
    #[error("The form is damaged. Load the page again.")]
    BadKey,
    #[error("This form was sent before with other contents. Load the page again.")]
    KeyReused,
    #[error("That request could not be read.")]
    BadRequest,
    #[error("Something went wrong. Reference {reference}.")]
    Fault { reference: String },
    #[error("We cannot reach the server.")]
    Offline,
    #[error(transparent)]
    Account(#[from] AccountRefusal),
    #[error(transparent)]
    Gate(#[from] GateRefusal),
    #[error(transparent)]
    Inventory(#[from] HoldRefusal),
    #[error(transparent)]
    Pool(#[from] PoolRefusal),
    #[error(transparent)]
    Wait(#[from] WaitRefusal),
    #[error(transparent)]
    Access(#[from] AccessRefusal),
    #[error(transparent)]
    Order(#[from] OrderRefusal),
    #[error(transparent)]
    Event(#[from] EventRefusal),
    #[error(transparent)]
    Org(#[from] OrgRefusal),
    #[error(transparent)]
    Payment(#[from] PaymentRefusal),
    #[error(transparent)]
    Queue(#[from] QueueRefusal),
    #[error(transparent)]
    TicketType(#[from] TypeRefusal),
    #[error(transparent)]
    Venue(#[from] VenueRefusal),
}

/// Where the server listens for the status of its answer; absent in the browser.
#[derive(Clone)]
pub struct StatusSink(pub Arc<dyn Fn(StatusCode) + Send + Sync>);

impl AppError {
    /// The status an answer with this error has.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::SignInRequired => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::SlowDown => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::BadKey | Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::KeyReused => StatusCode::CONFLICT,
            Self::Fault { .. } | Self::Offline => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Account(refusal) => refusal.status(),
            Self::Gate(refusal) => refusal.status(),
            Self::Inventory(refusal) => refusal.status(),
            Self::Pool(refusal) => refusal.status(),
            Self::Wait(refusal) => refusal.status(),
            Self::Access(refusal) => refusal.status(),
            Self::Order(refusal) => refusal.status(),
            Self::Event(refusal) => refusal.status(),
            Self::Org(refusal) => refusal.status(),
            Self::Payment(refusal) => refusal.status(),
            Self::Queue(refusal) => refusal.status(),
            Self::TicketType(refusal) => refusal.status(),
            Self::Venue(refusal) => refusal.status(),
        }
    }

    /// Tells the server how to answer; does nothing in the browser.
    pub fn note(&self) {
        if let Some(StatusSink(tell)) = use_context::<StatusSink>() {
            tell(self.status());
        }
    }

    /// One fault at one field of a form.
    pub fn field(name: &str, fault: crate::kernel::FieldFault) -> Self {
        Self::Invalid(FieldErrors::one(name, fault))
    }
}

impl From<FieldErrors> for AppError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    /// Runs when the server encodes an error, inside the request's context: the one place where every failed server
    /// function passes, so the status is set here. Leptos by itself answers each of them with 500.
    fn ser(&self) -> Bytes {
        self.note();
        JsonEncoding::encode(self).unwrap_or_default()
    }

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Offline,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::BadRequest
            }
            _ => Self::Fault { reference: String::new() },
        }
    }
}
