//! The way into the outbox.

use sqlx::PgConnection;

use super::{
    jobs::Deliver,
    message::{Message, Occasion},
    store,
};
use crate::{error::Result, platform::jobs::enqueue_all};

/// Puts a mail into the outbox and sees to its delivery, in the caller's transaction. A second mail for the same
/// occasion is dropped. Ring `app.bell` after the commit, and it leaves at once.
pub async fn deliver_later(tx: &mut PgConnection, occasion: Occasion<'_>, message: Message) -> Result<()> {
    deliver_all_later(tx, vec![(occasion, message)]).await
}

/// The same for many mails.
pub async fn deliver_all_later(tx: &mut PgConnection, mails: Vec<(Occasion<'_>, Message)>) -> Result<()> {
    if mails.is_empty() {
        return Ok(());
    }
    let posted = store::insert_messages(tx, &mails).await?;
    let jobs: Vec<_> = posted.into_iter().map(|(message_id, org_id)| Deliver { message_id, org_id }).collect();
    enqueue_all(tx, &jobs).await
}
