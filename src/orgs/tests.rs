//! Organizers and teams against a real database.

use http::StatusCode;
use sqlx::PgPool;

use super::{
    actions::{accept, change_role, found, invite, list_mine, offer, remove, team, withdraw},
    api::{FoundOrg, GetTeam, InviteMember},
    guard::Staff,
    model::{InviteForm, OrgForm, OrgRefusal},
    permission::Role,
};
use crate::{
    error::AppError,
    kernel::{AccountId, FieldFault, InvitationId},
    testing::{Browser, Stage},
};

fn form(name: &str) -> OrgForm {
    OrgForm { name: name.into(), country: "KE".into(), about: String::new() }
}

fn letter(email: &str, role: &str) -> InviteForm {
    InviteForm { email: email.into(), role: role.into() }
}

/// The secret of the link in the newest mail.
async fn mailed_token(stage: &Stage) -> String {
    let text = sqlx::query_scalar!("select body_text from message order by created_at desc, message_id desc limit 1")
        .fetch_one(&stage.app.db)
        .await
        .expect("a mail");
    text.split("/join/").nth(1).expect("a link").split_whitespace().next().expect("a token").to_owned()
}

async fn roles(stage: &Stage, staff: &Staff) -> Vec<Role> {
    team(&stage.app, staff).await.expect("the team").members.into_iter().map(|member| member.role).collect()
}

#[sqlx::test]
async fn the_founder_is_the_owner_and_names_may_repeat(pool: PgPool) {
    let stage = Stage::new(pool);
    let ann = stage.a_person("ann@example.org").await;
    let first = found(&stage.app, &ann, form("Sauti Nights").parse().expect("good")).await.expect("founded");
    let second = found(&stage.app, &ann, form("Sauti Nights").parse().expect("good")).await.expect("founded");
    assert_eq!(first, "sauti-nights");
    assert!(second.starts_with("sauti-nights-"), "{second}");
    let mine = list_mine(&stage.app, &ann).await.expect("a list");
    assert_eq!(mine.iter().map(|org| org.role).collect::<Vec<_>>(), [Role::Owner, Role::Owner]);
}

#[sqlx::test]
async fn an_invitation_leads_into_the_team_once(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    invite(&stage.app, &owner, &letter("Bo@Example.org", "gatekeeper")).await.expect("invited");
    let token = mailed_token(&stage).await;
    let bo = stage.a_person("bo@example.org").await;
    let offered = offer(&stage.app, &token, None).await.expect("an offer");
    assert_eq!((offered.role, offered.email.as_str()), (Role::Gatekeeper, "bo@example.org"));
    assert_eq!(accept(&stage.app, &bo, &token).await, Ok("sauti".to_owned()));
    assert_eq!(roles(&stage, &owner).await, [Role::Owner, Role::Gatekeeper]);
    assert_eq!(accept(&stage.app, &bo, &token).await, Err(OrgRefusal::InvitationGone.into()));
}

#[sqlx::test]
async fn an_invitation_is_for_its_address_its_time_and_its_newest_link(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let (bo, cy) = (stage.a_person("bo@example.org").await, stage.a_person("cy@example.org").await);
    invite(&stage.app, &owner, &letter("bo@example.org", "owner")).await.expect("invited");
    let old = mailed_token(&stage).await;
    invite(&stage.app, &owner, &letter("bo@example.org", "support")).await.expect("invited again");
    let new = mailed_token(&stage).await;
    assert_eq!(accept(&stage.app, &bo, &old).await, Err(OrgRefusal::InvitationGone.into()));
    assert_eq!(accept(&stage.app, &cy, &new).await, Err(OrgRefusal::OtherAddress.into()));
    stage.app.clock.advance_secs(15 * 24 * 60 * 60);
    assert_eq!(accept(&stage.app, &bo, &new).await, Err(OrgRefusal::InvitationGone.into()));
    assert_eq!(roles(&stage, &owner).await, [Role::Owner]);
}

#[sqlx::test]
async fn a_withdrawn_invitation_is_gone(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let (_, stranger) = stage.an_org("other").await;
    invite(&stage.app, &owner, &letter("bo@example.org", "support")).await.expect("invited");
    let token = mailed_token(&stage).await;
    let open = team(&stage.app, &owner).await.expect("the team").invitations[0].invitation_id;
    assert_eq!(withdraw(&stage.app, &stranger, open).await, Err(AppError::NotFound));
    assert_eq!(withdraw(&stage.app, &owner, InvitationId::fresh()).await, Err(AppError::NotFound));
    withdraw(&stage.app, &owner, open).await.expect("withdrawn");
    assert_eq!(offer(&stage.app, &token, None).await, Err(OrgRefusal::InvitationGone.into()));
}

#[sqlx::test]
async fn who_is_in_the_team_is_not_invited_again(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let refused = invite(&stage.app, &owner, &letter("owner-sauti@example.org", "support")).await;
    assert_eq!(refused, Err(OrgRefusal::AlreadyMember.into()));
}

#[sqlx::test]
async fn the_last_owner_neither_leaves_nor_steps_down(pool: PgPool) {
    let stage = Stage::new(pool);
    let (org_id, owner) = stage.an_org("sauti").await;
    let me = owner.account_id;
    assert_eq!(remove(&stage.app, &owner, me).await, Err(OrgRefusal::LastOwner.into()));
    assert_eq!(change_role(&stage.app, &owner, me, "support").await, Err(OrgRefusal::LastOwner.into()));
    let second = stage.a_member(org_id, "sauti", Role::Finance).await;
    change_role(&stage.app, &owner, second.account_id, "owner").await.expect("changed");
    remove(&stage.app, &owner, me).await.expect("left");
    assert_eq!(roles(&stage, &second).await, [Role::Owner]);
}

#[sqlx::test]
async fn two_owners_who_leave_at_once_leave_one(pool: PgPool) {
    let stage = Stage::new(pool);
    let (org_id, ann) = stage.an_org("sauti").await;
    let bo = stage.a_member(org_id, "sauti-2", Role::Owner).await;
    let (first, second) =
        tokio::join!(remove(&stage.app, &ann, ann.account_id), remove(&stage.app, &bo, bo.account_id));
    assert_eq!([first, second].iter().filter(|left| left.is_ok()).count(), 1);
    let owners = sqlx::query_scalar!(r#"select count(*) as "count!" from member where org_id = $1"#, org_id.0)
        .fetch_one(&stage.app.db)
        .await
        .expect("a count");
    assert_eq!(owners, 1);
}

#[sqlx::test]
async fn only_who_manages_the_team_takes_others_out(pool: PgPool) {
    let stage = Stage::new(pool);
    let (org_id, owner) = stage.an_org("sauti").await;
    let keeper = stage.a_member(org_id, "sauti", Role::Gatekeeper).await;
    let finance = stage.a_member(org_id, "sauti", Role::Finance).await;
    assert_eq!(remove(&stage.app, &keeper, finance.account_id).await, Err(AppError::Forbidden));
    assert_eq!(remove(&stage.app, &owner, AccountId::fresh()).await, Err(AppError::NotFound));
    remove(&stage.app, &keeper, keeper.account_id).await.expect("left");
    let bad = change_role(&stage.app, &owner, finance.account_id, "boss").await;
    assert_eq!(bad, Err(AppError::field("role", FieldFault::NotAChoice)));
}

#[sqlx::test]
async fn a_stranger_learns_nothing_of_a_team(pool: PgPool) {
    let stage = Stage::new(pool);
    let (org_id, _) = stage.an_org("sauti").await;
    let stranger = stage.a_person("cy@example.org").await;
    let mut browser = Browser::of(&stage, &stranger);
    let known = browser.call::<GetTeam>(&[("org", "sauti")]).await;
    let unknown = browser.call::<GetTeam>(&[("org", "no-such-org")]).await;
    assert_eq!((known.status, unknown.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(known.body, unknown.body);
    assert_eq!(Browser::new(&stage).call::<GetTeam>(&[("org", "sauti")]).await.status, StatusCode::UNAUTHORIZED);
    sqlx::query!(
        "insert into member (org_id, account_id, role) values ($1, $2, 'support')",
        org_id.0,
        stranger.account_id.0,
    )
    .execute(&stage.app.db)
    .await
    .expect("a member");
    let fields = [("org", "sauti"), ("form[email]", "x@example.org"), ("form[role]", "owner")];
    assert_eq!(browser.call::<InviteMember>(&fields).await.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.call::<GetTeam>(&[("org", "sauti")]).await.status, StatusCode::OK);
}

#[sqlx::test]
async fn a_form_without_fields_is_answered_at_the_fields(pool: PgPool) {
    let stage = Stage::new(pool);
    let ann = stage.a_person("ann@example.org").await;
    let mut browser = Browser::of(&stage, &ann);
    let answer = browser.call::<FoundOrg>(&[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    let made = browser.submit::<FoundOrg>(&[("form[name]", "Sauti"), ("form[country]", "KE")]).await;
    assert_eq!(made.location(), "/desk/sauti");
}
