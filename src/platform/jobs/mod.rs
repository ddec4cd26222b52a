//! What happens later: durable jobs on Postgres.
//!
//! A job is enqueued by the transaction that makes it necessary, so it exists exactly when its reason does. Workers
//! take jobs with `for update skip locked` under a lease; one that dies loses the lease and another goes on, so a job
//! runs at least once and must bear being run twice.
//!
//! `graphile_worker` 0.14 and apalis-postgres 1.0 were judged first: both NOTIFY from within the inserting transaction
//! (`graphile_worker.add_job`, the trigger `apalis.notify_new_jobs`), and NOTIFY takes a database-wide lock at commit,
//! which would line up every purchase. Hence this small table, a bell within the process, and polling as the truth.

mod worker;

use std::{collections::HashMap, future::Future, pin::Pin, sync::Arc};

use serde::{Serialize, de::DeserializeOwned};
use sqlx::PgConnection;
use tokio::sync::Notify;
use uuid::Uuid;

pub use self::worker::{run_due, work};
use super::{db::Tx, state::AppState};
use crate::{
    error::{AppError, Result},
    kernel::{Instant, JobId, OrgId},
};

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
    insert(tx, std::slice::from_ref(job), Some(run_at)).await
}

/// Enqueues a job for now, in the caller's transaction.
pub async fn enqueue<J: Job>(tx: &mut PgConnection, job: &J) -> Result<()> {
    insert(tx, std::slice::from_ref(job), None).await
}

/// Enqueues jobs of one kind for now, in the caller's transaction.
pub async fn enqueue_all<J: Job>(tx: &mut PgConnection, jobs: &[J]) -> Result<()> {
    if jobs.is_empty() { Ok(()) } else { insert(tx, jobs, None).await }
}

async fn insert<J: Job>(tx: &mut PgConnection, jobs: &[J], run_at: Option<Instant>) -> Result<()> {
    let payloads: Result<Vec<_>, _> = jobs.iter().map(serde_json::to_value).collect();
    let org_ids: Vec<_> = jobs.iter().map(|job| job.org_id().map(|id| id.0)).collect();
    let dedupe_keys: Vec<_> = jobs.iter().map(Job::dedupe_key).collect();
    sqlx::query!(
        "insert into job (job_id, org_id, name, payload, dedupe_key, run_at)
         select fresh.job_id, fresh.org_id, $1, fresh.payload, fresh.dedupe_key, coalesce($2, clock_timestamp())
           from unnest($3::uuid[], $4::uuid[], $5::jsonb[], $6::text[]) as fresh (job_id, org_id, payload, dedupe_key)
          order by fresh.dedupe_key
             on conflict (name, dedupe_key) where dedupe_key is not null and done_at is null and failed_at is null
             do nothing",
        J::NAME,
        run_at as Option<Instant>,
        &jobs.iter().map(|_| JobId::fresh().0).collect::<Vec<_>>(),
        &org_ids as &[Option<Uuid>],
        &payloads.map_err(|error| AppError::fault(&error))?,
        &dedupe_keys as &[Option<String>],
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

/// Removes jobs that ended well more than a week ago.
pub async fn forget_done(tx: &mut Tx) -> Result<u64> {
    let done = sqlx::query!("delete from job where done_at < now() - interval '7 days'").execute(&mut **tx).await?;
    Ok(done.rows_affected())
}
