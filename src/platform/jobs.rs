//! What happens later: durable jobs on Postgres.
//!
//! A job is enqueued by the transaction that makes it necessary, so it exists exactly when its reason does. Workers
//! take jobs with `for update skip locked` under a lease; one that dies loses the lease and another goes on, so a job
//! runs at least once and must bear being run twice.
//!
//! `graphile_worker` 0.14 and apalis-postgres 1.0 were judged first: both NOTIFY from within the inserting transaction
//! (`graphile_worker.add_job`, the trigger `apalis.notify_new_jobs`), and NOTIFY takes a database-wide lock at commit,
//! which would line up every purchase. Hence this small table, a bell within the process, and polling as the truth.

use std::{collections::HashMap, future::Future, pin::Pin, sync::Arc, time::Duration};

use serde::{Serialize, de::DeserializeOwned};
use sqlx::PgConnection;
use tokio::sync::{Notify, watch};
use uuid::Uuid;

use super::{db::Tx, state::AppState, task};
use crate::{
    error::{AppError, Result},
    kernel::{Instant, JobId, OrgId},
};

/// Jobs taken at once by one worker.
const BATCH_MAX: i64 = 16;
/// How long a worker may take before another one tries.
const LEASE_SECS: f64 = 60.0;
/// How often the table is looked at when no bell rings.
const POLL: Duration = Duration::from_millis(500);
/// After so many tries a job is parked for a human.
const ATTEMPTS_MAX: i32 = 12;
/// Longest pause between two tries.
const BACKOFF_MAX_SECS: i64 = 15 * 60;

/// Why a job did not end well.
#[derive(Debug)]
pub enum JobError {
    /// Something that may pass: try again later.
    Retry(String),
    /// Something that will not pass: park it.
    GiveUp(String),
}

pub type JobResult = Result<(), JobError>;

impl From<AppError> for JobError {
    fn from(error: AppError) -> Self {
        Self::Retry(error.to_string())
    }
}

impl From<sqlx::Error> for JobError {
    fn from(error: sqlx::Error) -> Self {
        AppError::from(error).into()
    }
}

/// Something that happens later. The fields are the payload, kept as JSON.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// The name in the table; it outlives a deploy, so it never changes.
    const NAME: &'static str;

    /// The organizer it concerns, if any.
    fn org_id(&self) -> Option<OrgId>;

    /// Two waiting jobs with the same name and key are one.
    fn dedupe_key(&self) -> Option<String> {
        None
    }

    fn run(self, app: &AppState) -> impl Future<Output = JobResult> + Send;
}

/// Rings when this process has enqueued something, so that nobody waits for the next poll.
#[derive(Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// To be called after the commit; ringing for nothing does no harm.
    pub fn ring(&self) {
        self.0.notify_one();
    }
}

/// Enqueues a job for `run_at`, in the caller's transaction.
pub async fn enqueue_at<J: Job>(tx: &mut PgConnection, job: &J, run_at: Instant) -> Result<()> {
    insert(tx, job, Some(run_at)).await
}

/// Enqueues a job for now, in the caller's transaction.
pub async fn enqueue<J: Job>(tx: &mut PgConnection, job: &J) -> Result<()> {
    insert(tx, job, None).await
}

async fn insert<J: Job>(tx: &mut PgConnection, job: &J, run_at: Option<Instant>) -> Result<()> {
    let payload = serde_json::to_value(job).map_err(|error| AppError::fault(&error))?;
    sqlx::query!(
        "insert into job (job_id, org_id, name, payload, dedupe_key, run_at)
         values ($1, $2, $3, $4, $5, coalesce($6, clock_timestamp()))
         on conflict (name, dedupe_key) where dedupe_key is not null and done_at is null and failed_at is null
         do nothing",
        JobId::fresh().0,
        job.org_id().map(|id| id.0),
        J::NAME,
        payload,
        job.dedupe_key(),
        run_at as Option<Instant>,
    )
    .execute(tx)
    .await?;
    Ok(())
}

type Runner = Box<dyn Fn(AppState, serde_json::Value) -> Pin<Box<dyn Future<Output = JobResult> + Send>> + Send + Sync>;

/// Every kind of job the process can run, by name.
#[derive(Default)]
pub struct Registry {
    runners: HashMap<&'static str, Runner>,
}

impl Registry {
    #[must_use]
    pub fn with<J: Job>(mut self) -> Self {
        let runner: Runner = Box::new(|app, payload| {
            Box::pin(async move {
                let job: J = serde_json::from_value(payload).map_err(|error| JobError::GiveUp(error.to_string()))?;
                job.run(&app).await
            })
        });
        self.runners.insert(J::NAME, runner);
        self
    }
}

struct TakenJob {
    job_id: Uuid,
    name: String,
    payload: serde_json::Value,
    attempts: i32,
}

/// Runs jobs until `stop` turns true; what runs then is finished first.
pub async fn work(app: AppState, registry: Arc<Registry>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match run_due(&app, &registry).await {
            Ok(count) if count > 0 => {}
            Ok(_) => {
                tokio::select! {
                    () = app.bell.0.notified() => {}
                    () = tokio::time::sleep(POLL) => {}
                    _ = stop.changed() => {}
                }
            }
            Err(_) => tokio::time::sleep(POLL).await,
        }
    }
}

/// Runs what is due now and says how many jobs that were. Tests call it until it gives zero.
pub async fn run_due(app: &AppState, registry: &Arc<Registry>) -> Result<usize> {
    let jobs = take(app).await?;
    let count = jobs.len();
    let runs: Vec<_> = jobs.into_iter().map(|job| task::spawn(run_one(app.clone(), registry.clone(), job))).collect();
    for run in runs {
        // A panic inside a job leaves its lease to run out, and another try.
        if let Err(error) = run.await {
            tracing::error!(%error, "a job broke off");
        }
    }
    Ok(count)
}

async fn take(app: &AppState) -> Result<Vec<TakenJob>> {
    let jobs = sqlx::query_as!(
        TakenJob,
        "update job
            set attempts = attempts + 1,
                leased_until = clock_timestamp() + make_interval(secs => $2)
          where job_id in (
                select job_id
                  from job
                 where done_at is null
                   and failed_at is null
                   and run_at <= clock_timestamp()
                   and (leased_until is null or leased_until < clock_timestamp())
                 order by run_at
                 limit $1
                   for update skip locked)
         returning job_id, name, payload, attempts",
        BATCH_MAX,
        LEASE_SECS,
    )
    .fetch_all(&app.lane)
    .await?;
    Ok(jobs)
}

async fn run_one(app: AppState, registry: Arc<Registry>, job: TakenJob) {
    let result = match registry.runners.get(job.name.as_str()) {
        Some(run) => run(app.clone(), job.payload).await,
        None => Err(JobError::Retry(format!("no runner for {}", job.name))),
    };
    let ended = match result {
        Ok(()) => mark_done(&app, job.job_id).await,
        Err(JobError::Retry(reason)) if job.attempts < ATTEMPTS_MAX => {
            tracing::warn!(job = job.name, attempt = job.attempts, reason, "a job will be tried again");
            mark_retry(&app, job.job_id, job.attempts, &reason).await
        }
        Err(JobError::Retry(reason) | JobError::GiveUp(reason)) => {
            tracing::error!(job = job.name, reason, "a job was given up");
            mark_failed(&app, job.job_id, &reason).await
        }
    };
    if let Err(error) = ended {
        tracing::error!(%error, "the end of a job could not be written; its lease will run out");
    }
}

async fn mark_done(app: &AppState, job_id: Uuid) -> Result<()> {
    sqlx::query!("update job set done_at = clock_timestamp(), leased_until = null where job_id = $1", job_id)
        .execute(&app.lane)
        .await?;
    Ok(())
}

async fn mark_retry(app: &AppState, job_id: Uuid, attempts: i32, reason: &str) -> Result<()> {
    sqlx::query!(
        "update job
            set run_at = clock_timestamp() + make_interval(secs => $2),
                leased_until = null,
                last_error = $3
          where job_id = $1",
        job_id,
        backoff_secs(attempts) as f64,
        reason,
    )
    .execute(&app.lane)
    .await?;
    Ok(())
}

async fn mark_failed(app: &AppState, job_id: Uuid, reason: &str) -> Result<()> {
    sqlx::query!(
        "update job
            set failed_at = clock_timestamp(),
                leased_until = null,
                last_error = $2
          where job_id = $1",
        job_id,
        reason,
    )
    .execute(&app.lane)
    .await?;
    Ok(())
}

/// Removes jobs that ended well more than a week ago.
pub async fn forget_done(tx: &mut Tx) -> Result<u64> {
    let done = sqlx::query!("delete from job where done_at < now() - interval '7 days'").execute(&mut **tx).await?;
    Ok(done.rows_affected())
}

const fn backoff_secs(attempts: i32) -> i64 {
    let doubled = 1_i64 << if attempts > 10 { 10 } else { attempts };
    if doubled > BACKOFF_MAX_SECS { BACKOFF_MAX_SECS } else { doubled }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_a_quarter_of_an_hour() {
        assert_eq!([1, 2, 3, 9, 10, 12].map(backoff_secs), [2, 4, 8, 512, 900, 900]);
    }
}
