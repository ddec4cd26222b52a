//! Another password.

use super::{limits, sign_up::mail_link};
use crate::{
    accounts::{
        guard::{SignedIn, Visitor},
        hashing,
        jobs::Wish,
        mail,
        model::{AccountRefusal, PasswordForm},
        password, session,
        session::Tokens,
        store::{self, LinkPurpose},
    },
    error::{AppError, Result},
    kernel::{AccountId, Actor, EmailAddress, SecretText, SessionId},
    messaging::{Occasion, deliver_later},
    platform::{
        audit::{self, Entry},
        db::Tx,
        secrets,
        state::AppState,
    },
};

/// Mails a link to choose another password, if there is such an account; the answer does not tell.
pub async fn request_reset(app: &AppState, visitor: &Visitor, email: &str) -> Result<()> {
    mail_link(app, visitor, email, Wish::Reset).await
}

/// Sets another password by a mailed link. It ends every sign-in, takes back every other link, and confirms the address,
/// since whoever has the link reads its mail.
pub async fn reset_password(app: &AppState, visitor: &Visitor, token: &str, wish: &SecretText) -> Result<()> {
    limits::before_link(app, visitor.address).await?;
    let token_hash = secrets::digest(token);
    let found =
        store::find_live_link(&mut *app.db.acquire().await?, &token_hash, LinkPurpose::Reset, app.now()).await?;
    let account = found.ok_or(AccountRefusal::DeadLink)?;
    password::check(wish.reveal(), &account.email).map_err(|fault| AppError::field("password", fault))?;
    let password_hash = hashing::hash(app, wish).await?;
    let mut tx = app.begin().await?;
    if !store::mark_link_used(&mut tx, &token_hash, app.now()).await? {
        return Err(AccountRefusal::DeadLink.into());
    }
    store::mark_confirmed(&mut tx, account.account_id, app.now()).await?;
    let ended = replace(app, &mut tx, account.account_id, &password_hash).await?;
    tell(app, &mut tx, &account.email, &account.locale).await?;
    tx.commit().await?;
    session::forget(&ended).await;
    app.bell.ring();
    Ok(())
}

/// Sets another password for somebody who knows the present one. It ends every sign-in and opens a fresh one here.
pub async fn change_password(app: &AppState, visitor: &Visitor, me: &SignedIn, form: &PasswordForm) -> Result<Tokens> {
    password::check(form.password.reveal(), me.email.as_str()).map_err(|fault| AppError::field("password", fault))?;
    limits::before_password(app, visitor.address, me.email.as_str()).await?;
    let found = store::find_credentials(&mut *app.db.acquire().await?, me.email.as_str()).await?;
    let account = found.ok_or(AppError::SignInRequired)?;
    if !hashing::is_right(app, &form.current, Some(&account.password_hash)).await? {
        return Err(AccountRefusal::WrongPassword.into());
    }
    let password_hash = hashing::hash(app, &form.password).await?;
    let mut tx = app.begin().await?;
    let ended = replace(app, &mut tx, me.account_id, &password_hash).await?;
    tell(app, &mut tx, me.email.as_str(), &account.locale).await?;
    let tokens = session::open(app, &mut tx, me.account_id, &visitor.agent).await?;
    tx.commit().await?;
    session::forget(&ended).await;
    app.bell.ring();
    Ok(tokens)
}

async fn replace(app: &AppState, tx: &mut Tx, account_id: AccountId, password_hash: &str) -> Result<Vec<SessionId>> {
    store::update_password(tx, account_id, password_hash).await?;
    store::delete_open_links(tx, account_id).await?;
    let ended = store::revoke_sessions(tx, account_id, app.now()).await?;
    let entry = Entry {
        org_id: None,
        actor: Actor::Account(account_id),
        verb: "changed_password",
        subject: format!("account:{account_id}"),
        detail: serde_json::json!({ "sessions_ended": ended.len() }),
    };
    audit::write(tx, entry).await?;
    Ok(ended)
}

async fn tell(app: &AppState, tx: &mut Tx, email: &str, locale: &str) -> Result<()> {
    let to = EmailAddress::parse(email).map_err(|_| AppError::fault_text("an account's address cannot be read"))?;
    let key = secrets::random_token();
    let occasion = Occasion { topic: "password_changed", key: &key, org_id: None };
    deliver_later(tx, occasion, mail::password_changed(app, &to, locale)).await
}
