//! The way into the outbox.

use super::{
    jobs::Deliver,
    message::{Message, Occasion},
    store,
};
use crate::{
    error::Result,
    kernel::MessageId,
    platform::{db::Tx, jobs::enqueue},
};

/// Puts a mail into the outbox and sees to its delivery, in the caller's transaction. A second mail for the same
/// occasion is dropped. Ring `app.bell` after the commit, and it leaves at once.
pub async fn deliver_later(tx: &mut Tx, occasion: Occasion<'_>, message: Message) -> Result<()> {
    let message_id = MessageId::fresh();
    let org_id = occasion.org_id;
    if store::insert_message(tx, message_id, &occasion, &message).await? {
        enqueue(tx, &Deliver { message_id, org_id }).await?;
    }
    Ok(())
}
