//! What the mailbox page may ask for. Only a server that is being tried out has one.

use leptos::prelude::*;

use super::model::{Mail, MailLine};
use crate::{error::Result, kernel::MessageId};

/// The newest mails of everybody.
#[server(prefix = "/api/fn")]
pub async fn list_mails() -> Result<Vec<MailLine>> {
    let app = crate::platform::state::AppState::current()?;
    super::mailbox::list(&app).await
}

/// One mail.
#[server(prefix = "/api/fn")]
pub async fn get_mail(id: MessageId) -> Result<Mail> {
    let app = crate::platform::state::AppState::current()?;
    super::mailbox::open(&app, id).await
}
