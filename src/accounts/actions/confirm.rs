//! Showing that the address is one's own.

use super::limits;
use crate::{
    accounts::{
        guard::Visitor,
        hashing,
        model::AccountRefusal,
        session::{self, Tokens},
        store::{self, LinkPurpose},
    },
    error::Result,
    kernel::{Actor, SecretText},
    platform::{
        audit::{self, Entry},
        secrets,
        state::AppState,
    },
};

/// Confirms the address with the mailed link and the password, and signs in. The password is asked for because somebody
/// else may have signed up with this address: the link shows who reads its mail, the password who chose the account.
pub async fn confirm_email(app: &AppState, visitor: &Visitor, token: &str, password: &SecretText) -> Result<Tokens> {
    limits::before_link(app, visitor.address).await?;
    let token_hash = secrets::digest(token);
    let mut tx = app.begin().await?;
    let found = store::find_live_link(&mut tx, &token_hash, LinkPurpose::Confirm, app.now()).await?;
    // Hashing takes long, and a transaction is not to wait for it.
    tx.rollback().await?;
    let account = found.ok_or(AccountRefusal::DeadLink)?;
    limits::before_password(app, visitor.address, &account.account_id.to_string()).await?;
    if !hashing::is_right(app, password, Some(&account.password_hash)).await? {
        return Err(AccountRefusal::WrongPassword.into());
    }
    let mut tx = app.begin().await?;
    if !store::mark_link_used(&mut tx, &token_hash, app.now()).await? {
        return Err(AccountRefusal::DeadLink.into());
    }
    store::mark_confirmed(&mut tx, account.account_id, app.now()).await?;
    store::delete_open_links(&mut tx, account.account_id).await?;
    let tokens = session::open(app, &mut tx, account.account_id, &visitor.agent).await?;
    let entry = Entry {
        org_id: None,
        actor: Actor::Account(account.account_id),
        verb: "confirmed_address",
        subject: format!("account:{}", account.account_id),
        detail: serde_json::json!({}),
    };
    audit::write(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(tokens)
}
