//! The mail that offers a place in a team.

use leptos_i18n::Locale as _;

use super::{guard::Staff, permission::Role, store};
use crate::{
    error::Result,
    i18n::{Locale, td_string},
    kernel::{EmailAddress, InvitationId},
    messaging::{Letter, Occasion, deliver_later},
    platform::{
        db::Tx,
        secrets::{digest, hex},
        state::AppState,
    },
};

/// Who is invited, as what, and the secret of the link.
pub struct Invited<'a> {
    pub invitation_id: InvitationId,
    pub email: &'a EmailAddress,
    pub role: Role,
    pub token: &'a str,
}

/// Mails an invitation, in the language of the one who invites.
pub async fn send_invitation(tx: &mut Tx, app: &AppState, staff: &Staff, invited: Invited<'_>) -> Result<()> {
    let inviter = store::get_inviter(tx, staff.account_id).await?;
    let locale: Locale = inviter.locale.parse().unwrap_or(Locale::en);
    let (org, role) = (staff.org_name.clone(), invited.role.words(locale));
    let link = format!("{}/join/{}", app.config.origin(), invited.token);
    let message = Letter::new(locale.as_str(), td_string!(locale, orgs.mail_subject, org = org.clone()).to_string())
        .text(&td_string!(locale, orgs.mail_text, inviter = inviter.name, org = org.clone(), role = role))
        .button(td_string!(locale, orgs.mail_button), &link)
        .small(&td_string!(locale, orgs.mail_until, org = org))
        .to(invited.email.clone());
    // A renewed offer has a new token, so it is a new occasion.
    let key = format!("{}:{}", invited.invitation_id, hex(&digest(invited.token)[..8]));
    deliver_later(tx, Occasion { topic: "invitation", key: &key, org_id: Some(staff.org_id) }, message).await
}
