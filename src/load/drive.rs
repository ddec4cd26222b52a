//! Sends visitors: as they come, or as fast as they go.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    task::JoinSet,
    time::{Instant, sleep_until, timeout},
};

use super::arrivals::poisson;

/// How long those who have come already may take after the run's end.
const GRACE: Duration = Duration::from_secs(30);

/// How visitors come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pace {
    /// As many a second, at moments of their own, whether the server keeps up or not.
    Open { per_second: f64 },
    /// So many at once, each coming back as soon as served.
    Closed { visitors: u32 },
}

/// How a visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Got what was asked for.
    Served,
    /// There is none left.
    SoldOut,
    /// Was told to come back, again and again.
    TurnedAway,
    /// Got no answer, or one that should not be.
    Failed,
}

/// One visit.
#[derive(Clone, Copy, Debug)]
pub struct Visit {
    pub outcome: Outcome,
    /// When it ended, since the start of the run.
    pub at: Duration,
    /// From the moment it was to begin.
    pub took: Duration,
}

/// What a visitor is told.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    pub number: u64,
    /// When the visit was to begin; what it took is counted from here.
    pub due: Instant,
}

/// All visits of a run.
#[derive(Debug, Default)]
pub struct Visits(pub Vec<Visit>);

impl Visits {
    pub fn count(&self, outcome: Outcome) -> usize {
        self.0.iter().filter(|visit| visit.outcome == outcome).count()
    }

    /// Visits served in a second, from after the warming up to the end of the run.
    pub fn per_second(&self, warm: Duration, length: Duration) -> f64 {
        let served = |visit: &&Visit| visit.outcome == Outcome::Served && visit.at >= warm && visit.at < length;
        self.0.iter().filter(served).count() as f64 / (length - warm).as_secs_f64()
    }

    /// How long those who were served took, in milliseconds.
    pub fn millis(&self, share: f64) -> f64 {
        let served = self.0.iter().filter(|visit| visit.outcome == Outcome::Served);
        let mut took: Vec<_> = served.map(|visit| visit.took).collect();
        quantile(&mut took, share).unwrap_or_default().as_secs_f64() * 1000.0
    }

    /// When the last one was served.
    pub fn last_served(&self) -> Duration {
        let served = self.0.iter().filter(|visit| visit.outcome == Outcome::Served);
        served.map(|visit| visit.at).max().unwrap_or_default()
    }
}

/// The value below which a share of all values lies; nothing of nothing.
fn quantile(values: &mut [Duration], share: f64) -> Option<Duration> {
    values.sort_unstable();
    let wanted = (share * values.len() as f64).ceil();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a length is a place in it")]
    let place = (wanted as usize).saturating_sub(1);
    values.get(place.min(values.len().saturating_sub(1))).copied()
}

/// A run: who comes for how long, and what ends it early.
pub struct Drive {
    pub pace: Pace,
    pub length: Duration,
    pub seed: u64,
    /// Set by a visit after which no others need to come.
    pub is_over: Arc<AtomicBool>,
}

impl Drive {
    /// Sends visitors and gives what became of them.
    pub async fn run<V, F>(&self, visit: V) -> Visits
    where
        V: Fn(Turn) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Outcome> + Send + 'static,
    {
        let visits = Arc::new(Mutex::new(Vec::new()));
        let start = Instant::now();
        let one = {
            let visits = visits.clone();
            move |turn: Turn| {
                let (visits, begun) = (visits.clone(), visit(turn));
                async move {
                    let outcome = begun.await;
                    let now = Instant::now();
                    let visit = Visit { outcome, at: now - start, took: now - turn.due };
                    visits.lock().unwrap_or_else(PoisonError::into_inner).push(visit);
                }
            }
        };
        let mut under_way = JoinSet::new();
        match self.pace {
            Pace::Open { per_second } => self.open(start, per_second, one, &mut under_way).await,
            Pace::Closed { visitors } => self.closed(start, visitors, one, &mut under_way),
        }
        // Who has not been served by then is given up, and counts as nothing.
        let _ = timeout(self.length + GRACE, async { while under_way.join_next().await.is_some() {} }).await;
        Visits(std::mem::take(&mut *visits.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    async fn open<O, F>(&self, start: Instant, per_second: f64, one: O, under_way: &mut JoinSet<()>)
    where
        O: Fn(Turn) -> F,
        F: Future<Output = ()> + Send + 'static,
    {
        for (number, at) in (0..).zip(poisson(self.seed, per_second, self.length)) {
            let due = start + at;
            if due > Instant::now() {
                sleep_until(due).await;
            }
            if self.is_over.load(Ordering::Relaxed) {
                return;
            }
            under_way.spawn(one(Turn { number, due }));
            while under_way.try_join_next().is_some() {}
        }
    }

    fn closed<O, F>(&self, start: Instant, visitors: u32, one: O, under_way: &mut JoinSet<()>)
    where
        O: Fn(Turn) -> F + Clone + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let next = Arc::new(AtomicU64::new(0));
        for _ in 0..visitors {
            let (one, next, is_over, end) = (one.clone(), next.clone(), self.is_over.clone(), start + self.length);
            under_way.spawn(async move {
                while Instant::now() < end && !is_over.load(Ordering::Relaxed) {
                    one(Turn { number: next.fetch_add(1, Ordering::Relaxed), due: Instant::now() }).await;
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_a_value_that_was_measured() {
        let mut values: Vec<_> = (1..=100).rev().map(Duration::from_millis).collect();
        for (share, ms) in [(0.5, 50), (0.99, 99), (1.0, 100), (0.001, 1)] {
            assert_eq!(quantile(&mut values, share), Some(Duration::from_millis(ms)), "{share}");
        }
        assert_eq!(quantile(&mut [], 0.5), None);
    }

    fn drive(pace: Pace, length: Duration) -> Drive {
        Drive { pace, length, seed: 1, is_over: Arc::default() }
    }

    /// The trap of closed loops: a server that falls behind must be seen to.
    #[tokio::test]
    async fn what_an_answer_took_is_counted_from_the_planned_moment() {
        let gate = Arc::new(tokio::sync::Semaphore::new(1));
        let run = drive(Pace::Open { per_second: 100.0 }, Duration::from_secs(1));
        let visits = run.run(move |_| {
            let gate = gate.clone();
            async move {
                let _turn = gate.acquire_owned().await;
                tokio::time::sleep(Duration::from_millis(20)).await;
                Outcome::Served
            }
        });
        // 100 come within a second and are served within two: the last ones waited a second, not twenty milliseconds.
        let waited = visits.await.millis(0.99);
        assert!(waited > 500.0, "{waited}");
    }

    #[tokio::test]
    async fn who_comes_back_as_soon_as_served_keeps_so_many_at_once() {
        let (inside, most) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let run = drive(Pace::Closed { visitors: 4 }, Duration::from_millis(200));
        let counts = (inside, most.clone());
        let visits = run.run(move |_| {
            let (inside, most) = counts.clone();
            async move {
                most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(20)).await;
                inside.fetch_sub(1, Ordering::SeqCst);
                Outcome::Served
            }
        });
        assert!(visits.await.count(Outcome::Served) >= 8);
        assert_eq!(most.load(Ordering::SeqCst), 4);
    }
}
