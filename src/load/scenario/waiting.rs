//! A crowd waits in front of an on-sale while a gate reads tickets.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};

use super::doors;
use crate::load::{
    drive::{Drive, Outcome, Pace},
    figure::Figure,
    rig::Rig,
    visitor::Trouble,
};

/// Readings a second at the gate, where nothing else was asked for.
const GATE_PER_S: f64 = 50.0;
/// After how long somebody who got no answer looks again.
const AGAIN: Duration = Duration::from_secs(5);
/// Longest wait for the whole crowd to have arrived.
const ARRIVE_MAX: Duration = Duration::from_secs(120);

/// What the crowd has seen so far.
#[derive(Default)]
struct Crowd {
    arrived: AtomicU64,
    looks: AtomicU64,
    failed: AtomicU64,
}

/// Lets so many wait as there are visitors, each looking again when the page says so, and measures the gate meanwhile.
pub async fn waiting(rig: Arc<Rig>) -> Result<Vec<Figure>, Trouble> {
    let event = rig.programme.events.last();
    let page = format!("/w/{}", event.ok_or_else(|| Trouble::Lost("the programme has no events".to_owned()))?);
    let (crowd, size) = (Arc::new(Crowd::default()), u64::from(rig.options.visitors));
    let mut waiting = JoinSet::new();
    let start = Instant::now();
    for number in 0..size {
        waiting.spawn(wait(rig.clone(), page.clone(), number, crowd.clone()));
    }
    while crowd.arrived.load(Ordering::Relaxed) < size {
        if start.elapsed() > ARRIVE_MAX {
            return Err(Trouble::Lost("the crowd did not arrive".to_owned()));
        }
        sleep(Duration::from_millis(20)).await;
    }
    let arrived = start.elapsed();

    let (start, looks) = (Instant::now(), crowd.looks.load(Ordering::Relaxed));
    let pace = Pace::Open { per_second: rig.options.rate.unwrap_or(GATE_PER_S) };
    let visits = doors::read_tickets(&rig, Drive { pace, ..rig.drive() }).await?;
    let looks = crowd.looks.load(Ordering::Relaxed) - looks;
    let failed = crowd.failed.load(Ordering::Relaxed) as f64 + visits.count(Outcome::Failed) as f64;
    let looks_per_s = looks as f64 / start.elapsed().as_secs_f64();
    waiting.shutdown().await;
    Ok(vec![
        Figure::new("waiting_arrivals_per_s", size as f64 / arrived.as_secs_f64(), "1/s"),
        Figure::new("waiting_looks_per_s", looks_per_s, "1/s"),
        Figure::new("waiting_gate_p50_ms", visits.millis(0.5), "ms"),
        Figure::new("waiting_gate_p99_ms", visits.millis(0.99), "ms"),
        Figure::new("waiting_failed", failed, "visits"),
    ])
}

/// Takes a place and waits, until the page does not ask to look again.
async fn wait(rig: Arc<Rig>, page: String, number: u64, crowd: Arc<Crowd>) {
    let visitor = rig.visitor(number);
    while let Err(trouble) = visitor.post(&page).await {
        tracing::warn!(%trouble, "somebody got no place");
        crowd.failed.fetch_add(1, Ordering::Relaxed);
        sleep(AGAIN).await;
    }
    crowd.arrived.fetch_add(1, Ordering::Relaxed);
    loop {
        let again = match visitor.get(&page).await {
            Ok(answer) => answer.look_again(),
            Err(trouble) => {
                tracing::warn!(%trouble, "somebody who waits got no answer");
                crowd.failed.fetch_add(1, Ordering::Relaxed);
                Some(AGAIN)
            }
        };
        crowd.looks.fetch_add(1, Ordering::Relaxed);
        let Some(again) = again else { return };
        sleep(again).await;
    }
}
