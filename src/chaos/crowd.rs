//! The buyers of a run, over HTTP, with good memories.

use std::{
    io,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    task::JoinHandle,
    time::{Instant, timeout},
};

use super::field::Field;
use crate::{
    error::AppError,
    inventory::HoldRefusal,
    load::{
        Basket, Drive, Ledger, Lines, Outcome, Pace, Shopper, Target, Trouble, Turn, Visitor, Visits, address_of, phone,
    },
    orders::OrderState,
    platform::{chance::Chance, task},
};

/// Connections to both nodes together.
const LINES: usize = 48;
/// How long a buyer waits for tickets.
const PATIENCE: Duration = Duration::from_secs(8);
/// Of a hundred buyers with a basket, so many pay.
const PAYERS: i64 = 85;
/// Who hangs up does so within this time.
const HANG_UP_MAX_MS: i64 = 200;

/// What buyers are like.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    pub per_second: f64,
    /// Sends everything twice at once, to whichever nodes.
    pub doubles: bool,
    /// Closes the connection in the middle of an answer, and comes back.
    pub hangs_up: bool,
}

struct Parts {
    lines: Arc<Lines>,
    ledger: Ledger,
    event: String,
    types: Vec<String>,
    manners: Manners,
    seed: u64,
    end: Instant,
    is_over: Arc<AtomicBool>,
    /// What no buyer should ever see.
    wrong: Mutex<Vec<String>>,
}

/// Buyers at work.
pub struct Crowd {
    parts: Arc<Parts>,
    work: JoinHandle<Visits>,
}

/// What became of them.
#[derive(Debug, Default)]
pub struct Crowded {
    pub served: usize,
    pub sold_out: usize,
    pub turned_away: usize,
    pub wrong: Vec<String>,
}

impl Crowd {
    pub async fn come(field: &Field<'_>, manners: Manners, length: Duration) -> io::Result<Self> {
        let targets: Vec<_> = field.nodes.iter().map(|node| Target(node.addr)).collect();
        let lines = Arc::new(Lines::new(targets, LINES, false));
        let ledger = Ledger::open(&field.ledger)?;
        let event = field.programme.events[0].clone();
        let finder = Shopper { visitor: Visitor::new(lines.clone(), None), ledger: Ledger::default() };
        let types = finder.find_types(&event).await.map_err(io::Error::other)?;
        let end = Instant::now() + length;
        let (is_over, wrong) = (Arc::default(), Mutex::default());
        let parts = Arc::new(Parts { lines, ledger, event, types, manners, seed: field.seed, end, is_over, wrong });
        let pace = Pace::Open { per_second: manners.per_second };
        let (buying, seed) = (parts.clone(), field.seed);
        let work = task::spawn(async move {
            let drive = Drive { pace, length, seed, is_over: buying.is_over.clone() };
            drive.run(move |turn| buy(buying.clone(), turn)).await
        });
        Ok(Self { parts, work })
    }

    /// Lets nobody else come, and waits until everybody has gone.
    pub async fn leave(self) -> io::Result<Crowded> {
        let is_early = Instant::now() < self.parts.end;
        self.parts.is_over.store(is_early, Ordering::Relaxed);
        let visits = self.work.await.map_err(io::Error::other)?;
        self.parts.ledger.flush()?;
        Ok(Crowded {
            served: visits.count(Outcome::Served),
            sold_out: visits.count(Outcome::SoldOut),
            turned_away: visits.count(Outcome::TurnedAway),
            wrong: std::mem::take(&mut *self.parts.wrong.lock().unwrap_or_else(PoisonError::into_inner)),
        })
    }
}

async fn buy(parts: Arc<Parts>, turn: Turn) -> Outcome {
    match purchase(&parts, turn).await {
        Ok(_) => Outcome::Served,
        Err(Trouble::Refused(AppError::Inventory(HoldRefusal::SoldOut | HoldRefusal::NotEnough { .. }))) => {
            Outcome::SoldOut
        }
        Err(Trouble::Refused(error @ AppError::Fault { .. })) => {
            parts.note(format!("a buyer was answered 500: {error}"));
            Outcome::Failed
        }
        Err(_) => Outcome::TurnedAway,
    }
}

impl Parts {
    fn note(&self, wrong: String) {
        self.wrong.lock().unwrap_or_else(PoisonError::into_inner).push(wrong);
    }

    fn shopper(&self, number: u64) -> Shopper {
        Shopper { visitor: Visitor::new(self.lines.clone(), Some(address_of(number))), ledger: self.ledger.clone() }
    }

    /// One to three tickets of one type or of both; every other buyer names the types the other way round.
    fn basket(&self, chance: &mut Chance, turn: Turn) -> Basket {
        let mut wishes: Vec<_> = self.types.iter().map(|of| (of.clone(), 1)).collect();
        if turn.number % 2 == 1 {
            wishes.reverse();
        }
        if chance.is_one_of_hundred(40) {
            wishes.truncate(1);
            wishes[0].1 = u32::try_from(1 + chance.below(3)).unwrap_or(1);
        }
        Basket { event: self.event.clone(), wishes, key: format!("chaos-{}-{:08}", self.seed, turn.number) }
    }
}

async fn purchase(parts: &Parts, turn: Turn) -> Result<(), Trouble> {
    let mut chance = Chance::seeded(parts.seed ^ turn.number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let shopper = parts.shopper(turn.number);
    let basket = parts.basket(&mut chance, turn);
    if parts.manners.hangs_up {
        let soon = Duration::from_millis(u64::try_from(chance.below(HANG_UP_MAX_MS)).unwrap_or_default());
        // What comes of it is found out by sending the same again.
        let _ = timeout(soon, shopper.hold(&basket)).await;
    }
    let token = if parts.manners.doubles {
        let (one, two) = tokio::join!(shopper.hold(&basket), shopper.hold(&basket));
        one.or(two)?
    } else {
        shopper.hold(&basket).await?
    };
    if !chance.is_one_of_hundred(PAYERS) {
        return Ok(());
    }
    let phone = phone(turn.number);
    if parts.manners.doubles {
        let (one, two) = tokio::join!(shopper.pay(&basket, &token, &phone), shopper.pay(&basket, &token, &phone));
        one.or(two)?;
    } else {
        shopper.pay(&basket, &token, &phone).await?;
    }
    if shopper.watch(&basket, &token, Instant::now() + PATIENCE).await? == OrderState::Paid {
        stays_paid(parts, &shopper, &token).await?;
    }
    Ok(())
}

/// Who was told once that an order is paid is never told less, whichever node is asked.
async fn stays_paid(parts: &Parts, shopper: &Shopper, token: &str) -> Result<(), Trouble> {
    for _ in 0..2 {
        let state = shopper.look(token).await?;
        if !matches!(state, OrderState::Paid | OrderState::PartRefunded | OrderState::Refunded) {
            parts.note(format!("an order that was paid became {state:?}"));
        }
    }
    Ok(())
}
