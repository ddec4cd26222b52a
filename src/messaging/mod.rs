//! Getting words to people; the domains write the words.
//!
//! A mail is put into the outbox by the transaction that makes it necessary, once for each occasion, and a job sends it.
//! Invariant: no mail is sent for something that was rolled back, and nothing is sent from within a request.
mod jobs;
mod layout;
mod message;
mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
mod transport;

pub use jobs::Deliver;
pub use layout::Letter;
pub use message::{Attachment, Message, Occasion};
pub use store::{Posted, PostedLine, get_message, list_recent};

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
