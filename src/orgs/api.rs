//! What the browser may ask for about organizers and teams.

use leptos::prelude::*;

use super::model::{InviteForm, Membership, Offer, Org, OrgForm, Team};
use crate::{
    error::Result,
    kernel::{AccountId, InvitationId},
};

/// The organizers in whose teams the one who asks is.
#[server(prefix = "/api/fn")]
pub async fn list_my_orgs() -> Result<Vec<Membership>> {
    let app = crate::platform::state::AppState::current()?;
    let person = crate::accounts::guard::signed_in(&app).await?;
    super::actions::list_mine(&app, &person).await
}

/// Founds an organizer and goes to its desk.
#[server(prefix = "/api/fn")]
pub async fn found_org(#[server(default)] form: OrgForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let person = crate::accounts::guard::signed_in(&app).await?;
    let slug = super::actions::found(&app, &person, form.parse()?).await?;
    leptos_axum::redirect(&format!("/desk/{slug}"));
    Ok(())
}

/// An organizer, for its settings.
#[server(prefix = "/api/fn")]
pub async fn get_org_settings(org: String) -> Result<Org> {
    let app = crate::platform::state::AppState::current()?;
    let staff = super::guard::staff(&app, &org, super::Permission::ManageOrg).await?;
    super::actions::settings(&app, &staff).await
}

/// Changes name, country and description of an organizer.
#[server(prefix = "/api/fn")]
pub async fn describe_org(org: String, #[server(default)] form: OrgForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = super::guard::staff(&app, &org, super::Permission::ManageOrg).await?;
    super::actions::describe(&app, &staff, form.parse()?).await?;
    leptos_axum::redirect(&format!("/desk/{org}/settings?done=saved"));
    Ok(())
}

/// The team of an organizer.
#[server(prefix = "/api/fn")]
pub async fn get_team(org: String) -> Result<Team> {
    let app = crate::platform::state::AppState::current()?;
    let staff = super::guard::member(&app, &org).await?;
    super::actions::team(&app, &staff).await
}

/// Offers a place in the team by mail.
#[server(prefix = "/api/fn")]
pub async fn invite_member(org: String, #[server(default)] form: InviteForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = super::guard::staff(&app, &org, super::Permission::ManageTeam).await?;
    super::actions::invite(&app, &staff, &form).await?;
    leptos_axum::redirect(&format!("/desk/{org}/team?done=invited"));
    Ok(())
}

/// Takes an offer back.
#[server(prefix = "/api/fn")]
pub async fn withdraw_invitation(org: String, invitation_id: InvitationId) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = super::guard::staff(&app, &org, super::Permission::ManageTeam).await?;
    super::actions::withdraw(&app, &staff, invitation_id).await?;
    leptos_axum::redirect(&format!("/desk/{org}/team?done=withdrawn"));
    Ok(())
}

/// Gives a member another role.
#[server(prefix = "/api/fn")]
pub async fn change_member_role(org: String, account_id: AccountId, #[server(default)] role: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = super::guard::staff(&app, &org, super::Permission::ManageTeam).await?;
    super::actions::change_role(&app, &staff, account_id, &role).await?;
    leptos_axum::redirect(&format!("/desk/{org}/team?done=saved"));
    Ok(())
}

/// Takes a member out of the team; who takes itself out goes back to its own list.
#[server(prefix = "/api/fn")]
pub async fn remove_member(org: String, account_id: AccountId) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = super::guard::member(&app, &org).await?;
    super::actions::remove(&app, &staff, account_id).await?;
    let next =
        if account_id == staff.account_id { "/desk".to_owned() } else { format!("/desk/{org}/team?done=removed") };
    leptos_axum::redirect(&next);
    Ok(())
}

/// What an invitation offers, by the secret of its link.
#[server(prefix = "/api/fn")]
pub async fn get_offer(token: String) -> Result<Offer> {
    let app = crate::platform::state::AppState::current()?;
    let visitor = crate::accounts::guard::visitor(&app).await?;
    super::actions::offer(&app, &token, visitor.session).await
}

/// Takes the offered place and goes to the organizer's desk.
#[server(prefix = "/api/fn")]
pub async fn join_team(token: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let person = crate::accounts::guard::signed_in(&app).await?;
    let slug = super::actions::accept(&app, &person, &token).await?;
    leptos_axum::redirect(&format!("/desk/{slug}"));
    Ok(())
}
