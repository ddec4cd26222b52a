//! Signing out.

use crate::{
    accounts::{guard::SignedIn, session, store},
    error::Result,
    kernel::Actor,
    platform::{
        audit::{self, Entry},
        state::AppState,
    },
};

/// Ends this sign-in; its tokens are worth nothing from here on.
pub async fn sign_out(app: &AppState, me: &SignedIn) -> Result<()> {
    let mut tx = app.begin().await?;
    store::revoke_session(&mut tx, me.session_id, app.now()).await?;
    tx.commit().await?;
    session::forget(&[me.session_id]).await;
    Ok(())
}

/// Ends every sign-in of the account, this one included.
pub async fn sign_out_everywhere(app: &AppState, me: &SignedIn) -> Result<()> {
    let mut tx = app.begin().await?;
    let ended = store::revoke_sessions(&mut tx, me.account_id, app.now()).await?;
    let entry = Entry {
        org_id: None,
        actor: Actor::Account(me.account_id),
        verb: "signed_out_everywhere",
        subject: format!("account:{}", me.account_id),
        detail: serde_json::json!({ "sessions": ended.len() }),
    };
    audit::write(&mut tx, entry).await?;
    tx.commit().await?;
    session::forget(&ended).await;
    Ok(())
}
