//! Accounts.

use sqlx::PgConnection;

use crate::{
    error::Result,
    kernel::{AccountId, EmailAddress, Instant, Title},
    platform::db::Tx,
};

/// What signing in looks at.
pub struct Credentials {
    pub account_id: AccountId,
    pub password_hash: String,
    pub confirmed_at: Option<Instant>,
    /// The language of the mails.
    pub locale: String,
}

/// An account to be, or one whose address was never confirmed and that is made anew.
pub struct AccountRow<'a> {
    pub account_id: AccountId,
    pub name: &'a Title,
    pub email: &'a EmailAddress,
    pub password_hash: &'a str,
    pub locale: &'a str,
}

/// Inserts an account; one with this address that was never confirmed belongs to nobody yet and is taken over, a
/// confirmed one stays as it is.
pub async fn insert_or_renew_account(tx: &mut Tx, account: &AccountRow<'_>) -> Result<()> {
    sqlx::query!(
        "insert into account (account_id, email, name, password_hash, locale)
         values ($1, $2, $3, $4, $5)
         on conflict on constraint account_email_once do update
            set name = excluded.name,
                password_hash = excluded.password_hash,
                locale = excluded.locale
          where account.confirmed_at is null",
        account.account_id.0,
        account.email.as_str(),
        account.name.as_str(),
        account.password_hash,
        account.locale,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn find_credentials(db: &mut PgConnection, email: &str) -> Result<Option<Credentials>> {
    let found = sqlx::query_as!(
        Credentials,
        r#"select account_id as "account_id: AccountId", password_hash, confirmed_at, locale
             from account
            where email = $1"#,
        email,
    )
    .fetch_optional(db)
    .await?;
    Ok(found)
}

pub async fn mark_confirmed(tx: &mut Tx, account_id: AccountId, now: Instant) -> Result<()> {
    sqlx::query!(
        "update account
            set confirmed_at = $2
          where account_id = $1
            and confirmed_at is null",
        account_id.0,
        now as Instant,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn update_password(tx: &mut Tx, account_id: AccountId, password_hash: &str) -> Result<()> {
    sqlx::query!(
        "update account
            set password_hash = $2
          where account_id = $1",
        account_id.0,
        password_hash,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
