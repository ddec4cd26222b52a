//! Mails with a link in them.
//!
//! Whoever asks for one is answered before it is known whether there is such an account, so that neither the words nor
//! the time of the answer tell; the job finds out.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    mail,
    store::{self, Credentials, LinkPurpose, NewLink},
};
use crate::{
    error::Result,
    kernel::{EmailAddress, OrgId},
    messaging::{Occasion, deliver_later},
    platform::{
        db::Tx,
        jobs::{Job, JobResult},
        secrets,
        state::AppState,
    },
};

const CONFIRM_TTL_SECS: i64 = 2 * 24 * 3600;
const RESET_TTL_SECS: i64 = 3600;

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    Confirm,
    Reset,
}

/// Mails a link to an address, if there is an account that has a use for it.
#[derive(Serialize, Deserialize)]
pub struct MailLink {
    /// Makes the mail one of its kind when the job runs twice.
    id: Uuid,
    email: EmailAddress,
    wish: Wish,
    /// Where to go on afterwards.
    next: String,
}

impl MailLink {
    pub fn new(email: EmailAddress, wish: Wish, next: &str) -> Self {
        Self { id: Uuid::now_v7(), email, wish, next: next.to_owned() }
    }
}

impl Job for MailLink {
    const NAME: &'static str = "mail_link";

    fn org_id(&self) -> Option<OrgId> {
        None
    }

    async fn run(self, app: &AppState) -> JobResult {
        let mut tx = app.begin_in_lane().await?;
        if let Some(account) = store::find_credentials(&mut tx, self.email.as_str()).await? {
            self.mail(app, &mut tx, &account).await?;
        }
        tx.commit().await?;
        app.bell.ring();
        Ok(())
    }
}

impl MailLink {
    async fn mail(&self, app: &AppState, tx: &mut Tx, account: &Credentials) -> Result<()> {
        let message = match self.wish {
            Wish::Confirm if account.confirmed_at.is_some() => mail::already_here(app, &self.email, &account.locale),
            Wish::Confirm => {
                let token = insert_link(app, tx, account, LinkPurpose::Confirm).await?;
                mail::confirm(
                    app,
                    &self.email,
                    &account.locale,
                    &super::next::with_next(&format!("/confirm/{token}"), &self.next),
                )
            }
            Wish::Reset => {
                let token = insert_link(app, tx, account, LinkPurpose::Reset).await?;
                mail::reset(app, &self.email, &account.locale, &format!("/reset/{token}"))
            }
        };
        let key = self.id.to_string();
        deliver_later(tx, Occasion { topic: "account_link", key: &key, org_id: None }, message).await
    }
}

async fn insert_link(app: &AppState, tx: &mut Tx, account: &Credentials, purpose: LinkPurpose) -> Result<String> {
    let token = secrets::random_token();
    let ttl_secs = if purpose == LinkPurpose::Reset { RESET_TTL_SECS } else { CONFIRM_TTL_SECS };
    let link = NewLink {
        token_hash: secrets::digest(&token),
        account_id: account.account_id,
        purpose,
        expires_at: app.now().plus_secs(ttl_secs),
    };
    store::insert_link(tx, &link).await?;
    Ok(token)
}
