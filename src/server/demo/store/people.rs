//! account, org, member, event, `event_directory`.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    error::Result,
    kernel::{Instant, OrgId},
};

/// Whether anything is in the database that somebody might miss.
pub async fn has_rows(tx: &mut PgConnection) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select (exists (select 1 from account) or exists (select 1 from org) or exists (select 1 from orders)) as "found!""#,
    )
    .fetch_one(tx)
    .await?;
    Ok(found)
}

pub async fn has_account(tx: &mut PgConnection, email: &str) -> Result<bool> {
    let found = sqlx::query_scalar!(r#"select exists (select 1 from account where email = $1) as "found!""#, email)
        .fetch_one(tx)
        .await?;
    Ok(found)
}

/// Somebody who can sign in.
pub struct NewAccount<'a> {
    pub account_id: Uuid,
    pub email: &'a str,
    pub name: &'a str,
    pub password_hash: String,
}

pub async fn insert_account(tx: &mut PgConnection, new: &NewAccount<'_>) -> Result<()> {
    sqlx::query!(
        "insert into account (account_id, email, name, password_hash, confirmed_at)
         values ($1, $2, $3, $4, now())",
        new.account_id,
        new.email,
        new.name,
        new.password_hash,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// An organizer.
pub struct NewOrg<'a> {
    pub org_id: OrgId,
    pub slug: &'a str,
    pub name: &'a str,
    pub country: &'a str,
    pub about: &'a str,
}

pub async fn insert_org(tx: &mut PgConnection, new: &NewOrg<'_>) -> Result<()> {
    sqlx::query!(
        "insert into org (org_id, slug, name, country, about)
         values ($1, $2, $3, $4, $5)",
        new.org_id.0,
        new.slug,
        new.name,
        new.country,
        new.about,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn insert_member(tx: &mut PgConnection, org_id: OrgId, account_id: Uuid, role: &str) -> Result<()> {
    sqlx::query!("insert into member (org_id, account_id, role) values ($1, $2, $3)", org_id.0, account_id, role)
        .execute(tx)
        .await?;
    Ok(())
}

/// An event.
pub struct NewEvent<'a> {
    pub org_id: OrgId,
    pub event_id: Uuid,
    pub slug: String,
    pub reference: u32,
    pub title: &'a str,
    pub summary: &'a str,
    pub description_md: &'a str,
    pub description_html: String,
    pub category: &'a str,
    pub venue: &'a str,
    pub place: &'a str,
    pub country: &'a str,
    pub zone: &'a str,
    pub currency: &'a str,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub opened: Option<Instant>,
}

/// Adds an event and its address.
pub async fn insert_event(tx: &mut PgConnection, new: &NewEvent<'_>) -> Result<()> {
    sqlx::query!(
        "with address as (
             insert into event_directory (slug, reference, org_id, event_id)
             values ($3, $4, $1, $2)
         )
         insert into event (org_id, event_id, slug, reference, title, summary, description_md, description_html, category,
                            venue, place, country, zone, currency, starts_at, ends_at, published_at, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
                 case when $17::timestamptz is null then 'draft' else 'published' end)",
        new.org_id.0,
        new.event_id,
        new.slug,
        i64::from(new.reference),
        new.title,
        new.summary,
        new.description_md,
        new.description_html,
        new.category,
        new.venue,
        new.place,
        new.country,
        new.zone,
        new.currency,
        new.starts_at as Instant,
        new.ends_at as Instant,
        new.opened as Option<Instant>,
    )
    .execute(tx)
    .await?;
    Ok(())
}
