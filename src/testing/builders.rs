//! Scenes: an organizer with an owner, an event with ticket types, in a line each.

use std::{
    future::{Future, IntoFuture},
    pin::Pin,
};

use super::Stage;
use crate::{
    kernel::{AccountId, EventId, Instant, OrgId, PoolId, TicketTypeId},
    orgs::{Role, Staff},
    tickets::make_event_key,
};

/// An event on the stage.
#[derive(Clone, Debug)]
pub struct SceneEvent {
    pub org_id: OrgId,
    pub event_id: EventId,
    pub slug: String,
    /// In the order in which they were asked for.
    pub types: Vec<TicketTypeId>,
}

/// An event to be: `stage.an_event(&staff).ticket("Regular", 150_000, 10).published().await`.
pub struct EventBuilder {
    stage: Stage,
    org_id: OrgId,
    title: String,
    starts_in_days: i64,
    tickets: Vec<(String, i64, i32)>,
    is_published: bool,
}

impl Stage {
    /// An account that has confirmed its address `<name>@example.org`.
    pub async fn an_account(&self, name: &str) -> AccountId {
        let id = AccountId::fresh();
        sqlx::query!(
            "insert into account (account_id, email, name, password_hash, confirmed_at)
             values ($1, $2, $3, 'none', now())",
            id.0,
            format!("{name}@example.org"),
            name,
        )
        .execute(&self.app.db)
        .await
        .expect("an account");
        id
    }

    /// An organizer and its owner, who is made with it.
    pub async fn an_org(&self, slug: &str) -> (OrgId, Staff) {
        let org_id = OrgId::fresh();
        sqlx::query!("insert into org (org_id, slug, name, country) values ($1, $2, $2, 'KE')", org_id.0, slug,)
            .execute(&self.app.db)
            .await
            .expect("an organizer");
        let owner = self.a_member(org_id, slug, Role::Owner).await;
        (org_id, owner)
    }

    /// A fresh account in an organizer's team.
    pub async fn a_member(&self, org_id: OrgId, slug: &str, role: Role) -> Staff {
        let account_id = self.an_account(&format!("{role}-{slug}")).await;
        self.join(org_id, account_id, role).await;
        Staff { org_id, account_id, role, org_name: slug.to_owned(), slug: slug.to_owned() }
    }

    /// Puts an account into an organizer's team.
    pub async fn join(&self, org_id: OrgId, account_id: AccountId, role: Role) {
        sqlx::query!(
            "insert into member (org_id, account_id, role) values ($1, $2, $3)
             on conflict (org_id, account_id) do update set role = excluded.role",
            org_id.0,
            account_id.0,
            role.as_str(),
        )
        .execute(&self.app.db)
        .await
        .expect("a member");
    }

    /// An event of an organizer in Nairobi, a draft in seven days unless it is told otherwise.
    pub fn an_event(&self, staff: &Staff) -> EventBuilder {
        EventBuilder {
            stage: self.clone(),
            org_id: staff.org_id,
            title: "Sauti Night".to_owned(),
            starts_in_days: 7,
            tickets: Vec::new(),
            is_published: false,
        }
    }
}

impl EventBuilder {
    #[must_use]
    pub fn title(mut self, title: &str) -> Self {
        title.clone_into(&mut self.title);
        self
    }

    /// Days from the stage's now to the start; negative for the past. The event lasts four hours.
    #[must_use]
    pub const fn starts_in_days(mut self, days: i64) -> Self {
        self.starts_in_days = days;
        self
    }

    /// Puts a ticket type with a pool of its own on sale.
    #[must_use]
    pub fn ticket(mut self, name: &str, price_minor: i64, capacity: i32) -> Self {
        self.tickets.push((name.to_owned(), price_minor, capacity));
        self
    }

    #[must_use]
    pub const fn published(mut self) -> Self {
        self.is_published = true;
        self
    }

    async fn build(self) -> SceneEvent {
        let event_id = EventId::fresh();
        let slug = format!("event-{}", event_id.0.simple());
        self.insert_event(event_id, &slug).await;
        let mut types = Vec::new();
        for (place, ticket) in self.tickets.iter().enumerate() {
            types.push(self.insert_type(event_id, i32::try_from(place).expect("few types"), ticket).await);
        }
        SceneEvent { org_id: self.org_id, event_id, slug, types }
    }

    async fn insert_event(&self, event_id: EventId, slug: &str) {
        let starts_at = self.stage.app.now().plus_secs(self.starts_in_days * 24 * 60 * 60);
        let reference = i64::from(u32::from_be_bytes(crate::platform::secrets::random()));
        let mut tx = self.stage.app.begin().await.expect("a transaction");
        sqlx::query!(
            "insert into event (org_id, event_id, slug, reference, title, category, venue, place, country,
                                starts_at, ends_at, zone, currency, state, published_at)
             values ($1, $2, $3, $4, $5, 'music', 'The Alchemist', 'Nairobi', 'KE',
                     $6, $7, 'Africa/Nairobi', $8, $9, case when $9 = 'published' then now() end)",
            self.org_id.0,
            event_id.0,
            slug,
            reference,
            self.title,
            starts_at as Instant,
            starts_at.plus_mins(4 * 60) as Instant,
            "KES",
            if self.is_published { "published" } else { "draft" },
        )
        .execute(&mut *tx)
        .await
        .expect("an event");
        sqlx::query!(
            "insert into event_directory (slug, reference, org_id, event_id) values ($1, $2, $3, $4)",
            slug,
            reference,
            self.org_id.0,
            event_id.0,
        )
        .execute(&mut *tx)
        .await
        .expect("an address");
        if self.is_published {
            make_event_key(&mut tx, &self.stage.app, self.org_id, event_id).await.expect("a key");
        }
        tx.commit().await.expect("a commit");
    }

    async fn insert_type(&self, event_id: EventId, place: i32, ticket: &(String, i64, i32)) -> TicketTypeId {
        let (name, price_minor, capacity) = ticket;
        let id = TicketTypeId::fresh();
        sqlx::query!(
            "with pool as (
                 insert into pool (org_id, pool_id, event_id, name, capacity, own_type) values ($1, $4, $2, $5, $6, $3)
             ), type as (
                 insert into ticket_type (org_id, ticket_type_id, event_id, product, name, price_minor, currency, position)
                 values ($1, $3, $2, $7, $5, $8, $9, $7)
             )
             insert into ticket_type_pool (org_id, ticket_type_id, pool_id) values ($1, $3, $4)",
            self.org_id.0,
            event_id.0,
            id.0,
            PoolId::fresh().0,
            name,
            capacity,
            place,
            price_minor,
            "KES",
        )
        .execute(&self.stage.app.db)
        .await
        .expect("a ticket type");
        id
    }
}

impl IntoFuture for EventBuilder {
    type Output = SceneEvent;
    type IntoFuture = Pin<Box<dyn Future<Output = SceneEvent> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.build())
    }
}

#[sqlx::test]
async fn a_scene_has_what_it_was_asked_for(pool: sqlx::PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).ticket("Regular", 150_000, 10).ticket("VIP", 500_000, 2).published().await;
    assert_eq!(event.types.len(), 2);
}
