//! Coming in.

use super::limits;
use crate::{
    accounts::{
        guard::Visitor,
        hashing,
        jobs::{MailLink, Wish},
        model::SignUpForm,
        own_path,
        store::{self, AccountRow},
    },
    error::{AppError, Result},
    kernel::{AccountId, EmailAddress},
    platform::{jobs::enqueue, state::AppState},
};

/// Makes an account and mails a link that confirms its address. Whether the address had an account already is not told
/// here: its owner gets another mail instead.
///
/// Until the address is confirmed the account is nobody's: a second sign-up replaces it, nobody can sign in to it, and
/// the link alone does not open it, since a stranger may have chosen its password.
pub async fn sign_up(app: &AppState, visitor: &Visitor, form: SignUpForm, next: &str) -> Result<()> {
    let account = form.parse()?;
    limits::before_mail(app, visitor.address, &account.email).await?;
    let password_hash = hashing::hash(app, &account.password).await?;
    let mut tx = app.begin().await?;
    let row = AccountRow {
        account_id: AccountId::fresh(),
        name: &account.name,
        email: &account.email,
        password_hash: &password_hash,
        locale: visitor.language.code(),
    };
    store::insert_or_renew_account(&mut tx, &row).await?;
    let next = own_path(next).unwrap_or_default();
    enqueue(&mut tx, &MailLink::new(account.email, Wish::Confirm, next)).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}

/// Mails the link again.
pub async fn resend_confirmation(app: &AppState, visitor: &Visitor, email: &str) -> Result<()> {
    mail_link(app, visitor, email, Wish::Confirm).await
}

/// Checks an address that was typed, and enqueues a mail to it.
pub(super) async fn mail_link(app: &AppState, visitor: &Visitor, email: &str, wish: Wish) -> Result<()> {
    let email = EmailAddress::parse(email).map_err(|fault| AppError::field("email", fault))?;
    limits::before_mail(app, visitor.address, &email).await?;
    let mut tx = app.begin().await?;
    enqueue(&mut tx, &MailLink::new(email, wish, "")).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}
