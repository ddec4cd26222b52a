//! The simulated provider of a run, and its own log: what really happened to the play money.

use std::{collections::BTreeMap, io, net::SocketAddr};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::{
    platform::task,
    sim::{self, Simulator},
};

/// How long a prompt waits on a phone.
const PROMPT_SECS: u64 = 3;

/// Money that a phone has paid.
#[derive(Clone, Debug, Deserialize)]
pub struct Debit {
    pub receipt: String,
    pub checkout_request_id: String,
    pub msisdn: String,
    pub reversed_by: Option<String>,
}

#[derive(Deserialize)]
struct Books {
    ledger: Debits,
}

#[derive(Deserialize)]
struct Debits {
    debits: BTreeMap<String, Debit>,
}

/// A provider in this process; it is never killed, as its log is the truth.
pub struct Desk {
    pub addr: SocketAddr,
    http: reqwest::Client,
    stop: Option<oneshot::Sender<()>>,
}

impl Desk {
    pub async fn open(mode: &str, seed: u64, http: reqwest::Client) -> io::Result<Self> {
        let options =
            sim::Options { mode: mode.to_owned(), seed, prompt_secs: PROMPT_SECS, ..sim::Options::for_tests() };
        let simulator = Simulator::bind(options).await?;
        let addr = simulator.addr()?;
        let (stop, stopped) = oneshot::channel();
        drop(task::spawn(simulator.run(async {
            // Dropped or sent, it is over.
            let _ = stopped.await;
        })));
        Ok(Self { addr, http, stop: Some(stop) })
    }

    /// Changes how phones and the provider behave from now on.
    pub async fn behave(&self, mode: Value) -> io::Result<()> {
        let url = format!("http://{}/_sim/mode", self.addr);
        let answer = self.http.post(url).json(&mode).send().await.map_err(io::Error::other)?;
        answer.error_for_status().map(drop).map_err(io::Error::other)
    }

    /// Everybody pays at once, and the provider works.
    pub async fn calm(&self) -> io::Result<()> {
        self.behave(json!({ "name": "approve" })).await
    }

    /// All that phones have paid.
    pub async fn debits(&self) -> io::Result<Vec<Debit>> {
        let url = format!("http://{}/_sim/ledger", self.addr);
        let answer = self.http.get(url).send().await.map_err(io::Error::other)?;
        let books: Books = answer.json().await.map_err(io::Error::other)?;
        Ok(books.ledger.debits.into_values().collect())
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}
