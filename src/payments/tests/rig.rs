//! The adapter and the simulator, wired together on ports of this machine; no database.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Bytes, extract::State, routing::post};
use serde_json::{Value, json};
use sqlx::postgres::PgPoolOptions;
use tokio::{net::TcpListener, sync::Mutex};

use crate::{
    kernel::{Currency, Money, PaymentId, PhoneNumber, RefundId},
    payments::gateway::{Answer, PromptRequest, Prompted, Reversal, ReversalRequest, prompt, query, reverse},
    platform::{clock::Clock, state::AppState, task},
    sim::{Options, Simulator},
    testing::Stage,
};

type Inbox = Arc<Mutex<Vec<Bytes>>>;

/// A simulator, an adapter that talks to it, and an inbox for its callbacks.
pub struct Rig {
    pub app: AppState,
    sim: String,
    inbox: Inbox,
    inbox_url: String,
}

impl Rig {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Options)) -> Self {
        let mut options = Options::for_tests();
        change(&mut options);
        // The client needs a crypto provider before it is made; the stage installs one.
        let pool = PgPoolOptions::new().connect_lazy("postgres:///none").unwrap();
        let _ = rustls::crypto::ring::default_provider().install_default();
        let simulator = Simulator::bind(options).await.unwrap();
        let sim = format!("http://{}", simulator.addr().unwrap());
        task::spawn(simulator.run(std::future::pending()));
        let stage = Stage::with_config(pool, |config| config.mpesa.base_url = format!("{sim}/daraja"));
        let (inbox, addr) = listen().await;
        Self { app: stage.app, sim, inbox, inbox_url: format!("http://{addr}/callback") }
    }

    /// Calls the simulator's control.
    pub async fn control(&self, path: &str, body: &Value) {
        let answer = self.app.http.post(format!("{}/_sim/{path}", self.sim)).json(body).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
    }

    /// Reads the simulator's control.
    pub async fn show(&self, path: &str) -> Value {
        self.app.http.get(format!("{}/_sim/{path}", self.sim)).send().await.unwrap().json().await.unwrap()
    }

    /// Asks the simulator as any client of Daraja would: status and error code of the answer.
    pub async fn raw(&self, path: &str, token: &str, body: &Value) -> (u16, String) {
        let url = format!("{}/daraja{path}", self.sim);
        let answer = self.app.http.post(url).bearer_auth(token).json(body).send().await.unwrap();
        let status = answer.status().as_u16();
        let body: Value = answer.json().await.unwrap_or_default();
        (status, body["errorCode"].as_str().unwrap_or_default().to_owned())
    }

    /// A token, taken as any client of Daraja would.
    pub async fn raw_token(&self) -> String {
        let url = format!("{}/daraja/oauth/v1/generate?grant_type=client_credentials", self.sim);
        let asked = self.app.http.get(url).basic_auth("lango-sandbox", Some("lango-sandbox"));
        let granted: Value = asked.send().await.unwrap().json().await.unwrap();
        assert_eq!(granted["expires_in"], "3599");
        granted["access_token"].as_str().unwrap().to_owned()
    }

    /// How often a path was asked.
    pub async fn asked(&self, path: &str) -> usize {
        let journal = self.show("journal").await;
        journal.as_array().unwrap().iter().filter(|line| line["path"].as_str().unwrap().contains(path)).count()
    }

    pub async fn prompt(&self, phone: &str, shillings: i64) -> Prompted {
        self.prompt_as(phone, shillings, "Koroga").await
    }

    pub async fn prompt_as(&self, phone: &str, shillings: i64, description: &str) -> Prompted {
        let request = PromptRequest {
            payment_id: PaymentId::fresh(),
            amount: Money::new(shillings * 100, Currency::Kes),
            phone: PhoneNumber::parse_kenyan(phone).unwrap(),
            callback_url: self.inbox_url.clone(),
            reference: "A1B2C3".to_owned(),
            description: description.to_owned(),
        };
        prompt(&self.app, request).await
    }

    /// Prompts under a script; the request must be accepted.
    pub async fn prompted(&self, script: &Value) -> String {
        self.control("script", script).await;
        match self.prompt("0712345678", 1_500).await {
            Prompted::Accepted { checkout_request_id, .. } => checkout_request_id,
            other => panic!("not accepted: {other:?}"),
        }
    }

    pub async fn query(&self, checkout_request_id: &str) -> Answer {
        query(&self.app, checkout_request_id).await
    }

    /// Asks until there is an end, for ten seconds at most.
    pub async fn query_end(&self, checkout_request_id: &str) -> Answer {
        for _ in 0..200 {
            let answer = self.query(checkout_request_id).await;
            if answer != Answer::Pending {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Answer::Pending
    }

    pub async fn reverse(&self, receipt: &str, shillings: i64) -> Reversal {
        let request = ReversalRequest {
            receipt: receipt.to_owned(),
            amount: Money::new(shillings * 100, Currency::Kes),
            refund_id: RefundId::fresh(),
            result_url: self.inbox_url.clone(),
            timeout_url: self.inbox_url.clone(),
            remarks: "Event cancelled".to_owned(),
        };
        reverse(&self.app, request).await
    }

    /// What was posted to us so far.
    pub async fn received(&self) -> Vec<Bytes> {
        self.inbox.lock().await.clone()
    }

    /// Waits until so many callbacks have come, for ten seconds at most.
    pub async fn receive(&self, count: usize) -> Vec<Bytes> {
        for _ in 0..400 {
            let received = self.received().await;
            if received.len() >= count {
                return received;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{} callbacks instead of {count}", self.received().await.len());
    }

    /// Pays at once and gives the receipt.
    pub async fn paid(&self) -> String {
        self.prompted(&json!({"buyer": "pay"})).await;
        let received = self.receive(1).await;
        crate::payments::read_stk_callback(&received[0]).unwrap().receipt.unwrap()
    }
}

async fn listen() -> (Inbox, SocketAddr) {
    let inbox = Inbox::default();
    let keep = async |State(inbox): State<Inbox>, body: Bytes| inbox.lock().await.push(body);
    let routes = Router::new().route("/callback", post(keep)).with_state(inbox.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    task::spawn(async move { axum::serve(listener, routes).await });
    (inbox, addr)
}

impl Rig {
    /// Moves the adapter's clock; the simulator's runs on.
    pub fn advance_secs(&self, secs: i64) {
        assert!(matches!(self.app.clock, Clock::Fixed(_)));
        self.app.clock.advance_secs(secs);
    }
}
