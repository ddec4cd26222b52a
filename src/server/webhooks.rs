//! Where payment providers report. A callback is stored and acknowledged; what follows from it is decided by a job.
//!
//! The paths carry a secret each and ignore cookies. What is not ours is 404; what is ours is always answered with 200,
//! odd or repeated, or the provider would call again and again.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    response::{IntoResponse, Response},
    routing::post,
};
use http::StatusCode;
use serde_json::json;

use crate::{
    error::Result,
    orders,
    payments::{self, CALLBACK_BYTES_MAX},
    platform::state::AppState,
};

pub fn routes<S: Clone + Send + Sync + 'static>(app: AppState) -> Router<S> {
    Router::new()
        .route("/callbacks/mpesa/{secret}", post(mpesa))
        .route("/callbacks/mpesa-reversal/{secret}", post(mpesa_reversal))
        .layer(DefaultBodyLimit::max(CALLBACK_BYTES_MAX))
        .with_state(app)
}

async fn mpesa(State(app): State<AppState>, Path(secret): Path<String>, body: Bytes) -> Response {
    match payments::read_stk_callback(&body) {
        Ok(said) => answer(orders::note_mpesa_callback(&app, &secret, said).await),
        Err(why) => unreadable(why),
    }
}

async fn mpesa_reversal(State(app): State<AppState>, Path(secret): Path<String>, body: Bytes) -> Response {
    match payments::read_reversal_result(&body) {
        Ok(said) => answer(orders::note_mpesa_reversal(&app, &secret, &said).await),
        Err(why) => unreadable(why),
    }
}

/// Daraja wants its own JSON. When we could not store the notice we say so: a provider that retries will.
fn answer(is_ours: Result<bool>) -> Response {
    match is_ours {
        Ok(true) => Json(json!({ "ResultCode": 0, "ResultDesc": "Accepted" })).into_response(),
        Ok(false) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => error.status().into_response(),
    }
}

fn unreadable(why: payments::Unreadable) -> Response {
    tracing::warn!(%why, "a callback could not be read");
    StatusCode::BAD_REQUEST.into_response()
}
