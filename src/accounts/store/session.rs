//! Sign-ins.

use sqlx::PgConnection;

use crate::{
    accounts::guard::SignedIn,
    error::{AppError, Result},
    kernel::{AccountId, EmailAddress, Instant, SessionId, Title},
    platform::db::Tx,
};

/// Sign-ins that the account's page lists.
const SESSIONS_MAX: i64 = 20;

pub struct NewSession {
    pub session_id: SessionId,
    pub account_id: AccountId,
    pub now: Instant,
    pub expires_at: Instant,
    pub user_agent: String,
}

/// The chain of refresh tokens of a sign-in.
pub struct Family {
    pub account_id: AccountId,
    pub counter: i64,
    pub rotated_at: Instant,
    pub last_seen_at: Instant,
    pub expires_at: Instant,
    pub revoked_at: Option<Instant>,
}

impl Family {
    /// Whether the sign-in was neither ended nor forgotten for too long.
    pub fn stands(&self, now: Instant, idle_secs: i64) -> bool {
        self.revoked_at.is_none() && now < self.expires_at && now.secs_since(self.last_seen_at) < idle_secs
    }
}

pub async fn insert_session(tx: &mut Tx, session: &NewSession) -> Result<()> {
    sqlx::query!(
        "insert into session (session_id, account_id, rotated_at, auth_at, last_seen_at, expires_at, user_agent)
         values ($1, $2, $3, $3, $3, $4, $5)",
        session.session_id.0,
        session.account_id.0,
        session.now as Instant,
        session.expires_at as Instant,
        session.user_agent,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn find_standing_session(
    db: &mut PgConnection,
    session_id: SessionId,
    now: Instant,
    seen_after: Instant,
) -> Result<Option<SignedIn>> {
    let found = sqlx::query!(
        r#"select session.session_id as "session_id: SessionId",
                  session.account_id as "account_id: AccountId",
                  session.auth_at,
                  session.rested_at is not null as "has_rested!",
                  account.name,
                  account.email
             from session
             join account using (account_id)
            where session.session_id = $1
              and session.revoked_at is null
              and session.expires_at > $2
              and session.last_seen_at > $3"#,
        session_id.0,
        now as Instant,
        seen_after as Instant,
    )
    .fetch_optional(db)
    .await?;
    found
        .map(|row| {
            let bad = |_| AppError::fault_text("an account's name or address cannot be read");
            Ok(SignedIn {
                account_id: row.account_id,
                session_id: row.session_id,
                name: Title::parse(&row.name).map_err(bad)?,
                email: EmailAddress::parse(&row.email).map_err(bad)?,
                auth_at: row.auth_at,
                has_rested: row.has_rested,
            })
        })
        .transpose()
}

pub async fn lock_family(tx: &mut Tx, session_id: SessionId) -> Result<Option<Family>> {
    let found = sqlx::query_as!(
        Family,
        r#"select account_id as "account_id: AccountId",
                  family_counter as counter,
                  rotated_at,
                  last_seen_at,
                  expires_at,
                  revoked_at
             from session
            where session_id = $1
              for update"#,
        session_id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found)
}

/// Goes on in the chain of a sign-in; notes when it had rested for longer than a desk bears.
pub async fn advance_family(tx: &mut Tx, session_id: SessionId, now: Instant, rest_secs_max: i64) -> Result<()> {
    sqlx::query!(
        "update session
            set family_counter = family_counter + 1,
                rotated_at = $2,
                last_seen_at = $2,
                rested_at = case when $2 - last_seen_at > make_interval(secs => $3) then $2 else rested_at end
          where session_id = $1",
        session_id.0,
        now as Instant,
        rest_secs_max as f64,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn revoke_session(tx: &mut Tx, session_id: SessionId, now: Instant) -> Result<()> {
    sqlx::query!(
        "update session
            set revoked_at = $2
          where session_id = $1
            and revoked_at is null",
        session_id.0,
        now as Instant,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends every sign-in of an account, and says which those were.
pub async fn revoke_sessions(tx: &mut Tx, account_id: AccountId, now: Instant) -> Result<Vec<SessionId>> {
    let ended = sqlx::query_scalar!(
        r#"update session
            set revoked_at = $2
          where account_id = $1
            and revoked_at is null
         returning session_id as "session_id: SessionId""#,
        account_id.0,
        now as Instant,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ended)
}

/// Whether an account has signed in before, but never with this browser.
pub async fn is_new_browser(tx: &mut Tx, account_id: AccountId, user_agent: &str) -> Result<bool> {
    let is_new = sqlx::query_scalar!(
        r#"select count(*) > 0 and count(*) filter (where user_agent = $2) = 0 as "is_new!"
             from session
            where account_id = $1"#,
        account_id.0,
        user_agent,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(is_new)
}

/// A sign-in that stands.
pub struct StandingSession {
    pub session_id: SessionId,
    pub user_agent: String,
    pub last_seen_at: Instant,
}

pub async fn list_standing_sessions(
    db: &mut PgConnection,
    account_id: AccountId,
    now: Instant,
) -> Result<Vec<StandingSession>> {
    let rows = sqlx::query_as!(
        StandingSession,
        r#"select session_id as "session_id: SessionId", user_agent, last_seen_at
             from session
            where account_id = $1
              and revoked_at is null
              and expires_at > $2
            order by last_seen_at desc, session_id
            limit $3"#,
        account_id.0,
        now as Instant,
        SESSIONS_MAX,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}
