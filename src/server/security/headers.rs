//! What browsers are told to forbid, on every answer.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use crate::platform::{secrets, state::AppState};

const REPORT_CHARS_MAX: usize = 600;
const HSTS: &str = "max-age=63072000; includeSubDomains";
/// Paths that open something for whoever knows them; other sites must not learn them as a referrer. Our own site must,
/// since a plain form's refusal leads back to where the form was.
const SECRET_PATHS: &[&str] = &["/o/", "/confirm/", "/reset/", "/join/"];

/// The number used once that marks our own scripts. The page's renderer finds it in the request.
#[derive(Clone, Debug)]
pub struct CspNonce(pub Arc<str>);

/// Mints the nonce and writes the policies, unless the answer has a policy of its own.
pub async fn layer(State(app): State<AppState>, mut request: Request, next: Next) -> Response {
    let nonce: Arc<str> = secrets::random_token().into();
    request.extensions_mut().insert(CspNonce(nonce.clone()));
    let is_secret = SECRET_PATHS.iter().any(|path| request.uri().path().starts_with(path));
    let mut answer = next.run(request).await;
    write(&app, answer.headers_mut(), &nonce, is_secret);
    if let Some(secs) = pause_secs(answer.status()) {
        answer.headers_mut().entry(header::RETRY_AFTER).or_insert(secs.into());
    }
    answer
}

/// How long somebody who was told to come back should wait: a full queue is worked off in a moment, a limit is not.
fn pause_secs(status: StatusCode) -> Option<u16> {
    match status {
        StatusCode::SERVICE_UNAVAILABLE => Some(2),
        StatusCode::TOO_MANY_REQUESTS => Some(10),
        _ => None,
    }
}

fn write(app: &AppState, headers: &mut HeaderMap, nonce: &str, is_secret: bool) {
    if let Ok(policy) = HeaderValue::from_str(&policy(nonce)) {
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    let referrer = if is_secret { "same-origin" } else { "strict-origin-when-cross-origin" };
    let fixed = [
        ("reporting-endpoints", "csp=\"/csp-report\""),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"),
        ("referrer-policy", referrer),
    ];
    for (name, value) in fixed {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if app.config.is_https() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
    }
    if is_secret {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
}

// `'self'` stands beside the nonce, rather than `'strict-dynamic'`, because leptos writes its `modulepreload` links
// without one; everything under our own origin that could be taken for a script is ours, and `nosniff` keeps uploads out.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; \
         worker-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
         frame-ancestors 'none'; report-uri /csp-report; report-to csp"
    )
}

/// Takes a browser's report of something it forbade, and writes it down.
pub async fn take_report(body: Bytes) -> StatusCode {
    let text = String::from_utf8_lossy(&body);
    let report: String = text.chars().filter(|c| !c.is_control()).take(REPORT_CHARS_MAX).collect();
    tracing::warn!(report, "a browser forbade something");
    StatusCode::NO_CONTENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_told_to_come_back_is_told_when() {
        let cases = [(503, Some(2)), (429, Some(10)), (200, None), (409, None), (500, None)];
        for (status, secs) in cases {
            assert_eq!(StatusCode::from_u16(status).ok().and_then(pause_secs), secs, "{status}");
        }
    }
}
