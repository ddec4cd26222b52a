//! Passes: a place in a room, signed, and bound to one browser.
//!
//! A browser has a secret cookie of its own and one pass for each room. A pass that comes with another browser's cookie is
//! worth nothing; both copied together are the same visitor, who has one place and starts no more baskets than anybody.

use http::{HeaderValue, header::COOKIE, request::Parts};
use leptos::prelude::use_context;
use serde::{Deserialize, Serialize};

use super::view::RoomView;
use crate::{
    error::Result,
    kernel::{EventId, Instant, OrgId, SecretText},
    platform::{
        config::Config,
        jwt::{self, Audience, Grant},
        secrets,
        state::AppState,
    },
};

/// How long a pass is good after the opening, or from now on.
const PASS_SECS: i64 = 24 * 3600;

/// What a pass says beside its browser.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Place {
    org: OrgId,
    event: EventId,
    lot: i64,
    /// Set once somebody is inside: by when a basket must be started, in seconds.
    until: Option<i64>,
}

/// A place in a room that was shown with the right browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    pub lot: i64,
    /// The browser's secret, as it is stored.
    pub browser_hash: Vec<u8>,
    /// Set once its holder is inside; the database says whether that is still so.
    pub until: Option<Instant>,
}

/// Somebody's browser, by a secret that it alone has.
#[derive(Clone, Debug)]
pub struct Browser {
    secret: SecretText,
}

impl Browser {
    /// The browser that sent some cookies, or one that is met for the first time.
    pub fn of(config: &Config, cookies: &str) -> Self {
        let known = find(cookies, browser_cookie(config)).map(str::to_owned);
        Self { secret: SecretText::new(known.unwrap_or_else(secrets::random_token)) }
    }

    /// What is stored of it.
    pub fn hash(&self) -> Vec<u8> {
        secrets::digest(self.secret.reveal())
    }
}

/// The pass of a room among some cookies, if it is this browser's own.
pub fn read(app: &AppState, cookies: &str, room: &RoomView) -> Option<Pass> {
    let secret = find(cookies, browser_cookie(&app.config))?;
    let token = find(cookies, &pass_cookie(&app.config, room.of().1))?;
    let claims = jwt::read::<Place>(app, Audience::WaitingRoom, token)?;
    let browser_hash = secrets::digest(secret);
    let is_its_own = claims.sub == secrets::base64(&browser_hash);
    let is_of_here = (claims.own.org, claims.own.event) == room.of();
    let until = claims.own.until.map(|secs| Instant(secs.saturating_mul(1000)));
    (is_its_own && is_of_here).then_some(Pass { lot: claims.own.lot, browser_hash, until })
}

/// The cookies that keep a place in a browser.
pub fn keep(
    app: &AppState,
    room: &RoomView,
    browser: &Browser,
    (lot, until): (i64, Option<Instant>),
) -> Result<[HeaderValue; 2]> {
    let (org, event) = room.of();
    let ttl_secs = room.opens_at().secs_since(app.now()).max(0) + PASS_SECS;
    let own = Place { org, event, lot, until: until.map(Instant::unix_secs) };
    let token =
        jwt::issue(app, Audience::WaitingRoom, Grant { subject: secrets::base64(&browser.hash()), ttl_secs, own })?;
    let config = &app.config;
    Ok([
        line(config, browser_cookie(config), browser.secret.reveal(), ttl_secs),
        line(config, &pass_cookie(config, event), &token, ttl_secs),
    ])
}

fn browser_cookie(config: &Config) -> &'static str {
    if config.is_https() { "__Host-room" } else { "room" }
}

fn pass_cookie(config: &Config, event: EventId) -> String {
    let prefix = if config.is_https() { "__Host-" } else { "" };
    format!("{prefix}pass-{}", event.0.simple())
}

fn find<'a>(cookies: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, value)| *found == name && !value.is_empty()).map(|(_, value)| value)
}

fn line(config: &Config, name: &str, value: &str, max_age_secs: i64) -> HeaderValue {
    let secure = if config.is_https() { "; Secure" } else { "" };
    let text = format!("{name}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={max_age_secs}{secure}");
    // Tokens are base64 and dots, and what a browser sent as its secret was a header's value.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The cookies of the request at hand, inside a server function; none elsewhere.
pub fn cookies_at_hand() -> SecretText {
    use_context::<Parts>().map(|parts| cookies_of(&parts)).unwrap_or_default()
}

/// The cookies of a request.
pub fn cookies_of(parts: &Parts) -> SecretText {
    let lines = parts.headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    SecretText::new(lines.collect::<Vec<_>>().join("; "))
}

/// The cookies of an answer, as the next request would bring them.
pub fn as_sent(lines: &[HeaderValue]) -> SecretText {
    let pairs = lines.iter().filter_map(|line| line.to_str().ok()).filter_map(|line| line.split(';').next());
    SecretText::new(pairs.collect::<Vec<_>>().join("; "))
}
