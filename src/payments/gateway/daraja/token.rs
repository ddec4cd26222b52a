//! The access token: minted once for everybody who waits, renewed early, dropped when Daraja does not take it.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use tokio::sync::Mutex as Turn;

use super::{call::read_body, wire::Granted};
use crate::{
    kernel::{Instant, SecretText},
    platform::{config::MpesaConfig, state::AppState},
};

/// A token is not used in its last minute: a request on its way must still find it valid.
const EARLY_SECS: i64 = 60;
/// A token whose life is not told, or told to be absurd, is used for so long.
const LIFE_MAX_SECS: i64 = 3600;

/// One place for a token per host and key. Whoever holds the turn mints; the others wait and find it.
type Slot = Arc<Turn<Option<Token>>>;
static SLOTS: LazyLock<Mutex<HashMap<(String, String), Slot>>> = LazyLock::new(Mutex::default);

/// A token and when to stop using it.
#[derive(Clone)]
pub struct Token {
    pub text: SecretText,
    until: Instant,
}

/// Why there is no token; nothing was asked of the buyer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoToken {
    /// Daraja does not know our key.
    Refused,
    /// Daraja cannot be reached or talks nonsense.
    Down(String),
}

/// The token to use now.
pub async fn token(app: &AppState) -> Result<Token, NoToken> {
    let slot = slot(&app.config.mpesa);
    let mut kept = slot.lock().await;
    if let Some(token) = kept.as_ref().filter(|token| app.now() < token.until) {
        return Ok(token.clone());
    }
    let fresh = mint(app).await?;
    *kept = Some(fresh.clone());
    Ok(fresh)
}

/// Drops a token that Daraja did not take, unless somebody has already replaced it.
pub async fn forget(app: &AppState, stale: &Token) {
    let slot = slot(&app.config.mpesa);
    let mut kept = slot.lock().await;
    if kept.as_ref().is_some_and(|token| token.text == stale.text) {
        *kept = None;
    }
}

fn slot(config: &MpesaConfig) -> Slot {
    let key = (config.base_url.clone(), config.consumer_key.clone());
    let mut slots = SLOTS.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(slots.entry(key).or_default())
}

async fn mint(app: &AppState) -> Result<Token, NoToken> {
    let config = &app.config.mpesa;
    let url = format!("{}/oauth/v1/generate?grant_type=client_credentials", config.base_url.trim_end_matches('/'));
    let asked = app.http.get(url).basic_auth(&config.consumer_key, Some(config.consumer_secret.reveal())).send().await;
    let answer = asked.map_err(|error| NoToken::Down(error.without_url().to_string()))?;
    let status = answer.status();
    // A wrong key may be answered by 400 and nothing else.
    if status.is_client_error() && status != reqwest::StatusCode::TOO_MANY_REQUESTS {
        return Err(NoToken::Refused);
    }
    let body = read_body(answer).await.map_err(NoToken::Down)?;
    let granted: Granted = serde_json::from_slice(&body).unwrap_or_default();
    match granted.access_token.given() {
        Some(text) if status.is_success() => {
            let life_secs = life_secs(granted.expires_in.text());
            Ok(Token { text: SecretText::new(text.to_owned()), until: app.now().plus_secs(life_secs) })
        }
        _ => Err(NoToken::Down(format!("no token in the answer, HTTP {}", status.as_u16()))),
    }
}

/// For how long a token is used, given the life that it came with.
fn life_secs(told: &str) -> i64 {
    let told: i64 = told.parse().unwrap_or(LIFE_MAX_SECS);
    (told.clamp(0, LIFE_MAX_SECS) - EARLY_SECS).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_renewed_a_minute_early() {
        for (told, used) in
            [("3599", 3539), ("90", 30), ("60", 0), ("0", 0), ("-5", 0), ("", 3540), ("soon", 3540), ("9999999", 3540)]
        {
            assert_eq!(life_secs(told), used, "{told}");
        }
    }
}
