//! Rate limits: a token bucket (GCRA) in one row that all nodes share, or in the memory of a node.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use sqlx::PgConnection;

use super::state::AppState;
use crate::{
    error::{AppError, Result},
    kernel::Instant,
};

/// Buckets a node remembers before it looks which of them are full again.
const REMEMBERED_MIN: usize = 4_096;

/// A bucket: `burst` requests at once, then one every `period_secs`.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub bucket: &'static str,
    pub burst: u32,
    pub period_secs: u32,
}

/// The buckets of one node, by the theoretical arrival time of their next request.
#[derive(Clone, Default)]
pub struct NodeLimits(Arc<Mutex<Buckets>>);

#[derive(Default)]
struct Buckets {
    arrivals: HashMap<(&'static str, String), Instant>,
    /// So many were left when full ones were last forgotten.
    kept: usize,
}

impl Buckets {
    fn take(&mut self, limit: Limit, subject: &str, now: Instant) -> bool {
        if self.arrivals.len() >= REMEMBERED_MIN.max(2 * self.kept) {
            self.arrivals.retain(|_, arrival| *arrival > now);
            self.kept = self.arrivals.len();
        }
        let arrival = self.arrivals.entry((limit.bucket, subject.to_owned())).or_insert(now);
        let period = i64::from(limit.period_secs);
        if *arrival > now.plus_secs(period * i64::from(limit.burst.saturating_sub(1))) {
            return false;
        }
        *arrival = (*arrival).max(now).plus_secs(period);
        true
    }
}

impl NodeLimits {
    /// Forgets who asked how often: for tests of something else.
    #[cfg(test)]
    pub fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Buckets::default();
    }
}

/// Takes one token of a subject's bucket at this node, or refuses with `SlowDown`. Nothing is written: for requests that
/// come by the thousand and whose limit only has to keep one sender from crowding out the others. A sender who reaches
/// every node has as many buckets.
pub fn take_here(app: &AppState, limit: Limit, subject: &str) -> Result<()> {
    let mut buckets = app.limits.0.lock().unwrap_or_else(PoisonError::into_inner);
    if buckets.take(limit, subject, app.now()) { Ok(()) } else { Err(AppError::SlowDown) }
}

/// Takes one token of a subject's bucket, or refuses with `SlowDown`. The database's clock decides. Not for callers that
/// have a transaction open: as many of those as there are connections would wait for one more each.
pub async fn take(app: &AppState, limit: Limit, subject: &str) -> Result<()> {
    take_in(&mut *app.db.acquire().await?, limit, subject).await
}

/// Takes one token as part of the caller's transaction: when that fails, none was taken.
pub async fn take_in(tx: &mut PgConnection, limit: Limit, subject: &str) -> Result<()> {
    let period = f64::from(limit.period_secs);
    let slack = period * f64::from(limit.burst.saturating_sub(1));
    let taken = sqlx::query_scalar!(
        "insert into rate_limit as mine (bucket, subject, tat)
         values ($1, $2, clock_timestamp() + make_interval(secs => $3))
         on conflict (bucket, subject) do update
            set tat = greatest(mine.tat, clock_timestamp()) + make_interval(secs => $3)
          where mine.tat <= clock_timestamp() + make_interval(secs => $4)
         returning 1",
        limit.bucket,
        subject,
        period,
        slack,
    )
    .fetch_optional(tx)
    .await?;
    taken.map(|_| ()).ok_or(AppError::SlowDown)
}

/// Gives a token back, for a request that turned out not to be one of those that are limited.
pub async fn give_back(app: &AppState, limit: Limit, subject: &str) -> Result<()> {
    sqlx::query!(
        "update rate_limit
            set tat = tat - make_interval(secs => $3)
          where bucket = $1
            and subject = $2",
        limit.bucket,
        subject,
        f64::from(limit.period_secs),
    )
    .execute(&app.db)
    .await?;
    Ok(())
}

/// Forgets buckets that are full again.
pub async fn forget_full(app: &AppState) -> Result<u64> {
    let gone = sqlx::query!("delete from rate_limit where tat < clock_timestamp() - interval '1 hour'")
        .execute(&app.db)
        .await?;
    Ok(gone.rows_affected())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Limit = Limit { bucket: "test", burst: 3, period_secs: 5 };

    #[test]
    fn a_burst_is_let_through_and_then_one_each_period() {
        let (mut buckets, start) = (Buckets::default(), Instant(0));
        let taken = [0, 0, 0, 0, 4, 5, 5, 9, 10, 40, 40, 40, 40];
        let answers = taken.map(|secs| buckets.take(LIMIT, "a", start.plus_secs(secs)));
        assert_eq!(answers, [true, true, true, false, false, true, false, false, true, true, true, true, false]);
        assert!(buckets.take(LIMIT, "b", start), "another subject has its own");
    }

    #[test]
    fn full_buckets_are_forgotten_and_others_are_not() {
        let (mut buckets, start) = (Buckets::default(), Instant(0));
        for _ in 0..3 {
            assert!(buckets.take(LIMIT, "busy", start.plus_secs(3_600)));
        }
        for n in 0..3 * REMEMBERED_MIN {
            buckets.take(LIMIT, &n.to_string(), start.plus_secs(i64::try_from(n / 100).expect("a small number")));
        }
        assert!(buckets.arrivals.len() <= REMEMBERED_MIN + 2);
        assert!(!buckets.take(LIMIT, "busy", start.plus_secs(3_600)));
    }
}
