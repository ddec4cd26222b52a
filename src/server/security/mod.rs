//! The layers around every route, in the one order that works.
//!
//! From the outside in:
//! 1. `access_log` gives the request an id, finds the browser's address, and writes one line without secrets;
//! 2. `headers` mints the nonce and writes the policies onto whatever answer comes back, refusals and panics included;
//! 3. a panic becomes a page that says so;
//! 4. a request that takes too long is let go (a stream counts as answered when it begins);
//! 5. the request's language is settled, and what switches it is answered;
//! 6. `origin` turns away what another site makes a browser send;
//! 7. `body` reads the whole body, up to a limit, so that nothing inside sees a slow or endless one;
//! 8. `session` knows who asks.
mod access_log;
mod address;
mod body;
mod headers;
mod origin;
mod refused;
#[cfg(test)]
mod tests;

pub use headers::CspNonce;

use std::{any::Any, time::Duration};

use axum::{Router, http::Response as HttpResponse, middleware, routing::post};
use http::StatusCode;
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

use super::{language, session};
use crate::{error::AppError, platform::state::AppState};

/// Longest time until an answer begins.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

/// Puts the layers around the routes. The last one added is the outermost.
pub fn around(routes: Router, app: &AppState) -> Router {
    routes
        .route("/csp-report", post(headers::take_report))
        .layer(middleware::from_fn_with_state(app.clone(), session::layer))
        .layer(middleware::from_fn(body::layer))
        .layer(middleware::from_fn_with_state(app.clone(), origin::layer))
        .layer(middleware::from_fn(language::settle))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_TIMEOUT))
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(middleware::from_fn_with_state(app.clone(), headers::layer))
        .layer(middleware::from_fn_with_state(app.clone(), access_log::layer))
}

fn after_panic(panic: Box<dyn Any + Send + 'static>) -> HttpResponse<axum::body::Body> {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without words");
    refused::Manner::PAGE.answer(&AppError::fault_text(text))
}
