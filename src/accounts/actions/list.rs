//! Where one is signed in.

use crate::{
    accounts::{
        agent,
        guard::SignedIn,
        model::MySession,
        store::{self, StandingSession},
    },
    error::Result,
    kernel::ZoneName,
    platform::{state::AppState, zone},
};

/// Most accounts are at home there; the page names the zone.
const ZONE: &str = "Africa/Nairobi";

/// Lists the account's sign-ins, the one used last first.
pub async fn list_my_sessions(app: &AppState, me: &SignedIn) -> Result<Vec<MySession>> {
    let mut db = app.db.acquire().await?;
    let sessions = store::list_standing_sessions(&mut db, me.account_id, app.now()).await?;
    let zone = ZoneName(ZONE.to_owned());
    let line = |session: StandingSession| MySession {
        browser: agent::name(&session.user_agent),
        last_seen: zone::local_time(session.last_seen_at, &zone),
        is_this: session.session_id == me.session_id,
    };
    Ok(sessions.into_iter().map(line).collect())
}
