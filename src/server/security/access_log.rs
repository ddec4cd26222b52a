//! One line for each request, and its id.

use std::time::Instant as Stopwatch;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::HeaderValue;
use tracing::Instrument;

use super::address;
use crate::platform::{http::ClientAddress, secrets, state::AppState};

const REQUEST_ID: &str = "x-request-id";
/// First parts of paths whose next part opens something for whoever knows it.
const SECRET_NEXT: &[&str] = &["o", "confirm", "reset", "join"];
/// First parts of paths where that is the part after the next.
const SECRET_AFTER_NEXT: &[&str] = &["callbacks", "live"];

/// Gives the request its id and address, and writes the line when it is answered.
pub async fn layer(State(app): State<AppState>, mut request: Request, next: Next) -> Response {
    let client = address::of(&request, app.config.proxy_hops);
    request.extensions_mut().insert(ClientAddress(client));
    let id = secrets::hex(&secrets::random::<8>());
    let method = request.method().clone();
    let path = masked(request.uri().path());
    let span = tracing::info_span!("request", id);
    let started = Stopwatch::now();
    let mut answer = next.run(request).instrument(span).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        answer.headers_mut().insert(REQUEST_ID, value);
    }
    let status = answer.status().as_u16();
    let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::debug!(id, %client, %method, path, status, ms, "answered");
    answer
}

/// The path without the parts that are secrets; the query, where people's words are, is never written at all.
fn masked(path: &str) -> String {
    let parts: Vec<_> = path.split('/').collect();
    let secret = match parts.get(1) {
        Some(first) if SECRET_NEXT.contains(first) => Some(2),
        Some(first) if SECRET_AFTER_NEXT.contains(first) => Some(3),
        _ => None,
    };
    let part = |(place, part): (usize, &&str)| {
        if secret == Some(place) { "…".to_owned() } else { part.replace(char::is_control, "") }
    };
    parts.iter().enumerate().map(part).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_something_is_not_logged() {
        for (path, written) in [
            ("/o/s3cret", "/o/…"),
            ("/o/s3cret/t/1/2", "/o/…/t/1/2"),
            ("/confirm/s3cret", "/confirm/…"),
            ("/callbacks/mpesa/s3cret", "/callbacks/mpesa/…"),
            ("/live/order/s3cret", "/live/order/…"),
            ("/e/jazz", "/e/jazz"),
            ("/", "/"),
        ] {
            assert_eq!(masked(path), written);
        }
    }
}
