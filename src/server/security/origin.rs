//! No other site may make a browser act here.
//!
//! Cookies go along with what other sites send (`SameSite=Lax` stops only some of it), and leptos checks nothing by
//! itself. Every current browser says in `Sec-Fetch-Site` who made it send a request; older ones say it in `Origin`. A
//! program says neither, and shows that it means us by a token.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, HeaderValue, Method, header};

use super::refused::Manner;
use crate::{error::AppError, platform::state::AppState};

/// Where server functions live. Those that only read are asked by POST too, so every method counts there.
const SERVER_FNS: &str = "/api/";
/// Routes that ignore cookies, so that nothing can be done there in somebody's name.
const COOKIELESS: &[&str] = &["/callbacks/", "/csp-report"];

/// Turns away what another site made a browser send, and keeps other sites' addresses away from redirects.
pub async fn layer(State(app): State<AppState>, mut request: Request, next: Next) -> Response {
    let origin = app.config.origin();
    let path = request.uri().path();
    let acts = !request.method().is_safe() || path.starts_with(SERVER_FNS);
    let has_cookies = !COOKIELESS.iter().any(|route| path.starts_with(route));
    if acts && has_cookies && !is_ours(request.headers(), &origin) {
        let manner = Manner::of(request.headers());
        tracing::warn!(path, "another site sent this");
        return manner.answer(&AppError::Forbidden);
    }
    if *request.method() == Method::TRACE {
        return Manner::of(request.headers()).answer(&AppError::BadRequest);
    }
    own_referer(request.headers_mut(), &origin);
    next.run(request).await
}

fn is_ours(headers: &HeaderMap, origin: &str) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    if headers.contains_key(header::ORIGIN) {
        return text(header::ORIGIN) == Some(origin);
    }
    text(header::AUTHORIZATION).is_some_and(|value| value.starts_with("Bearer "))
}

/// leptos answers a plain form's refusal with a redirect to the `Referer`, whatever that is; so one of another site
/// becomes our front page.
fn own_referer(headers: &mut HeaderMap, origin: &str) {
    let Some(referer) = headers.get(header::REFERER) else {
        return;
    };
    let is_own = referer.to_str().is_ok_and(|text| text.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/')));
    if !is_own && let Ok(front) = HeaderValue::from_str(&format!("{origin}/")) {
        headers.insert(header::REFERER, front);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://lango.example";

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (name.parse().expect("a name"), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_request_shows_that_it_comes_from_our_own_pages() {
        for (lines, is_good) in [
            (&[("sec-fetch-site", "same-origin")][..], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "none")], false),
            (&[("sec-fetch-site", "cross-site"), ("origin", OWN), ("authorization", "Bearer x")], false),
            (&[("origin", OWN)], true),
            (&[("origin", "null")], false),
            (&[("origin", "https://lango.example.evil.example")], false),
            (&[("origin", "http://lango.example")], false),
            (&[("origin", "https://evil.example"), ("authorization", "Bearer x")], false),
            (&[("authorization", "Bearer x")], true),
            (&[("authorization", "Basic x")], false),
            (&[], false),
        ] {
            assert_eq!(is_ours(&headers(lines), OWN), is_good, "{lines:?}");
        }
    }

    #[test]
    fn another_sites_referer_becomes_our_front_page() {
        for (referer, kept) in [
            ("https://lango.example/e/jazz?x=1", "https://lango.example/e/jazz?x=1"),
            ("https://lango.example.evil.example/", "https://lango.example/"),
            ("https://lango.example@evil.example/", "https://lango.example/"),
            ("https://evil.example/https://lango.example/", "https://lango.example/"),
            ("//evil.example", "https://lango.example/"),
        ] {
            let mut lines = headers(&[("referer", referer)]);
            own_referer(&mut lines, OWN);
            assert_eq!(lines["referer"], kept, "{referer}");
        }
    }
}
