//! What is done to organizers and teams: found, describe, invite, withdraw, accept, change a role, remove, leave.

use serde_json::json;

use super::{
    guard::Staff,
    mail,
    model::{
        INVITATION_TTL_SECS, InviteForm, Membership, NewOrg, Offer, Org, OrgRefusal, TEAM_MAX, Team, keep_an_owner,
        parse_role, zone_of_country,
    },
    permission::{Permission, Role},
    store::{self, NewInvitation, OpenInvitation},
};
use crate::{
    accounts::guard::SignedIn,
    error::{AppError, Result},
    kernel::{AccountId, Actor, InvitationId, OrgId, Slug},
    platform::{
        audit,
        db::Tx,
        secrets::{digest, hex, random, random_token},
        state::AppState,
    },
};

/// Names that an organizer's address cannot have, since the desk's own pages have them.
const TAKEN_SLUGS: [&str; 2] = ["new", "event"];
/// Endings tried before founding gives up; two random bytes collide seldom.
const SLUG_TRIES: usize = 5;

/// Founds an organizer whose owner is the one who asks.
pub async fn found(app: &AppState, person: &SignedIn, new: NewOrg) -> Result<String> {
    let mut tx = app.begin().await?;
    let org_id = OrgId::fresh();
    let slug = insert_with_free_slug(&mut tx, org_id, &new).await?;
    store::insert_member(&mut tx, org_id, person.account_id, Role::Owner).await?;
    note(&mut tx, org_id, person.account_id, "founded", json!({ "name": new.name })).await?;
    tx.commit().await?;
    Ok(slug)
}

async fn insert_with_free_slug(tx: &mut Tx, org_id: OrgId, new: &NewOrg) -> Result<String> {
    let plain = Slug::of_title(new.name.as_str());
    let mut slug = plain.clone();
    for _ in 0..SLUG_TRIES {
        if !TAKEN_SLUGS.contains(&slug.as_str()) && store::insert_org(tx, org_id, &slug, new).await? {
            return Ok(slug.as_str().to_owned());
        }
        slug = plain.with_ending(&hex(&random::<2>()));
    }
    Err(AppError::Busy)
}

/// The organizers in whose teams an account is.
pub async fn list_mine(app: &AppState, person: &SignedIn) -> Result<Vec<Membership>> {
    let mut connection = app.db.acquire().await?;
    store::list_memberships(&mut connection, person.account_id, app.now()).await
}

/// Changes name, country and description; the address stays.
pub async fn describe(app: &AppState, staff: &Staff, new: NewOrg) -> Result<()> {
    let mut tx = app.begin().await?;
    store::update_org(&mut tx, staff.org_id, &new).await?;
    note(&mut tx, staff.org_id, staff.account_id, "described", json!({ "name": new.name })).await?;
    tx.commit().await?;
    Ok(())
}

/// The organizer as its settings show it.
pub async fn settings(app: &AppState, staff: &Staff) -> Result<Org> {
    let mut connection = app.db.acquire().await?;
    store::get_org(&mut connection, staff.org_id).await
}

/// The team as its page shows it.
pub async fn team(app: &AppState, staff: &Staff) -> Result<Team> {
    let mut connection = app.db.acquire().await?;
    let org = store::get_org(&mut connection, staff.org_id).await?;
    let zone = zone_of_country(&org.country);
    let members = store::list_members(&mut connection, staff.org_id, TEAM_MAX).await?;
    let is_managed_by_me = staff.role.allows(Permission::ManageTeam);
    let invitations = if is_managed_by_me {
        store::list_invitations(&mut connection, staff.org_id, &zone).await?
    } else {
        Vec::new()
    };
    Ok(Team { members, invitations, me: staff.account_id, is_managed_by_me })
}

/// Offers a place in the team by mail; a new offer to the same address ends the old one.
pub async fn invite(app: &AppState, staff: &Staff, form: &InviteForm) -> Result<()> {
    let (email, role) = form.parse()?;
    let token = random_token();
    let token_hash = digest(&token);
    let mut tx = app.begin().await?;
    store::lock_team(&mut tx, staff.org_id).await?;
    if store::is_member_by_email(&mut tx, staff.org_id, &email).await? {
        return Err(OrgRefusal::AlreadyMember.into());
    }
    if store::count_places(&mut tx, staff.org_id).await? >= TEAM_MAX {
        return Err(OrgRefusal::TeamFull.into());
    }
    let new = NewInvitation {
        invitation_id: InvitationId::fresh(),
        email: &email,
        role,
        token_hash: &token_hash,
        expires_at: app.now().plus_secs(INVITATION_TTL_SECS),
    };
    let id = store::upsert_invitation(&mut tx, staff, &new).await?;
    store::insert_invitation_address(&mut tx, staff.org_id, id, &token_hash).await?;
    mail::send_invitation(&mut tx, app, staff, mail::Invited { invitation_id: id, email: &email, role, token: &token })
        .await?;
    note(&mut tx, staff.org_id, staff.account_id, "invited", json!({ "email": email, "role": role })).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}

/// Takes an offer back.
pub async fn withdraw(app: &AppState, staff: &Staff, id: InvitationId) -> Result<()> {
    let mut tx = app.begin().await?;
    if !store::delete_invitation(&mut tx, staff.org_id, id).await? {
        return Err(AppError::NotFound);
    }
    note(&mut tx, staff.org_id, staff.account_id, "withdrew invitation", json!({ "invitation": id })).await?;
    tx.commit().await?;
    Ok(())
}

/// What an invitation offers; a used, replaced or expired one is gone.
pub async fn offer(app: &AppState, token: &str, person: Option<SignedIn>) -> Result<Offer> {
    let mut connection = app.db.acquire().await?;
    let open = find_open(app, store::find_open_invitation(&mut connection, &digest(token)).await?)?;
    Ok(Offer {
        org_name: open.org_name,
        role: open.role,
        email: open.email,
        signed_in_as: person.map(|person| person.email.to_string()),
    })
}

/// Takes the offered place; the one who asks must be signed in with the invited address. Gives the organizer's slug.
pub async fn accept(app: &AppState, person: &SignedIn, token: &str) -> Result<String> {
    let mut tx = app.begin().await?;
    let open = find_open(app, store::find_open_invitation(&mut tx, &digest(token)).await?)?;
    if open.email != person.email.as_str() {
        return Err(OrgRefusal::OtherAddress.into());
    }
    if !store::mark_accepted(&mut tx, open.org_id, open.invitation_id, app.now()).await? {
        return Err(OrgRefusal::InvitationGone.into());
    }
    store::insert_member(&mut tx, open.org_id, person.account_id, open.role).await?;
    note(&mut tx, open.org_id, person.account_id, "joined", json!({ "role": open.role })).await?;
    tx.commit().await?;
    Ok(open.org_slug)
}

fn find_open(app: &AppState, found: Option<OpenInvitation>) -> Result<OpenInvitation> {
    match found {
        Some(open) if open.expires_at > app.now() => Ok(open),
        _ => Err(OrgRefusal::InvitationGone.into()),
    }
}

/// Gives a member another role.
pub async fn change_role(app: &AppState, staff: &Staff, account_id: AccountId, role: &str) -> Result<()> {
    let role = parse_role(role).map_err(|fault| AppError::field("role", fault))?;
    let mut tx = app.begin().await?;
    let old = lock_member(&mut tx, staff.org_id, account_id).await?;
    if role != Role::Owner {
        keep_an_owner(store::count_owners(&mut tx, staff.org_id).await?, old == Role::Owner)?;
    }
    store::update_role(&mut tx, staff.org_id, account_id, role).await?;
    let detail = json!({ "account": account_id, "from": old, "to": role });
    note(&mut tx, staff.org_id, staff.account_id, "changed role", detail).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a member out of the team; members may take themselves out, others need the right to manage the team.
pub async fn remove(app: &AppState, staff: &Staff, account_id: AccountId) -> Result<()> {
    if account_id != staff.account_id {
        staff.may(Permission::ManageTeam)?;
    }
    let mut tx = app.begin().await?;
    let role = lock_member(&mut tx, staff.org_id, account_id).await?;
    keep_an_owner(store::count_owners(&mut tx, staff.org_id).await?, role == Role::Owner)?;
    store::delete_member(&mut tx, staff.org_id, account_id).await?;
    let verb = if account_id == staff.account_id { "left" } else { "removed member" };
    note(&mut tx, staff.org_id, staff.account_id, verb, json!({ "account": account_id, "role": role })).await?;
    tx.commit().await?;
    Ok(())
}

// The team is locked first, so that two owners who leave at once cannot both count the other.
async fn lock_member(tx: &mut Tx, org_id: OrgId, account_id: AccountId) -> Result<Role> {
    store::lock_team(tx, org_id).await?;
    store::find_role(tx, org_id, account_id).await?.ok_or(AppError::NotFound)
}

async fn note(tx: &mut Tx, org_id: OrgId, by: AccountId, verb: &str, detail: serde_json::Value) -> Result<()> {
    let entry = audit::Entry {
        org_id: Some(org_id),
        actor: Actor::Account(by),
        verb,
        subject: format!("org:{org_id}"),
        detail,
    };
    audit::write(tx, entry).await
}
