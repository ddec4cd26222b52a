//! Sign-ins: a row each, with a short envelope around it and a chain of refresh tokens behind it.
//!
//! A refresh token is `family ‖ counter ‖ HMAC`, so the newest one can be made again from the row and no token is stored.
//! Showing the direct predecessor within a short grace gives the same successor, since pages ask several things at once;
//! showing an older one means that somebody has a copy, and ends the sign-in for both.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use moka::future::Cache;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    guard::SignedIn,
    store::{self, Family, NewSession},
};
use crate::{
    error::{AppError, Result},
    kernel::{AccountId, Actor, SessionId},
    platform::{
        audit,
        db::Tx,
        jwt::{self, Audience, Grant},
        secrets,
        state::AppState,
    },
};

/// Life of an access token.
pub const ACCESS_SECS: i64 = 10 * 60;
/// A sign-in that nobody uses ends after this.
pub const IDLE_SECS: i64 = 30 * 24 * 3600;
/// Every sign-in ends after this.
pub const ABSOLUTE_SECS: i64 = 90 * 24 * 3600;
/// A sign-in that nobody used for so long is still good for buying, but opens no desk until one signs in anew.
pub const DESK_IDLE_SECS: i64 = 12 * 3600;
/// No sign-in opens a desk for longer than this.
pub const DESK_ABSOLUTE_SECS: i64 = 7 * 24 * 3600;
/// How long the direct predecessor of a refresh token stays good.
const GRACE_SECS: i64 = 20;
/// Longest time for which another node may still believe in a session that was ended here.
const BELIEVED: Duration = Duration::from_secs(2);
const BELIEVED_MAX: u64 = 20_000;
const REFRESH_PURPOSE: &str = "refresh token";
const USER_AGENT_CHARS_MAX: usize = 200;

static STANDING: LazyLock<Cache<SessionId, Option<SignedIn>>> =
    LazyLock::new(|| Cache::builder().max_capacity(BELIEVED_MAX).time_to_live(BELIEVED).build());

/// What the browser keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    pub access: String,
    pub refresh: String,
}

/// What a good access token says; whether the session still stands is another question, see `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presented {
    pub account_id: AccountId,
    pub session_id: SessionId,
}

/// What became of a refresh token that was shown.
#[derive(Debug, PartialEq, Eq)]
pub enum Renewal {
    Renewed { presented: Presented, tokens: Tokens },
    Refused,
}

#[derive(Clone, Serialize, Deserialize)]
struct WebClaims {
    sid: SessionId,
}

/// Opens a sign-in under a fresh id and gives its first tokens.
pub async fn open(app: &AppState, tx: &mut Tx, account_id: AccountId, user_agent: &str) -> Result<Tokens> {
    let session_id = SessionId::fresh();
    let now = app.now();
    let user_agent = stored_agent(user_agent);
    let expires_at = now.plus_secs(ABSOLUTE_SECS);
    store::insert_session(tx, &NewSession { session_id, account_id, now, expires_at, user_agent }).await?;
    tokens(app, Presented { account_id, session_id }, 0)
}

/// What is kept of what a browser calls itself.
pub fn stored_agent(user_agent: &str) -> String {
    user_agent.chars().filter(|c| !c.is_control()).take(USER_AGENT_CHARS_MAX).collect()
}

/// Reads an access token.
pub fn read_access(app: &AppState, token: &str) -> Option<Presented> {
    let claims = jwt::read::<WebClaims>(app, Audience::Web, token)?;
    Some(Presented { account_id: claims.sub.parse().ok()?, session_id: claims.own.sid })
}

/// Whether the session behind a token still stands, and whose it is.
pub async fn check(app: &AppState, presented: Presented) -> Result<Option<SignedIn>> {
    let standing = STANDING
        .try_get_with(presented.session_id, async {
            let mut db = app.db.acquire().await?;
            let now = app.now();
            store::find_standing_session(&mut db, presented.session_id, now, now.plus_secs(-IDLE_SECS)).await
        })
        .await
        .map_err(|error: Arc<AppError>| AppError::clone(&error))?;
    Ok(standing.filter(|found| found.account_id == presented.account_id))
}

/// Takes a refresh token and gives new tokens, unless the sign-in has ended.
pub async fn renew(app: &AppState, refresh: &str) -> Result<Renewal> {
    let Some((session_id, counter)) = read_refresh(app, refresh) else {
        return Ok(Renewal::Refused);
    };
    let mut tx = app.begin().await?;
    // The row is locked, so that of two requests with the same token one rotates and the other finds it rotated.
    let Some(family) = store::lock_family(&mut tx, session_id).await? else {
        return Ok(Renewal::Refused);
    };
    let now = app.now();
    if !family.stands(now, IDLE_SECS) {
        return Ok(Renewal::Refused);
    }
    let presented = Presented { account_id: family.account_id, session_id };
    if counter == family.counter {
        store::advance_family(&mut tx, session_id, now, DESK_IDLE_SECS).await?;
        tx.commit().await?;
        if now.secs_since(family.last_seen_at) > DESK_IDLE_SECS {
            // It opens no desk any more, whatever was believed a moment ago.
            forget(&[session_id]).await;
        }
        return Ok(Renewal::Renewed { presented, tokens: tokens(app, presented, counter + 1)? });
    }
    if counter + 1 == family.counter && now.secs_since(family.rotated_at) <= GRACE_SECS {
        return Ok(Renewal::Renewed { presented, tokens: tokens(app, presented, family.counter)? });
    }
    end_after_reuse(app, tx, &family, session_id).await?;
    Ok(Renewal::Refused)
}

async fn end_after_reuse(app: &AppState, mut tx: Tx, family: &Family, session_id: SessionId) -> Result<()> {
    store::revoke_session(&mut tx, session_id, app.now()).await?;
    let entry = audit::Entry {
        org_id: None,
        actor: Actor::System,
        verb: "ended_after_token_reuse",
        subject: format!("session:{session_id}"),
        detail: serde_json::json!({ "account": family.account_id }),
    };
    audit::write(&mut tx, entry).await?;
    tx.commit().await?;
    tracing::warn!(session = %session_id, "an old refresh token was shown; the sign-in was ended");
    forget(&[session_id]).await;
    Ok(())
}

/// Makes this node forget sessions that were ended; to be called after the commit.
pub async fn forget(sessions: &[SessionId]) {
    for id in sessions {
        STANDING.invalidate(id).await;
    }
}

/// The tokens of a session at a place of its chain.
pub(crate) fn tokens(app: &AppState, presented: Presented, counter: i64) -> Result<Tokens> {
    let grant = Grant {
        subject: presented.account_id.to_string(),
        ttl_secs: ACCESS_SECS,
        own: WebClaims { sid: presented.session_id },
    };
    Ok(Tokens {
        access: jwt::issue(app, Audience::Web, grant)?,
        refresh: write_refresh(app, presented.session_id, counter),
    })
}

fn write_refresh(app: &AppState, session_id: SessionId, counter: i64) -> String {
    let message = [session_id.0.as_bytes().as_slice(), &counter.to_be_bytes()].concat();
    let mac = app.keys.mac(REFRESH_PURPOSE, &message);
    secrets::base64(&[message.as_slice(), &mac].concat())
}

fn read_refresh(app: &AppState, token: &str) -> Option<(SessionId, i64)> {
    let bytes: [u8; 56] = secrets::from_base64(token)?.try_into().ok()?;
    let (message, mac) = bytes.split_at(24);
    if !app.keys.is_mac(REFRESH_PURPOSE, message, mac) {
        return None;
    }
    let (id, counter) = message.split_at(16);
    Some((SessionId(Uuid::from_slice(id).ok()?), i64::from_be_bytes(counter.try_into().ok()?)))
}
