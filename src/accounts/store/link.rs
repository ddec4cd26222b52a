//! Links that were mailed.

use sqlx::PgConnection;

use crate::{
    error::Result,
    kernel::{AccountId, Instant},
    platform::db::Tx,
};

/// What a mailed link is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    Confirm,
    Reset,
}

impl LinkPurpose {
    const fn name(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Reset => "reset",
        }
    }
}

/// A link to be mailed; only the digest of its token is stored.
pub struct NewLink {
    pub token_hash: Vec<u8>,
    pub account_id: AccountId,
    pub purpose: LinkPurpose,
    pub expires_at: Instant,
}

/// The account behind a link that is still good.
pub struct LinkedAccount {
    pub account_id: AccountId,
    pub email: String,
    pub password_hash: String,
    pub locale: String,
}

pub async fn insert_link(tx: &mut Tx, link: &NewLink) -> Result<()> {
    sqlx::query!(
        "insert into mailed_link (token_hash, account_id, purpose, expires_at)
         values ($1, $2, $3, $4)",
        link.token_hash,
        link.account_id.0,
        link.purpose.name(),
        link.expires_at as Instant,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn find_live_link(
    db: &mut PgConnection,
    token_hash: &[u8],
    purpose: LinkPurpose,
    now: Instant,
) -> Result<Option<LinkedAccount>> {
    let found = sqlx::query_as!(
        LinkedAccount,
        r#"select account.account_id as "account_id: AccountId", account.email, account.password_hash, account.locale
             from mailed_link
             join account using (account_id)
            where mailed_link.token_hash = $1
              and mailed_link.purpose = $2
              and mailed_link.used_at is null
              and mailed_link.expires_at > $3"#,
        token_hash,
        purpose.name(),
        now as Instant,
    )
    .fetch_optional(db)
    .await?;
    Ok(found)
}

/// Uses a link up; `false` when somebody was quicker.
pub async fn mark_link_used(tx: &mut Tx, token_hash: &[u8], now: Instant) -> Result<bool> {
    let done = sqlx::query!(
        "update mailed_link
            set used_at = $2
          where token_hash = $1
            and used_at is null",
        token_hash,
        now as Instant,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes back every link of an account that was not used.
pub async fn delete_open_links(tx: &mut Tx, account_id: AccountId) -> Result<()> {
    sqlx::query!(
        "delete from mailed_link
          where account_id = $1
            and used_at is null",
        account_id.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
