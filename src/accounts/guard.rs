//! Proof of who is asking.

use std::net::IpAddr;

use http::{header::USER_AGENT, request::Parts};
use leptos::prelude::use_context;

use super::session::{self, DESK_ABSOLUTE_SECS, Presented};
use crate::{
    error::{AppError, Result},
    kernel::{AccountId, EmailAddress, Instant, SessionId, Title},
    platform::{http::client_address, language::Language, state::AppState},
};

/// Somebody, signed in or not.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub session: Option<SignedIn>,
    pub address: IpAddr,
    pub language: Language,
    /// What the browser calls itself.
    pub agent: String,
}

/// Somebody who signed in, and whose session still stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    pub account_id: AccountId,
    pub session_id: SessionId,
    pub name: Title,
    pub email: EmailAddress,
    /// When the password was last shown.
    pub auth_at: Instant,
    /// Whether nobody used this sign-in for longer than a desk bears.
    pub has_rested: bool,
}

/// Seconds for which a shown password is good for what cannot be undone.
const FRESH_SECS: i64 = 10 * 60;

impl SignedIn {
    /// Whether the password was shown so lately that money may be moved or rights given.
    pub const fn is_fresh(&self, now: Instant) -> bool {
        now.secs_since(self.auth_at) < FRESH_SECS
    }

    /// Whether the sign-in is young and busy enough to open an organizer's desk.
    pub const fn opens_desk(&self, now: Instant) -> bool {
        !self.has_rested && now.secs_since(self.auth_at) < DESK_ABSOLUTE_SECS
    }
}

/// Who asks, inside a server function or a page that is rendered.
pub async fn visitor(app: &AppState) -> Result<Visitor> {
    let parts = use_context::<Parts>().ok_or_else(|| AppError::fault_text("no request in context"))?;
    visitor_from(app, &parts).await
}

/// Who asks, if they signed in.
pub async fn signed_in(app: &AppState) -> Result<SignedIn> {
    visitor(app).await?.session.ok_or(AppError::SignInRequired)
}

/// Who asks, in a plain HTTP route.
pub async fn visitor_from(app: &AppState, parts: &Parts) -> Result<Visitor> {
    let session = match parts.extensions.get::<Presented>() {
        Some(presented) => session::check(app, *presented).await?,
        None => None,
    };
    let agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    Ok(Visitor { session, address: client_address(parts), language: Language::of(parts), agent })
}

/// Who asks in a plain HTTP route, if they signed in.
pub async fn signed_in_from(app: &AppState, parts: &Parts) -> Result<SignedIn> {
    visitor_from(app, parts).await?.session.ok_or(AppError::SignInRequired)
}
