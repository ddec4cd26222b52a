//! Daraja's own paths.
mod envelope;
mod oauth;
mod push;
mod query;
mod request;
mod reversal;

use axum::{
    Router,
    routing::{get, post},
};

use super::simulator::Sim;

/// What a client of Daraja may call, below the base address.
pub fn routes() -> Router<Sim> {
    Router::new()
        .route("/oauth/v1/generate", get(oauth::generate))
        .route("/mpesa/stkpush/v1/processrequest", post(push::push))
        .route("/mpesa/stkpushquery/v1/query", post(query::query))
        .route("/mpesa/reversal/v1/request", post(reversal::reverse))
}
