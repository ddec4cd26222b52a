//! What was typed into a plain form that was refused, kept for the page that says so.
//!
//! Without script a refused form is answered by a redirect to its page, whose address tells what is wrong; what was typed
//! would be lost. It may not stand in the address, which browsers remember and people share, and an event's description
//! does not fit into a cookie. So it stays in memory, for minutes, under a random name that is known to the sender's
//! browser alone, in a cookie that no script reads. The form's answer could be the page itself, without a redirect, but
//! then "reload" would send the form again, from the address of a server function.
//!
//! A restart or another process has not heard of it: the form then shows what is stored, which is what it did before.
//! Invariant: what is typed into a password field is never kept.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    response::Response,
};
use http::{
    HeaderMap, HeaderValue, Method, Uri,
    header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE},
    request::Parts,
};
use moka::sync::Cache;
use reqwest::Url;

use crate::{
    kernel::escape_query,
    platform::{config::Config, secrets},
    ui::Typed,
};

#[cfg(test)]
mod tests;

/// How long a form may be mended.
const KEPT_SECS: u64 = 10 * 60;
/// All forms together; beyond, the oldest are forgotten.
const BYTES_MAX: u64 = 16 * 1024 * 1024;
/// Fields that are never kept, by the last part of their names.
const SECRETS: [&str; 4] = ["password", "current", "pin", "token"];
/// What a refusal is called in the address of the page that tells it.
const REFUSED: &str = "__err=";

/// The forms that were refused lately.
#[derive(Clone)]
pub struct TypedForms(Cache<String, Arc<Kept>>);

struct Kept {
    /// The path of the page that shows it.
    page: String,
    typed: Typed,
}

impl Kept {
    fn bytes(&self) -> u32 {
        let fields: usize = self.typed.fields.iter().map(|(name, value)| name.len() + value.len() + 64).sum();
        u32::try_from(fields).unwrap_or(u32::MAX)
    }
}

impl Default for TypedForms {
    fn default() -> Self {
        let cache = Cache::builder().weigher(|_, kept: &Arc<Kept>| kept.bytes()).max_capacity(BYTES_MAX);
        Self(cache.time_to_live(Duration::from_secs(KEPT_SECS)).build())
    }
}

/// A plain form on its way in.
pub struct Sent {
    typed: Typed,
    /// The name of what the browser's last refused form was kept under.
    last: Option<String>,
}

impl Sent {
    /// Reads a request that is a plain form, and gives it on as it came. The body is whole: `security::body` has seen to it.
    pub async fn read(config: &Config, request: Request) -> (Option<Self>, Request) {
        let (parts, body) = request.into_parts();
        if !is_plain_form(&parts) {
            return (None, Request::from_parts(parts, body));
        }
        let Ok(body) = to_bytes(body, usize::MAX).await else {
            return (None, Request::from_parts(parts, Body::empty()));
        };
        let sent = Self {
            typed: Typed { path: parts.uri.path().to_owned(), fields: fields(&body) },
            last: name_in(config, &parts.headers),
        };
        (Some(sent), Request::from_parts(parts, Body::from(body)))
    }
}

fn is_plain_form(parts: &Parts) -> bool {
    let says = |name, kind: &str| {
        parts.headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(kind))
    };
    parts.method == Method::POST && says(ACCEPT, "text/html") && says(CONTENT_TYPE, "application/x-www-form-urlencoded")
}

/// The fields that may be shown again.
fn fields(body: &[u8]) -> Arc<[(String, String)]> {
    pairs(&String::from_utf8_lossy(body)).into_iter().filter(|(name, _)| !is_secret(name)).collect()
}

/// A form, or a query, read as browsers write them.
fn pairs(text: &str) -> Vec<(String, String)> {
    let Ok(mut address) = Url::parse("http://localhost/") else {
        return Vec::new();
    };
    address.set_query(Some(text));
    address.query_pairs().into_owned().collect()
}

fn is_secret(name: &str) -> bool {
    let last = name.trim_end_matches(']').rsplit('[').next().unwrap_or(name);
    SECRETS.contains(&last)
}

impl TypedForms {
    /// Keeps what was typed when the answer is a refusal, and forgets what was kept before.
    pub fn follow(&self, config: &Config, sent: Sent, mut answer: Response) -> Response {
        let location = answer.headers().get(LOCATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let Some(location) = location else {
            return answer;
        };
        let is_refused = location.contains(REFUSED);
        let had_one = sent.last.is_some();
        if let Some(last) = sent.last {
            self.0.invalidate(&last);
        }
        let scope = sent.typed.text(Typed::SCOPE).filter(|_| is_refused).map(str::to_owned);
        if let Ok(location) = HeaderValue::from_str(&with_scope(&location, scope.as_deref())) {
            answer.headers_mut().insert(LOCATION, location);
        }
        if is_refused {
            let page = location.parse::<Uri>().map(|page| page.path().to_owned()).unwrap_or_default();
            let name = secrets::random_token();
            self.0.insert(name.clone(), Arc::new(Kept { page, typed: sent.typed }));
            answer.headers_mut().append(SET_COOKIE, cookie(config, &name, KEPT_SECS));
        } else if had_one {
            answer.headers_mut().append(SET_COOKIE, cookie(config, "", 0));
        }
        answer
    }

    /// What was typed into the form whose refusal the page at hand tells.
    pub fn find(&self, config: &Config, parts: &Parts) -> Option<Typed> {
        parts.uri.query().filter(|query| query.contains(REFUSED))?;
        let kept = self.0.get(&name_in(config, &parts.headers)?)?;
        (kept.page == parts.uri.path()).then(|| kept.typed.clone())
    }
}

/// An address that names the form it is about, and no other.
fn with_scope(location: &str, scope: Option<&str>) -> String {
    let (page, query) = location.split_once('?').unwrap_or((location, ""));
    // Other pairs stay as they are written.
    let others = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with(Typed::SCOPE));
    let own = scope.map(|scope| format!("{}={}", Typed::SCOPE, escape_query(scope)));
    let query = others.map(str::to_owned).chain(own).collect::<Vec<_>>().join("&");
    if query.is_empty() { page.to_owned() } else { format!("{page}?{query}") }
}

fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-typed" } else { "typed" }
}

fn cookie(config: &Config, value: &str, max_age_secs: u64) -> HeaderValue {
    let secure = if config.is_https() { "; Secure" } else { "" };
    let name = cookie_name(config);
    let text = format!("{name}={value}; HttpOnly; SameSite=Strict; Path=/; Max-Age={max_age_secs}{secure}");
    // A random name is letters and digits, so the text is always a header's value.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn name_in(config: &Config, headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, value)| *name == cookie_name(config) && !value.is_empty()).map(|(_, value)| value.to_owned())
}
