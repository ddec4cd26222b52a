//! The mail that says where one's place in line is.

use super::store::Awaited;
use crate::{
    error::Result,
    i18n::td_string,
    kernel::{EmailAddress, EntryId},
    messaging::{self, Letter, Occasion},
    platform::{db::Tx, language::Language, state::AppState},
};

/// Mails the link of a place in line.
pub async fn your_place(
    app: &AppState,
    tx: &mut Tx,
    (awaited, language): (&Awaited, Language),
    (entry_id, to, token): (EntryId, EmailAddress, &str),
) -> Result<()> {
    let locale = language.locale();
    let url = format!("{}/line/{token}", app.config.origin());
    let subject = td_string!(locale, inventory.wait_mail_subject, event = awaited.event_title.clone()).to_string();
    let text = td_string!(
        locale,
        inventory.wait_mail_text,
        kind = awaited.type_name.clone(),
        event = awaited.event_title.clone()
    );
    let message = Letter::new(language.code(), subject)
        .text(&text)
        .button(td_string!(locale, inventory.wait_mail_button), &url)
        .small(td_string!(locale, inventory.wait_mail_note))
        .to(to);
    let occasion = Occasion { topic: "waitlist.joined", key: &entry_id.to_string(), org_id: Some(awaited.org_id) };
    messaging::deliver_later(tx, occasion, message).await
}
