//! The real system, ready to be told the same commands: Postgres, the actions, the jobs, M-Pesa's simulator.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::atomic::{AtomicU16, Ordering},
    time::Duration,
};

use serde_json::{Value, json};
use sqlx::PgPool;

use super::{
    command::{Command, News},
    view::{self, View},
    world::{PRICES, Said, World},
};
use crate::{
    accounts::guard::Visitor,
    error::{AppError, Result},
    inventory::HoldRefusal,
    kernel::{FieldFault, OrgId, PaymentId, SecretText},
    orders::{self, CheckPayment, ContactForm, HoldForm, OrderRefusal, WishForm},
    orgs::Staff,
    payments::callback_secret,
    platform::{jobs, language::Language, secrets},
    sim::Options,
    testing::{SceneEvent, shop::Shop},
    tickets::{TicketTypeForm, change_type},
};

/// The names of the ticket types, in the order of their pools' names.
const NAMES: [&str; 2] = ["Regular", "VIP"];
/// Prompts stay on their phones for as long as any run lasts.
const PROMPT_SECS: u64 = 24 * 60 * 60;
/// Ahead of the database's clock, so that nothing that is to happen in minutes happens by itself in a slow run.
const AHEAD_SECS: i64 = 60 * 60;
/// Looks at a refund on its way, 5 ms apart.
const LOOKS: usize = 2_000;

/// One shop for all runs; each run has an organizer and an event of its own.
pub struct Rig {
    pub shop: Shop,
    phones: AtomicU16,
}

/// One run.
pub struct Run<'a> {
    rig: &'a Rig,
    staff: Staff,
    event: SceneEvent,
    /// The secret of each order's link, with the form that made it.
    orders: Vec<(String, HoldForm)>,
    payments: Vec<Attempt>,
}

/// A payment as its callbacks name it.
struct Attempt {
    org_id: OrgId,
    payment_id: PaymentId,
    phone: String,
    merchant: String,
    checkout: String,
    shillings: i64,
}

impl Rig {
    pub async fn open(pool: PgPool) -> Self {
        let shop =
            Shop::with_simulator(pool, Options { prompt_secs: PROMPT_SECS, ..Options::for_tests() }, (1, PRICES[0]))
                .await;
        shop.stage.app.clock.advance_secs(AHEAD_SECS);
        let rig = Self { shop, phones: AtomicU16::new(0) };
        // Nobody is told anything but by a command.
        rig.control("mode", &json!({"script": {"buyer": "ask", "callback": {"copies": 0}}})).await;
        rig
    }

    async fn control(&self, path: &str, body: &Value) {
        let url = format!("{}/_sim/{path}", self.simulator());
        let answer = self.shop.stage.app.http.post(url).json(body).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
    }

    fn simulator(&self) -> String {
        self.shop.stage.app.config.mpesa.base_url.replace("/daraja", "")
    }

    /// Opens a shop like the model's for one run.
    pub async fn begin(&self, world: &World) -> Run<'_> {
        let stage = &self.shop.stage;
        let (_, staff) = stage.an_org(&format!("run-{}", uuid::Uuid::now_v7().simple())).await;
        let mut event = stage.an_event(&staff);
        for (at, name) in NAMES.into_iter().enumerate() {
            event = event.ticket(name, PRICES[at], world.pools[at].capacity);
        }
        let event = event.published().await;
        // VIPs stand in the room of all.
        sqlx::query(
            "insert into ticket_type_pool (org_id, ticket_type_id, pool_id)
             select org_id, $2, pool_id from pool where event_id = $1 and name = 'Regular'",
        )
        .bind(event.event_id.0)
        .bind(event.types[1].0)
        .execute(&stage.app.db)
        .await
        .expect("a shared room");
        // Limits on requests are a matter of time, and tested elsewhere.
        self.write("delete from rate_limit").await;
        stage.app.limits.forget();
        Run { rig: self, staff, event, orders: Vec::new(), payments: Vec::new() }
    }

    /// Puts what a run has left undone to rest, so that the next one is alone.
    pub async fn rest(&self) {
        self.write("update job set done_at = clock_timestamp() where done_at is null").await;
    }

    async fn write(&self, text: &'static str) {
        sqlx::query(text).execute(&self.shop.stage.app.db).await.expect(text);
    }

    /// Lets everything happen that is due, and brings forward what is to be tried again.
    async fn settle(&self) {
        for _ in 0..2 {
            self.write(
                "update job set run_at = clock_timestamp(), attempts = 0
                  where done_at is null and failed_at is null and name <> 'check_payment'",
            )
            .await;
            self.shop.stage.drain_jobs().await;
        }
        for _ in 0..LOOKS {
            let under_way: Option<i32> = sqlx::query_scalar("select 1 from refund where state = 'submitted' limit 1")
                .fetch_optional(&self.shop.stage.app.db)
                .await
                .expect("refunds");
            if under_way.is_none() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Run<'_> {
    /// Has a command done, and everything that follows from it; says how it ended.
    pub async fn obey(&mut self, command: &Command) -> Said {
        let said = match *command {
            Command::Start { wish } => self.start(&wish).await,
            Command::StartAgain { order } => self.start_again(order).await,
            Command::Pay { order } => self.pay(order).await,
            Command::EnterPin { payment } => self.respond(payment, &json!({"pin": "2580"})).await,
            Command::Decline { payment } => self.respond(payment, &json!({"decline": true})).await,
            Command::Tell { payment, news, copies } => self.tell(payment, news, copies).await,
            Command::Poll { payment } => self.poll(payment).await,
            Command::LetHoldsEnd => self.let_holds_end().await,
            Command::Sweep => orders::sweep(&self.rig.shop.stage.app).await.map(drop),
            Command::Release { order } => {
                orders::release(&self.rig.shop.stage.app, &self.orders[order].0).await.map(drop)
            }
            Command::Refund { order } => self.refund(order).await,
            Command::Resize { capacity } => self.resize(capacity).await,
        };
        self.rig.settle().await;
        self.note_payments().await;
        said_of(&said)
    }

    pub async fn view(&self) -> View {
        view::of_database(&self.rig.shop.stage.app.db, self.event.event_id).await
    }

    async fn send(&self, form: &HoldForm) -> Result<String> {
        let visitor = Visitor {
            session: None,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            language: Language::En,
            agent: String::new(),
        };
        orders::start(&self.rig.shop.stage.app, &visitor, Language::En, form).await
    }

    async fn start(&mut self, wish: &[u32]) -> Result<()> {
        let wishes = self.event.types.iter().zip(wish);
        let wishes = wishes
            .map(|(kind, quantity)| WishForm { ticket_type: kind.to_string(), quantity: quantity.to_string() })
            .collect();
        let form =
            HoldForm { event: self.event.slug.clone(), key: secrets::random_token(), code: String::new(), wishes };
        let token = self.send(&form).await?;
        self.orders.push((token, form));
        Ok(())
    }

    async fn start_again(&self, order: usize) -> Result<()> {
        let (token, form) = &self.orders[order];
        assert_eq!(self.send(form).await.as_ref(), Ok(token), "the same form gives the same order");
        Ok(())
    }

    async fn pay(&self, order: usize) -> Result<()> {
        let form = ContactForm {
            token: SecretText::new(self.orders[order].0.clone()),
            key: secrets::random_token(),
            name: "Amina Otieno".into(),
            email: "amina@example.org".into(),
            // A phone of its own for each prompt, and none whose last digits tell the simulator what to do.
            phone: format!("07{:04}1000", self.rig.phones.fetch_add(1, Ordering::SeqCst)),
        };
        orders::pay(&self.rig.shop.stage.app, &form).await
    }

    async fn respond(&self, payment: usize, body: &Value) -> Result<()> {
        self.rig.control(&format!("phone/{}/respond", self.payments[payment].phone), body).await;
        Ok(())
    }

    async fn tell(&self, payment: usize, news: News, copies: usize) -> Result<()> {
        let attempt = &self.payments[payment];
        let mut said = json!({
            "MerchantRequestID": attempt.merchant, "CheckoutRequestID": attempt.checkout,
            "ResultCode": if news == News::Refused { 1032 } else { 0 }, "ResultDesc": "x",
        });
        match news {
            News::Bare | News::Refused => {}
            News::WrongAmount => {
                said["CallbackMetadata"] = json!({"Item": [{"Name": "Amount", "Value": attempt.shillings + 1}]});
            }
            News::Paid => {
                let receipt = self.receipt(attempt).await;
                said["CallbackMetadata"] = json!({"Item": [
                    {"Name": "Amount", "Value": attempt.shillings},
                    {"Name": "MpesaReceiptNumber", "Value": receipt},
                ]});
            }
        }
        let body = json!({"Body": {"stkCallback": said}});
        let app = &self.rig.shop.stage.app;
        let url = format!("{}/callbacks/mpesa/{}", self.rig.shop.door, callback_secret(app, attempt.payment_id));
        let copies = (0..copies).map(|_| app.http.post(&url).json(&body).send());
        for answer in futures::future::join_all(copies).await {
            assert!(answer.expect("an answer").status().is_success());
        }
        Ok(())
    }

    /// The receipt that the simulator gave for a payment.
    async fn receipt(&self, attempt: &Attempt) -> String {
        let url = format!("{}/_sim/ledger", self.rig.simulator());
        let books: Value =
            self.rig.shop.stage.app.http.get(url).send().await.expect("books").json().await.expect("JSON");
        let debits = books["ledger"]["debits"].as_object().expect("debits");
        let debit = debits.values().find(|debit| debit["checkout_request_id"] == attempt.checkout.as_str());
        debit.expect("a debit")["receipt"].as_str().expect("a receipt").to_owned()
    }

    async fn poll(&self, payment: usize) -> Result<()> {
        let Attempt { org_id, payment_id, .. } = self.payments[payment];
        let mut tx = self.rig.shop.stage.app.begin().await?;
        jobs::enqueue(&mut tx, &CheckPayment { org_id, payment_id }).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The database's clock cannot be moved, but the ends of holds can.
    async fn let_holds_end(&self) -> Result<()> {
        self.rig
            .write("update hold set expires_at = clock_timestamp() - interval '1 second' where state = 'active'")
            .await;
        Ok(())
    }

    async fn refund(&self, order: usize) -> Result<()> {
        let app = &self.rig.shop.stage.app;
        let mut tx = app.begin().await?;
        let found = orders::find_order_by_token(&mut tx, &self.orders[order].0).await?.expect("an order");
        tx.commit().await?;
        orders::refund(app, &self.staff, found.1).await
    }

    async fn resize(&self, capacity: i32) -> Result<()> {
        let form = TicketTypeForm {
            name: NAMES[0].into(),
            price: (PRICES[0] / 100).to_string(),
            capacity: capacity.to_string(),
            order_max: "10".into(),
            position: "0".into(),
            ..TicketTypeForm::default()
        };
        change_type(&self.rig.shop.stage.app, &self.staff, (self.event.event_id, self.event.types[0]), &form).await
    }

    /// Learns the ids of payments that were made since.
    async fn note_payments(&mut self) {
        let rows: Vec<(uuid::Uuid, String, String, String, i64)> = sqlx::query_as(
            "select p.payment_id, p.phone, p.merchant_request_id, p.checkout_request_id, p.amount_minor / 100
               from payment p
               join orders o using (org_id, order_id)
              where o.event_id = $1
              order by p.payment_id",
        )
        .bind(self.event.event_id.0)
        .fetch_all(&self.rig.shop.stage.app.db)
        .await
        .expect("payments");
        let fresh = rows.into_iter().skip(self.payments.len());
        let org_id = self.event.org_id;
        self.payments.extend(fresh.map(|(id, phone, merchant, checkout, shillings)| Attempt {
            org_id,
            payment_id: PaymentId(id),
            phone,
            merchant,
            checkout,
            shillings,
        }));
    }
}

fn said_of(result: &Result<()>) -> Said {
    match result {
        Ok(()) => Said::Done,
        Err(AppError::Inventory(HoldRefusal::SoldOut | HoldRefusal::NotEnough { .. })) => Said::Short,
        Err(AppError::Inventory(HoldRefusal::Expired)) => Said::HoldEnded,
        Err(AppError::Order(OrderRefusal::Closed)) => Said::Closed,
        Err(AppError::Order(OrderRefusal::NothingToRefund)) => Said::NothingToRefund,
        Err(AppError::Invalid(errors)) if matches!(errors.of("capacity"), Some(FieldFault::BelowSold(_))) => {
            Said::BelowSold
        }
        Err(_) => Said::Odd,
    }
}
