//! Rate limits, shared by all nodes: a token bucket in one row (GCRA).

use super::state::AppState;
use crate::error::{AppError, Result};

/// A bucket: `burst` requests at once, then one every `period_secs`.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub bucket: &'static str,
    pub burst: u32,
    pub period_secs: u32,
}

/// Takes one token of a subject's bucket, or refuses with `SlowDown`. The database's clock decides.
pub async fn take(app: &AppState, limit: Limit, subject: &str) -> Result<()> {
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
    .fetch_optional(&app.db)
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
