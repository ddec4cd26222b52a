//! A shop: a stage with a published event, a simulator that plays M-Pesa, and a port for its callbacks.

use std::{
    net::{IpAddr, Ipv4Addr},
    time::Duration,
};

use sqlx::PgPool;
use tokio::net::TcpListener;

use super::{SceneEvent, Stage};
use crate::{
    accounts::guard::Visitor,
    error::Result,
    kernel::SecretText,
    orders::{self, ContactForm, HoldForm, OrderPage, OrderState, WishForm},
    orgs::Staff,
    platform::{language::Language, state::AppState, task},
    server,
    sim::{Options, Simulator},
};

/// Phones whose last digits tell the simulator what their holders do.
pub const PAYS: &str = "0712340007";
pub const DECLINES: &str = "0712340005";
pub const PAYS_THRICE: &str = "0712340008";
pub const CALLBACK_LOST: &str = "0712340004";
pub const PAYS_LATE: &str = "0712340003";
pub const NEVER_ANSWERS: &str = "0712340006";

/// How often a shop looks whether something has happened: 50 ms apart, so ten seconds at most.
const LOOKS: usize = 200;

/// Somebody who is not signed in.
pub fn a_visitor() -> Visitor {
    Visitor { session: None, address: IpAddr::V4(Ipv4Addr::LOCALHOST), language: Language::En, agent: String::new() }
}

pub struct Shop {
    pub stage: Stage,
    pub owner: Staff,
    pub event: SceneEvent,
    pub door: String,
}

impl Shop {
    /// A shop with one ticket type of `KSh` 1,500 and so many of them.
    pub async fn open(pool: PgPool, capacity: i32) -> Self {
        Self::with_price(pool, capacity, 150_000).await
    }

    pub async fn with_price(pool: PgPool, capacity: i32, price_minor: i64) -> Self {
        Self::with_simulator(pool, Options::for_tests(), (capacity, price_minor)).await
    }

    /// A shop whose M-Pesa is played as the options say.
    pub async fn with_simulator(pool: PgPool, options: Options, (capacity, price_minor): (i32, i64)) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let simulator = Simulator::bind(options).await.expect("a simulator");
        let sim = format!("http://{}", simulator.addr().expect("an address"));
        task::spawn(simulator.run(std::future::pending()));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let door = format!("http://{}", listener.local_addr().expect("an address"));
        let stage = Stage::with_config(pool, |config| {
            config.mpesa.base_url = format!("{sim}/daraja");
            config.mpesa.callback_origin = Some(door.clone());
        });
        let routes = server::webhook_routes(stage.app.clone());
        task::spawn(async move { axum::serve(listener, routes).await });
        let (_, owner) = stage.an_org("sauti").await;
        let event = stage.an_event(&owner).ticket("Regular", price_minor, capacity).published().await;
        Self { stage, owner, event, door }
    }

    /// Holds so many tickets under a key of its own; gives the order's token.
    pub async fn hold(&self, quantity: u32) -> Result<String> {
        self.hold_as(quantity, &crate::platform::secrets::random_token()).await
    }

    pub async fn hold_as(&self, quantity: u32, key: &str) -> Result<String> {
        self.hold_on(&self.stage.app, quantity, key).await
    }

    /// The same at a certain node.
    pub async fn hold_on(&self, node: &AppState, quantity: u32, key: &str) -> Result<String> {
        let wish = WishForm { ticket_type: self.event.types[0].to_string(), quantity: quantity.to_string() };
        let form =
            HoldForm { event: self.event.slug.clone(), key: key.to_owned(), code: String::new(), wishes: vec![wish] };
        orders::start(node, &a_visitor(), Language::En, &form).await
    }

    /// Pays an order from a phone and rings it.
    pub async fn pay(&self, token: &str, phone: &str) -> Result<()> {
        self.ask(token, phone).await?;
        self.stage.drain_jobs().await;
        Ok(())
    }

    /// Takes an order's contact; its phone is rung by a job.
    pub async fn ask(&self, token: &str, phone: &str) -> Result<()> {
        let form = ContactForm {
            token: SecretText::new(token.to_owned()),
            key: crate::platform::secrets::random_token(),
            name: "Amina Otieno".into(),
            email: "amina@example.org".into(),
            phone: phone.into(),
        };
        orders::pay(&self.stage.app, &form).await
    }

    pub async fn page(&self, token: &str) -> OrderPage {
        orders::show(&self.stage.app, token).await.expect("the order's page")
    }

    /// Lets jobs run until the order is in a state.
    pub async fn until(&self, token: &str, state: OrderState) -> OrderPage {
        for _ in 0..LOOKS {
            self.stage.drain_jobs().await;
            let page = self.page(token).await;
            if page.state == state {
                return page;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{:?} instead of {state:?}", self.page(token).await.state);
    }

    /// Buys so many tickets from a phone that pays.
    pub async fn buy(&self, quantity: u32) -> String {
        let token = self.hold(quantity).await.expect("a hold");
        self.pay(&token, PAYS).await.expect("a prompt");
        self.until(&token, OrderState::Paid).await;
        token
    }

    /// Has the desk give an order's money back, and waits until it is there.
    pub async fn refund(&self, token: &str) {
        let mut tx = self.stage.app.begin().await.expect("a transaction");
        let found = orders::find_order_by_token(&mut tx, token).await.expect("a row").expect("an order");
        drop(tx);
        orders::refund(&self.stage.app, &self.owner, found.1).await.expect("refunded");
        for _ in 0..LOOKS {
            self.stage.drain_jobs().await;
            let open = sqlx::query_scalar!("select 1 from refund where state <> 'succeeded'")
                .fetch_optional(&self.stage.app.db)
                .await
                .expect("refunds");
            if open.is_none() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the refund did not end");
    }

    /// Lets one valid ticket in, at a gate of its own.
    pub async fn admit_one(&self) {
        sqlx::query!(
            "with ticket as (select org_id, event_id, ticket_id from ticket where state = 'valid' limit 1),
                  list as (insert into check_in_list (org_id, list_id, event_id, name)
                           select org_id, gen_random_uuid(), event_id, 'Main' from ticket returning list_id),
                  device as (insert into gate_device (org_id, device_id, event_id, list_id, name, token_hash, expires_at)
                             select org_id, gen_random_uuid(), event_id, list_id, 'North', 'x', now() from ticket, list
                             returning device_id),
                  scan as (insert into scan (org_id, scan_id, event_id, list_id, device_id, device_seq, ticket_id, code_hash, verdict, scanned_at)
                           select org_id, gen_random_uuid(), event_id, list_id, device_id, 1, ticket_id, 'planted'::bytea, 'admitted', now()
                             from ticket, list, device returning scan_id)
             insert into admission (org_id, list_id, ticket_id, entry_no, event_id, scan_id, admitted_at)
             select org_id, list_id, ticket_id, 1, event_id, scan_id, now() from ticket, list, scan"
        )
        .execute(&self.stage.app.db)
        .await
        .expect("admitted");
    }

    /// Makes jobs that wait for their time due now.
    pub async fn hasten(&self) {
        sqlx::query!("update job set run_at = clock_timestamp() where done_at is null and failed_at is null")
            .execute(&self.stage.app.db)
            .await
            .expect("hastened");
        self.stage.drain_jobs().await;
    }

    /// Lets every hold run out.
    pub async fn let_holds_end(&self) {
        sqlx::query!("update hold set expires_at = clock_timestamp() - interval '1 second' where state = 'active'")
            .execute(&self.stage.app.db)
            .await
            .expect("ended");
        orders::sweep(&self.stage.app).await.expect("swept");
    }

    /// Puts a waiting room in front of the event, with one place that is taken and two people in line.
    pub async fn put_room(&self) {
        sqlx::query(
            "with seeded as (select sha256('planted') as seed),
                  room as (insert into waiting_room (org_id, event_id, opens_at, ceiling, places, inside, seed, seed_hash, last_lot, drawn_to, called_to)
                           select org_id, event_id, now(), 1, 1, 1, seed, sha256(seed), 3, 0, 1 from event, seeded where slug = $1)
             insert into waiting_visitor (org_id, event_id, lot, browser_hash, number, called_at, entered_at, ends_at)
             select org_id, event_id, lot, sha256(lot::text::bytea), lot, seat.at, seat.at, seat.at + interval '5 minutes'
               from event, generate_series(1, 3) as lot, lateral (select case when lot = 1 then now() end as at) as seat
              where slug = $1",
        )
        .bind(&self.event.slug)
        .execute(&self.stage.app.db)
        .await
        .expect("a room");
    }

    /// Takes a promise away from the database, for tests that prove that it is needed.
    pub async fn drop_constraint(&self, table: &str, name: &str) {
        let text = format!("alter table {table} drop constraint {name}");
        sqlx::query(sqlx::AssertSqlSafe(text)).execute(&self.stage.app.db).await.expect("dropped");
    }

    /// The auditor's findings, by the names of the broken promises.
    pub async fn broken_promises(&self) -> Vec<String> {
        let report = server::audit(&self.stage.app.db).await.expect("a report");
        assert!(report.checks > 30, "the auditor has its checks");
        report.breaches.into_iter().map(|breach| breach.check).collect()
    }

    /// Every promise is kept.
    pub async fn audit(&self) {
        let report = server::audit(&self.stage.app.db).await.expect("a report");
        assert!(report.breaches.is_empty(), "{:#?}", report.breaches);
    }
}
