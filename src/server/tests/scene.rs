//! Two organizers with one of everything, and the browsers of those who come to the site.

use std::collections::BTreeMap;

use sqlx::PgPool;

use super::forms::{Form, Who};
use crate::{
    kernel::{AccountId, OrgId, VenueId},
    orgs::Role,
    platform::secrets,
    testing::{Ago, Answer, Browser, SceneEvent, shop::Shop},
    venues::{self, VenueForm, plan::Plan},
};

pub const DATA: &str = "application/json";
pub const PAGE: &str = "text/html";

/// A site with two organizers, `sauti` and `koroga`; the browsers belong to people of the first.
pub struct Scene {
    pub shop: Shop,
    pub visitor: Browser,
    pub owner: Browser,
    pub gate: Browser,
    /// What `{event}` and the like stand for; `their event` is the other organizer's.
    names: BTreeMap<String, String>,
}

/// The address of a server function.
pub fn path_of(name: &str) -> String {
    let named = |path: &&str| path.trim_end_matches(|c: char| c.is_ascii_digit()) == format!("/api/fn/{name}");
    let paths: Vec<_> = server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    paths.iter().find(|path| named(path)).unwrap_or_else(|| panic!("there is no {name}")).to_string()
}

impl Scene {
    pub async fn open(pool: PgPool) -> Self {
        let shop = Shop::open(pool, 500).await;
        let (_, their_owner) = shop.stage.an_org("koroga").await;
        let theirs = shop.stage.an_event(&their_owner).ticket("Regular", 100, 50).published().await;
        let mut scene = Self {
            visitor: Browser::new(&shop.stage),
            owner: Browser::new(&shop.stage),
            gate: Browser::new(&shop.stage),
            names: BTreeMap::new(),
            shop,
        };
        scene.furnish("their ", &theirs, "koroga").await;
        let ours = scene.shop.event.clone();
        scene.furnish("", &ours, "sauti").await;
        let token = scene.shop.hold(1).await.expect("a hold");
        scene.name("token", token);
        scene.name("mailed", "a-mailed-link".to_owned());
        sqlx::query(
            "insert into mailed_link (token_hash, account_id, purpose, expires_at)
             select $1, account_id, 'reset', now() + interval '1 day' from account where email = 'owner@sauti.example'",
        )
        .bind(secrets::digest("a-mailed-link"))
        .execute(&scene.shop.stage.app.db)
        .await
        .expect("a link");
        scene
    }

    fn name(&mut self, name: &str, value: impl ToString) {
        self.names.insert(name.to_owned(), value.to_string());
    }

    /// Gives an organizer one of everything and remembers the names of it.
    async fn furnish(&mut self, whose: &str, event: &SceneEvent, slug: &str) {
        let stage = self.shop.stage.clone();
        let boss = stage.a_person(&format!("owner@{slug}.example")).await;
        stage.join(event.org_id, boss.account_id, Role::Owner).await;
        let helper = stage.an_account(&format!("helper-{slug}")).await;
        stage.join(event.org_id, helper, Role::Support).await;
        self.owner = Browser::of(&stage, &boss);
        let sale = stage.a_sale(event, (event.types[0], 1, 150_000), Ago(60)).await;
        for (name, value) in [
            ("org", slug.to_owned()),
            ("event", event.event_id.to_string()),
            ("slug", event.slug.clone()),
            ("type", event.types[0].to_string()),
            ("order", sale.order_id.to_string()),
            ("account", helper.to_string()),
            ("ticket", sale.tickets[0].to_string()),
        ] {
            self.name(&format!("{whose}{name}"), value);
        }
        self.set_stock_aside(whose, event).await;
        self.seat(whose, event.org_id, boss.account_id).await;
        self.pair(whose).await;
        let invite = [("org", slug), ("form[email]", "new@example.org"), ("form[role]", "finance")];
        self.owner.post(&path_of("invite_member"), &invite, DATA).await;
        let (id,): (uuid::Uuid,) = sqlx::query_as("select invitation_id from invitation where org_id = $1")
            .bind(event.org_id.0)
            .fetch_one(&stage.app.db)
            .await
            .expect("an invitation");
        self.name(&format!("{whose}invitation"), id);
        let (id,): (uuid::Uuid,) =
            sqlx::query_as("select message_id from message limit 1").fetch_one(&stage.app.db).await.expect("a mail");
        self.name("message", id);
    }

    /// Gives an event an access code, and a shared pool of which something is set aside.
    async fn set_stock_aside(&mut self, whose: &str, event: &SceneEvent) {
        let (pool_id, block_id) = (uuid::Uuid::now_v7(), uuid::Uuid::now_v7());
        sqlx::query(
            "with room as (insert into pool (org_id, pool_id, event_id, name, capacity, blocked) values ($1, $2, $3, 'Room', 900, 5))
             , access as (insert into access_code (org_id, code_id, event_id, code, uses_max) values ($1, $2, $3, 'VIP1', 5))
             insert into stock_block (org_id, block_id, pool_id, quantity, reason) values ($1, $4, $2, 5, 'Press')",
        )
        .bind(event.org_id.0)
        .bind(pool_id)
        .bind(event.event_id.0)
        .bind(block_id)
        .execute(&self.shop.stage.app.db)
        .await
        .expect("a room");
        self.wait_in_line(whose, event).await;
        self.name(&format!("{whose}access"), pool_id);
        self.name("vip", "VIP1");
        self.name(&format!("{whose}pool"), pool_id);
        self.name(&format!("{whose}block"), block_id);
    }

    /// Gives an event a ticket type that is sold out, and somebody who waits for it.
    async fn wait_in_line(&mut self, whose: &str, event: &SceneEvent) {
        let (type_id, token) = (uuid::Uuid::now_v7(), secrets::random_token());
        sqlx::query(
            "with kind as (
                 insert into ticket_type (org_id, ticket_type_id, event_id, product, name, price_minor, currency, position)
                 values ($1, $3, $2, 900, 'Gone', 100, 'KES', 900)
             ), stock as (
                 insert into pool (org_id, pool_id, event_id, name, capacity, own_type) values ($1, $3, $2, 'Gone', 0, $3)
             ), draw as (
                 insert into ticket_type_pool (org_id, ticket_type_id, pool_id) values ($1, $3, $3)
             ), link as (
                 insert into waitlist_link (link_hash, org_id, entry_id) values ($4, $1, $3)
             )
             insert into waitlist_entry (org_id, entry_id, event_id, ticket_type_id, email, size)
             values ($1, $3, $2, $3, 'wait@example.org', 2)",
        )
        .bind(event.org_id.0)
        .bind(event.event_id.0)
        .bind(type_id)
        .bind(secrets::digest(&token))
        .execute(&self.shop.stage.app.db)
        .await
        .expect("a line");
        self.name(&format!("{whose}gone"), type_id);
        self.name(&format!("{whose}place"), token);
    }

    /// Gives an organizer a venue with a map.
    async fn seat(&mut self, whose: &str, org_id: OrgId, made_by: AccountId) {
        let venue = (org_id, VenueId::fresh());
        let (plan, _) = Plan::read(b"section,row,seat\nA,1,1\nA,1,2\n").expect("a plan");
        let new = VenueForm { name: "Hall".into(), place: "Nairobi".into() }.parse().expect("a venue");
        let mut tx = self.shop.stage.app.begin().await.expect("a transaction");
        venues::insert_venue(&mut tx, venue, &new).await.expect("a venue");
        venues::keep_map(&mut tx, venue, made_by, &venues::new_map(&plan, "hall.csv")).await.expect("a map");
        tx.commit().await.expect("a commit");
        self.name(&format!("{whose}venue"), venue.1);
    }

    /// Pairs the gate's phone with an organizer's event.
    async fn pair(&mut self, whose: &str) {
        let (org, event) = (self.fill(&format!("{{{whose}org}}")), self.fill(&format!("{{{whose}event}}")));
        let about = [("org", org.as_str()), ("event", event.as_str())];
        let list = self.add_list(&about).await;
        self.add_condition(whose, &[&about[..], &[("list", &list)]].concat()).await;
        let invited = [&about[..], &[("gate", "North"), ("list", &list), ("role", "steward")]].concat();
        let invited = self.owner.post(&path_of("invite_phone"), &invited, DATA).await;
        let pairing = invited.location().rsplit('=').next().expect("an id").to_owned();
        let shown = [&about[..], &[("pairing", &pairing)]].concat();
        let shown = self.owner.post(&path_of("show_pairing"), &shown, DATA).await;
        let shown: serde_json::Value = serde_json::from_str(&shown.body).expect("an invitation");
        let code = shown["code"].as_str().expect("a code").to_owned();
        let paired = self.gate.post(&path_of("pair_phone"), &[("code", &code)], DATA).await;
        let paired: serde_json::Value = serde_json::from_str(&paired.body).expect("a paired phone");
        self.gate.bearer = paired["token"].as_str().map(str::to_owned);
        self.name(&format!("{whose}pairing"), pairing);
        self.name(&format!("{whose}device"), paired["post"]["device_id"].as_str().expect("an id"));
        self.name("code", code);
    }

    /// Gives an event a list of its own, beside the one that every event has.
    async fn add_list(&mut self, about: &[(&str, &str)]) -> String {
        let rules = [
            ("form[name]", "Side door"),
            ("form[entries_max]", "1"),
            ("form[unpaid]", "refuse"),
            ("form[opens_before_mins]", "240"),
            ("form[closes_after_mins]", "0"),
        ];
        self.owner.post(&path_of("add_check_in_list"), &[about, &rules].concat(), DATA).await;
        let board = self.owner.post(&path_of("show_gates"), about, DATA).await;
        let board: serde_json::Value = serde_json::from_str(&board.body).expect("a board");
        board["lists"][1][0].as_str().expect("a list").to_owned()
    }

    /// Gives a list a condition, and remembers both and the day of their event.
    async fn add_condition(&mut self, whose: &str, about: &[(&str, &str)]) {
        let alert = [about, &[("form[kind]", "alert"), ("form[words]", "Coats")]].concat();
        self.owner.post(&path_of("add_list_condition"), &alert, DATA).await;
        let list = about.last().expect("a list").1;
        let (condition, day): (uuid::Uuid, String) = sqlx::query_as(
            "select condition_id, to_char(event.starts_at at time zone event.zone, 'YYYY-MM-DD')
               from check_in_condition
               join check_in_list using (org_id, list_id)
               join event using (org_id, event_id)
              where list_id = $1::uuid",
        )
        .bind(list)
        .fetch_one(&self.shop.stage.app.db)
        .await
        .expect("a condition");
        self.name(&format!("{whose}list"), list);
        self.name(&format!("{whose}condition"), condition);
        self.name("day", day);
    }

    /// A text with what its names stand for.
    pub fn fill(&self, text: &str) -> String {
        self.names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// A form as it should be.
    pub fn good(&self, form: &Form) -> Vec<(String, String)> {
        form.fields.iter().map(|(name, value, _)| ((*name).to_owned(), self.fill(value))).collect()
    }

    /// Sends a form, with no limit on how often.
    pub async fn send(&mut self, form: &Form, fields: &[(String, String)], accept: &str) -> Answer {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.send_body(form, crate::testing::encode(&fields), accept).await
    }

    /// Sends what no form would.
    pub async fn send_body(&mut self, form: &Form, body: impl Into<axum::body::Body>, accept: &str) -> Answer {
        sqlx::query("delete from rate_limit").execute(&self.shop.stage.app.db).await.expect("no limits");
        self.shop.stage.app.limits.forget();
        self.browser(form.who).post_body(&path_of(form.name), body, accept).await
    }

    pub const fn browser(&mut self, who: Who) -> &mut Browser {
        match who {
            Who::Visitor => &mut self.visitor,
            Who::Owner => &mut self.owner,
            Who::Gate => &mut self.gate,
        }
    }

    /// All that is written: of each table its rows, and a sum that changes with every one of them. Limits, and when
    /// somebody was last seen, are no effects of a form.
    pub async fn written(&self) -> Vec<(String, i64, i64)> {
        let db = &self.shop.stage.app.db;
        let tables: Vec<(String,)> = sqlx::query_as(
            "select table_name::text from information_schema.tables
              where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('rate_limit', 'session', '_sqlx_migrations')
              order by table_name",
        )
        .fetch_all(db)
        .await
        .expect("tables");
        assert!(tables.len() > 30, "{tables:?}");
        let parts: Vec<_> = tables
            .iter()
            .map(|(table,)| {
                let row = if table == "gate_device" { "one.device_id" } else { "one" };
                format!("select '{table}', count(*), coalesce(sum(hashtext({row}::text)::bigint), 0)::bigint from {table} one")
            })
            .collect();
        sqlx::query_as(sqlx::AssertSqlSafe(parts.join(" union all "))).fetch_all(db).await.expect("counts")
    }
}
