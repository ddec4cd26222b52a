//! The outbox as the mailbox page shows it.

use serde::{Deserialize, Serialize};

use crate::kernel::{LocalTime, MessageId};

/// A mail in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailLine {
    pub message_id: MessageId,
    pub recipient: String,
    pub subject: String,
    pub at: LocalTime,
    pub is_sent: bool,
}

/// A mail, opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    pub message_id: MessageId,
    pub recipient: String,
    pub subject: String,
    pub at: LocalTime,
    pub text: String,
    /// Addresses of this site that the text names, without the site itself.
    pub links: Vec<String>,
    /// Names of the files that came with it, in their order.
    pub files: Vec<String>,
}
