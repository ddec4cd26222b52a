//! org, member, invitation, `invitation_directory`.

use sqlx::PgConnection;

use super::{
    guard::Staff,
    model::{Invitation, Member, Membership, NewOrg, Org, OrgRefusal},
    permission::Role,
};
use crate::{
    error::{AppError, Result},
    kernel::{AccountId, EmailAddress, Instant, InvitationId, OrgId, Slug, ZoneName},
    platform::{
        db::{OnConstraint, Tx},
        zone::local_time,
    },
};

/// Organizers that one account's list shows.
const MEMBERSHIPS_MAX: i64 = 100;

/// Reads a role as it is stored; the table's constraint allows no other.
fn role(word: &str) -> Result<Role> {
    word.parse().map_err(|error: super::permission::UnknownRole| AppError::fault(&error))
}

pub async fn find_staff(db: &mut PgConnection, slug: &str, account_id: AccountId) -> Result<Option<Staff>> {
    let row = sqlx::query!(
        r#"select org.org_id as "org_id: OrgId", org.name, org.slug, member.role
             from org
             join member using (org_id)
            where org.slug = $1 and member.account_id = $2"#,
        slug,
        account_id.0,
    )
    .fetch_optional(db)
    .await?;
    let staff = row.map(|row| {
        Ok(Staff { org_id: row.org_id, account_id, role: role(&row.role)?, org_name: row.name, slug: row.slug })
    });
    staff.transpose()
}

pub async fn get_org(db: &mut PgConnection, org_id: OrgId) -> Result<Org> {
    let org = sqlx::query_as!(
        Org,
        r#"select org_id as "org_id: OrgId", slug, name, country, about
             from org
            where org_id = $1"#,
        org_id.0,
    )
    .fetch_one(db)
    .await?;
    Ok(org)
}

pub async fn list_memberships(db: &mut PgConnection, account_id: AccountId, now: Instant) -> Result<Vec<Membership>> {
    let rows = sqlx::query!(
        r#"select org.slug, org.name, org.country, member.role,
                  (select count(*)
                     from event
                    where event.org_id = org.org_id and event.state = 'published' and event.ends_at > $2
                  ) as "events_ahead!"
             from member
             join org using (org_id)
            where member.account_id = $1
            order by org.name, org.org_id
            limit $3"#,
        account_id.0,
        now as Instant,
        MEMBERSHIPS_MAX,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Membership {
                slug: row.slug,
                name: row.name,
                country: row.country,
                role: role(&row.role)?,
                events_ahead: row.events_ahead,
            })
        })
        .collect()
}

/// Gives the slug's fate: `false` when somebody else has it.
pub async fn insert_org(tx: &mut Tx, org_id: OrgId, slug: &Slug, new: &NewOrg) -> Result<bool> {
    let done = sqlx::query!(
        "insert into org (org_id, slug, name, country, about)
         values ($1, $2, $3, $4, $5)
         on conflict (slug) do nothing",
        org_id.0,
        slug.as_str(),
        new.name.as_str(),
        new.country,
        new.about.as_str(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn update_org(tx: &mut Tx, org_id: OrgId, new: &NewOrg) -> Result<()> {
    sqlx::query!(
        "update org
            set name = $2, country = $3, about = $4
          where org_id = $1",
        org_id.0,
        new.name.as_str(),
        new.country,
        new.about.as_str(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Locks the organizer's row: whoever changes a team does it alone.
pub async fn lock_team(tx: &mut Tx, org_id: OrgId) -> Result<()> {
    sqlx::query!("select org_id from org where org_id = $1 for update", org_id.0).fetch_one(&mut **tx).await?;
    Ok(())
}

pub async fn list_members(db: &mut PgConnection, org_id: OrgId, limit: i64) -> Result<Vec<Member>> {
    let rows = sqlx::query!(
        r#"select account.account_id as "account_id: AccountId", account.name, account.email, member.role
             from member
             join account using (account_id)
            where member.org_id = $1
            order by member.created_at, account.account_id
            limit $2"#,
        org_id.0,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| Ok(Member { account_id: row.account_id, name: row.name, email: row.email, role: role(&row.role)? }))
        .collect()
}

pub async fn find_role(tx: &mut Tx, org_id: OrgId, account_id: AccountId) -> Result<Option<Role>> {
    let word =
        sqlx::query_scalar!("select role from member where org_id = $1 and account_id = $2", org_id.0, account_id.0,)
            .fetch_optional(&mut **tx)
            .await?;
    word.map(|word| role(&word)).transpose()
}

pub async fn count_owners(tx: &mut Tx, org_id: OrgId) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from member where org_id = $1 and role = 'owner'"#,
        org_id.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(count)
}

/// Counts members and open invitations.
pub async fn count_places(tx: &mut Tx, org_id: OrgId) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select (select count(*) from member where org_id = $1)
                + (select count(*) from invitation where org_id = $1 and accepted_at is null) as "count!""#,
        org_id.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(count)
}

pub async fn is_member_by_email(tx: &mut Tx, org_id: OrgId, email: &EmailAddress) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select exists (
               select from member
                 join account using (account_id)
                where member.org_id = $1 and account.email = $2
           ) as "found!""#,
        org_id.0,
        email.as_str(),
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(found)
}

pub async fn insert_member(tx: &mut Tx, org_id: OrgId, account_id: AccountId, role: Role) -> Result<()> {
    sqlx::query!(
        "insert into member (org_id, account_id, role)
         values ($1, $2, $3)",
        org_id.0,
        account_id.0,
        role.as_str(),
    )
    .execute(&mut **tx)
    .await
    .on_constraint("member_pkey", OrgRefusal::AlreadyMember)?;
    Ok(())
}

pub async fn update_role(tx: &mut Tx, org_id: OrgId, account_id: AccountId, role: Role) -> Result<()> {
    sqlx::query!(
        "update member set role = $3 where org_id = $1 and account_id = $2",
        org_id.0,
        account_id.0,
        role.as_str(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn delete_member(tx: &mut Tx, org_id: OrgId, account_id: AccountId) -> Result<()> {
    sqlx::query!("delete from member where org_id = $1 and account_id = $2", org_id.0, account_id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Who invites: a name for the mail, and the language of it.
pub struct Inviter {
    pub name: String,
    pub locale: String,
}

pub async fn get_inviter(tx: &mut Tx, account_id: AccountId) -> Result<Inviter> {
    let inviter = sqlx::query_as!(Inviter, "select name, locale from account where account_id = $1", account_id.0)
        .fetch_one(&mut **tx)
        .await?;
    Ok(inviter)
}

/// An invitation about to be mailed; only the hash of its token is stored.
pub struct NewInvitation<'a> {
    pub invitation_id: InvitationId,
    pub email: &'a EmailAddress,
    pub role: Role,
    pub token_hash: &'a [u8],
    pub expires_at: Instant,
}

/// Offers a place; an open offer to the same address is replaced, so that only the newest link is good.
pub async fn upsert_invitation(tx: &mut Tx, staff: &Staff, new: &NewInvitation<'_>) -> Result<InvitationId> {
    let id = sqlx::query_scalar!(
        r#"insert into invitation (org_id, invitation_id, email, role, token_hash, invited_by, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (org_id, email) where accepted_at is null
           do update
              set role = excluded.role, token_hash = excluded.token_hash,
                  invited_by = excluded.invited_by, expires_at = excluded.expires_at
           returning invitation_id as "invitation_id: InvitationId""#,
        staff.org_id.0,
        new.invitation_id.0,
        new.email.as_str(),
        new.role.as_str(),
        new.token_hash,
        staff.account_id.0,
        new.expires_at as Instant,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(id)
}

pub async fn insert_invitation_address(tx: &mut Tx, org_id: OrgId, id: InvitationId, token_hash: &[u8]) -> Result<()> {
    sqlx::query!(
        "insert into invitation_directory (token_hash, org_id, invitation_id)
         values ($1, $2, $3)",
        token_hash,
        org_id.0,
        id.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn list_invitations(db: &mut PgConnection, org_id: OrgId, zone: &ZoneName) -> Result<Vec<Invitation>> {
    let rows = sqlx::query!(
        r#"select invitation_id as "invitation_id: InvitationId", email, role, expires_at
             from invitation
            where org_id = $1 and accepted_at is null
            order by created_at, invitation_id
            limit $2"#,
        org_id.0,
        super::model::TEAM_MAX,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Invitation {
                invitation_id: row.invitation_id,
                email: row.email,
                role: role(&row.role)?,
                until: local_time(row.expires_at, zone),
            })
        })
        .collect()
}

pub async fn delete_invitation(tx: &mut Tx, org_id: OrgId, id: InvitationId) -> Result<bool> {
    let done = sqlx::query!(
        "delete from invitation
          where org_id = $1 and invitation_id = $2 and accepted_at is null",
        org_id.0,
        id.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// An open invitation, found by its token.
pub struct OpenInvitation {
    pub org_id: OrgId,
    pub invitation_id: InvitationId,
    pub org_name: String,
    pub org_slug: String,
    pub email: String,
    pub role: Role,
    pub expires_at: Instant,
}

/// The row is not locked: `mark_accepted` lets one caller win.
pub async fn find_open_invitation(db: &mut PgConnection, token_hash: &[u8]) -> Result<Option<OpenInvitation>> {
    let row = sqlx::query!(
        r#"select org.org_id as "org_id: OrgId", org.name, org.slug,
                  invitation.invitation_id as "invitation_id: InvitationId",
                  invitation.email, invitation.role, invitation.expires_at
             from invitation_directory
             join invitation using (org_id, invitation_id)
             join org using (org_id)
            where invitation_directory.token_hash = $1
              and invitation.token_hash = $1
              and invitation.accepted_at is null"#,
        token_hash,
    )
    .fetch_optional(db)
    .await?;
    let open = row.map(|row| {
        Ok(OpenInvitation {
            org_id: row.org_id,
            invitation_id: row.invitation_id,
            org_name: row.name,
            org_slug: row.slug,
            email: row.email,
            role: role(&row.role)?,
            expires_at: row.expires_at,
        })
    });
    open.transpose()
}

/// Gives `false` when somebody was quicker.
pub async fn mark_accepted(tx: &mut Tx, org_id: OrgId, id: InvitationId, now: Instant) -> Result<bool> {
    let done = sqlx::query!(
        "update invitation
            set accepted_at = $3
          where org_id = $1 and invitation_id = $2 and accepted_at is null",
        org_id.0,
        id.0,
        now as Instant,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
