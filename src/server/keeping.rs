//! How long browsers keep what we send, and how small it travels.

use axum::{extract::Request, middleware::Next, response::Response};
use http::{HeaderValue, StatusCode, header};
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, Predicate as _},
    },
};

/// Files whose name, or number in the query, changes with what is in them.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";
/// Files that keep their name: a day old at most.
const FOR_A_DAY: &str = "public, max-age=86400";
/// Pages may be kept for going back, and are asked for again otherwise; another visitor's never shows.
const ASK_AGAIN: &str = "private, no-cache";

/// Balances a page's size on 2G against our processor.
const BROTLI_LEVEL: i32 = 4;

/// Whether a name in `/pkg/` carries a hash: `lango.Ab12.js`.
fn is_hashed(name: &str) -> bool {
    name.split('.').count() > 2
}

/// How long an answer to this path may be kept, when the answer does not say so itself.
fn rule(path: &str, is_page: bool) -> Option<&'static str> {
    match path.strip_prefix("/pkg/") {
        Some(name) if is_hashed(name) => Some(FOR_GOOD),
        Some(_) => Some("no-cache"),
        None if path.starts_with("/fonts/") || path == "/icons.svg" => Some(FOR_GOOD),
        None if path == "/mark.svg" || path.starts_with("/icon-") || path == "/palette.js" => Some(FOR_A_DAY),
        None => is_page.then_some(ASK_AGAIN),
    }
}

/// The middleware.
pub async fn keep(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut answer = next.run(request).await;
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_page = kind.is_some_and(|kind| kind.starts_with("text/html"));
    // An error is never worth keeping.
    let is_good = matches!(answer.status(), StatusCode::OK | StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED);
    let rule = if is_good { rule(&path, is_page) } else { Some("no-store") };
    if let Some(rule) = rule.filter(|_| !answer.headers().contains_key(header::CACHE_CONTROL)) {
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(rule));
    }
    answer
}

/// Shrinks pages and answers on their way; the build has shrunk the files already, and streams must not wait.
pub fn shrink() -> CompressionLayer<impl tower_http::compression::Predicate> {
    CompressionLayer::new().quality(CompressionLevel::Precise(BROTLI_LEVEL)).compress_when(DefaultPredicate::new().and(
        |_: StatusCode, _: http::Version, headers: &http::HeaderMap, _: &http::Extensions| {
            !headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/wasm"))
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_after_its_contents_is_kept_for_good() {
        let cases = [
            ("/pkg/lango.Ab12.js", false, Some(FOR_GOOD)),
            ("/pkg/lango.js", false, Some("no-cache")),
            ("/fonts/display.woff2", false, Some(FOR_GOOD)),
            ("/", true, Some(ASK_AGAIN)),
            ("/api/fn/list", false, None),
        ];
        for (path, is_page, want) in cases {
            assert_eq!(rule(path, is_page), want, "{path}");
        }
    }
}
