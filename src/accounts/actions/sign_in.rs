//! Signing in.

use super::limits;
use crate::{
    accounts::{
        agent,
        guard::Visitor,
        hashing, mail,
        model::{AccountRefusal, SignInForm},
        session::{self, Tokens},
        store::{self, Credentials},
    },
    error::{AppError, Result},
    kernel::{EmailAddress, FieldErrors, FieldFault},
    messaging::{Occasion, deliver_later},
    platform::{db::Tx, secrets, state::AppState},
};

/// Opens a session under a fresh id; one that this browser had before ends. A wrong password, an unknown address and one
/// that was never confirmed have one answer, after the same time.
pub async fn sign_in(app: &AppState, visitor: &Visitor, form: &SignInForm) -> Result<Tokens> {
    let email = parse(form)?;
    limits::before_password(app, visitor.address, email.as_str()).await?;
    let found = store::find_credentials(&mut *app.db.acquire().await?, email.as_str()).await?;
    let stored = found.as_ref().map(|account| account.password_hash.as_str());
    let is_right = hashing::is_right(app, &form.password, stored).await?;
    let confirmed = found.filter(|account| is_right && account.confirmed_at.is_some());
    let account = confirmed.ok_or(AccountRefusal::WrongSignIn)?;
    let mut tx = app.begin().await?;
    tell_of_new_browser(app, &mut tx, visitor, (&account, &email)).await?;
    let tokens = session::open(app, &mut tx, account.account_id, &visitor.agent).await?;
    let before = visitor.session.as_ref().map(|session| session.session_id);
    if let Some(session_id) = before {
        store::revoke_session(&mut tx, session_id, app.now()).await?;
    }
    tx.commit().await?;
    session::forget(before.as_slice()).await;
    app.bell.ring();
    Ok(tokens)
}

fn parse(form: &SignInForm) -> Result<EmailAddress> {
    let mut errors = FieldErrors::default();
    let email = errors.keep("email", EmailAddress::parse(&form.email));
    let length = form.password.reveal().chars().count();
    if length == 0 {
        errors.add("password", FieldFault::Required);
    } else if length > crate::accounts::password::LENGTH_MAX {
        // No account has such a password; hashing it would only take time.
        return Err(AccountRefusal::WrongSignIn.into());
    }
    match email {
        Some(email) => Ok(errors.unless_any(email)?),
        None => Err(AppError::Invalid(errors)),
    }
}

async fn tell_of_new_browser(
    app: &AppState,
    tx: &mut Tx,
    visitor: &Visitor,
    account: (&Credentials, &EmailAddress),
) -> Result<()> {
    let (account, email) = account;
    let browser = session::stored_agent(&visitor.agent);
    if !store::is_new_browser(tx, account.account_id, &browser).await? {
        return Ok(());
    }
    let message = mail::new_sign_in(app, email, &account.locale, &agent::name(&browser));
    let key = format!("{}:{}", account.account_id, secrets::hex(&secrets::digest(&browser)));
    deliver_later(tx, Occasion { topic: "new_sign_in", key: &key, org_id: None }, message).await
}
