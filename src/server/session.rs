//! The layer that knows who asks: it reads the sign-in's cookies and renews them on whatever request comes by.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{
    HeaderValue,
    header::{CACHE_CONTROL, CONTENT_TYPE, SET_COOKIE},
};

use crate::{
    accounts::{
        cookies,
        session::{self, Renewal},
    },
    platform::state::AppState,
};

/// Paths that never look at cookies: files, and what other machines call.
const COOKIELESS: &[&str] = &["/pkg/", "/files/", "/fonts/", "/callbacks/", "/healthz", "/readyz", "/csp-report"];

/// Puts `Presented` into the request when a sign-in came with it; guards read it there.
pub async fn layer(State(app): State<AppState>, mut request: Request, next: Next) -> Response {
    if COOKIELESS.iter().any(|path| request.uri().path().starts_with(path)) {
        return next.run(request).await;
    }
    let sent = cookies::read(&app, request.headers());
    if let Some(presented) = sent.access.as_deref().and_then(|token| session::read_access(&app, token)) {
        request.extensions_mut().insert(presented);
        return kept_nowhere(next.run(request).await);
    }
    let Some(refresh) = sent.refresh else {
        return next.run(request).await;
    };
    // When the database cannot say, the request goes on signed out, and the cookies stay for the next one.
    let lines = match session::renew(&app, &refresh).await {
        Ok(Renewal::Renewed { presented, tokens }) => {
            request.extensions_mut().insert(presented);
            Some(cookies::keep(&app, &tokens))
        }
        Ok(Renewal::Refused) => Some(cookies::clear(&app)),
        Err(_) => None,
    };
    let mut answer = kept_nowhere(next.run(request).await);
    if let Some(lines) = lines {
        add(&app, &mut answer, lines);
    }
    answer
}

/// What somebody who is signed in is shown must not come back when they have signed out and press "back".
fn kept_nowhere(mut answer: Response) -> Response {
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("text/html") || kind.starts_with("application/json") {
        answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    answer
}

/// Adds the cookies unless the answer itself signs somebody in or out.
fn add(app: &AppState, answer: &mut Response, lines: [HeaderValue; 2]) {
    if !cookies::are_set_by(app, answer.headers()) {
        for line in lines {
            answer.headers_mut().append(SET_COOKIE, line);
        }
    }
}
