//! The two cookies of a sign-in.
//!
//! With HTTPS their names start with `__Host-`, which no neighbouring subdomain can set; on plain HTTP, for trying Lango
//! out, browsers would refuse that name.

use http::{HeaderMap, HeaderValue, header::COOKIE};

use super::session::{ACCESS_SECS, IDLE_SECS, Tokens};
use crate::platform::state::AppState;

const fn names(is_https: bool) -> (&'static str, &'static str) {
    if is_https { ("__Host-at", "__Host-rt") } else { ("at", "rt") }
}

/// What the browser sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sent {
    pub access: Option<String>,
    pub refresh: Option<String>,
}

/// Reads both cookies of a request.
pub fn read(app: &AppState, headers: &HeaderMap) -> Sent {
    let (access, refresh) = names(app.config.is_https());
    Sent { access: find(headers, access), refresh: find(headers, refresh) }
}

fn find(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, value)| *found == name && !value.is_empty())
        .map(|(_, value)| value.to_owned())
}

/// The headers that keep a sign-in in the browser.
pub fn keep(app: &AppState, tokens: &Tokens) -> [HeaderValue; 2] {
    let (access, refresh) = names(app.config.is_https());
    [line(app, access, &tokens.access, ACCESS_SECS), line(app, refresh, &tokens.refresh, IDLE_SECS)]
}

/// The headers that take a sign-in out of the browser.
pub fn clear(app: &AppState) -> [HeaderValue; 2] {
    let (access, refresh) = names(app.config.is_https());
    [line(app, access, "", 0), line(app, refresh, "", 0)]
}

/// Whether an answer already says what becomes of the cookies.
pub fn are_set_by(app: &AppState, headers: &HeaderMap) -> bool {
    let (_, refresh) = names(app.config.is_https());
    let ours = |value: &HeaderValue| {
        value.as_bytes().strip_prefix(refresh.as_bytes()).is_some_and(|rest| rest.starts_with(b"="))
    };
    headers.get_all(http::header::SET_COOKIE).iter().any(ours)
}

fn line(app: &AppState, name: &str, value: &str, max_age_secs: i64) -> HeaderValue {
    let secure = if app.config.is_https() { "; Secure" } else { "" };
    let text = format!("{name}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={max_age_secs}{secure}");
    // Tokens are base64 and dots, so the text is always a header's value.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
