//! Compares what was acknowledged with what the database has: a lost commit leaves no trace in it, but one out here.

use std::collections::{BTreeMap, HashMap};

use super::{
    figure::Figure,
    ledger::{Act, Entry},
    store::{self, FoundOrder},
};
use crate::{
    error::Result,
    orders::OrderState,
    platform::{secrets, state::AppState},
};

/// Links looked up in one statement.
const LINKS_MAX: usize = 5_000;

/// What the comparison came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Orders whose hold was acknowledged.
    pub held: usize,
    /// Orders that were acknowledged and are not there.
    pub lost: Vec<String>,
    /// Orders that were said to be paid, and are not and were not given back.
    pub unpaid: Vec<String>,
    /// Keys that were answered with two different orders.
    pub two_answers: Vec<String>,
    /// Tickets promised beyond what there is, over all events.
    pub oversold: i64,
}

impl Findings {
    /// Whether every promise was kept.
    pub fn is_clean(&self) -> bool {
        self.lost.is_empty() && self.unpaid.is_empty() && self.two_answers.is_empty() && self.oversold == 0
    }

    pub fn figures(&self) -> Vec<Figure> {
        let count = |name: &str, value: usize| Figure::new(name, value as f64, "orders");
        vec![
            count("ledger_held", self.held),
            count("ledger_lost", self.lost.len()),
            count("ledger_unpaid", self.unpaid.len()),
            count("ledger_two_answers", self.two_answers.len()),
            Figure::new("oversold", self.oversold as f64, "tickets"),
        ]
    }
}

/// Looks every acknowledged order up.
pub async fn check(app: &AppState, entries: &[Entry]) -> Result<Findings> {
    let mut orders: BTreeMap<&str, &Entry> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.act == Act::Held) {
        orders.insert(&entry.subject, entry);
    }
    let found = look_up(app, orders.keys().copied()).await?;
    let mut findings = Findings { held: orders.len(), two_answers: two_answers(entries), ..Findings::default() };
    let mut promised: BTreeMap<&str, i64> = BTreeMap::new();
    for (token, entry) in &orders {
        match found.get(&secrets::digest(token)) {
            Some(order) if keeps_stock(order.state) => *promised.entry(&entry.event).or_default() += order.tickets,
            Some(_) => {}
            None => findings.lost.push((*token).to_owned()),
        }
    }
    for paid in entries.iter().filter(|entry| entry.act == Act::Paid) {
        let is_kept = found.get(&secrets::digest(&paid.subject)).is_some_and(|order| was_paid(order.state));
        if !is_kept {
            findings.unpaid.push(paid.subject.clone());
        }
    }
    let mut tx = app.begin().await?;
    for (event, tickets) in promised {
        findings.oversold += (tickets - store::find_capacity(&mut tx, event).await?).max(0);
    }
    tx.commit().await?;
    Ok(findings)
}

async fn look_up<'a>(app: &AppState, tokens: impl Iterator<Item = &'a str>) -> Result<HashMap<Vec<u8>, FoundOrder>> {
    let hashes: Vec<_> = tokens.map(secrets::digest).collect();
    let mut found = HashMap::with_capacity(hashes.len());
    let mut tx = app.begin().await?;
    for some in hashes.chunks(LINKS_MAX) {
        let orders = store::list_orders(&mut tx, some).await?;
        found.extend(orders.into_iter().map(|order| (order.link_hash.clone(), order)));
    }
    tx.commit().await?;
    Ok(found)
}

/// Keys that stand for more than one order.
fn two_answers(entries: &[Entry]) -> Vec<String> {
    let mut first: HashMap<&str, &str> = HashMap::new();
    let mut twice = Vec::new();
    for entry in entries.iter().filter(|entry| entry.act == Act::Held) {
        if *first.entry(&entry.key).or_insert(&entry.subject) != entry.subject {
            twice.push(entry.key.clone());
        }
    }
    twice
}

/// Whether an order in this state has tickets, or stock set aside for them.
const fn keeps_stock(state: OrderState) -> bool {
    matches!(state, OrderState::Basket | OrderState::Pending | OrderState::Paid | OrderState::PartRefunded)
}

/// Whether an order in this state was paid once.
const fn was_paid(state: OrderState) -> bool {
    matches!(state, OrderState::Paid | OrderState::PartRefunded | OrderState::Refunded)
}
