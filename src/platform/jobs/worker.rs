//! The worker: takes what is due, runs it, and notes how it ended.

use std::{sync::Arc, time::Duration};

use futures::{FutureExt, StreamExt, stream::FuturesUnordered};
use tokio::{sync::watch, task::JoinError};
use uuid::Uuid;

use super::{JobError, Registry};
use crate::{
    error::Result,
    platform::{
        batch::{self, Batch},
        state::AppState,
        task,
    },
};

/// Jobs one worker runs at once: most of them wait for somebody else's answer, and those that end together are noted
/// together.
const RUNNING_MAX: usize = 64;
/// How long a worker may take before another one tries.
const LEASE_SECS: f64 = 60.0;
/// How often the table is looked at when no bell rings.
const POLL: Duration = Duration::from_millis(500);
/// After so many tries a job is parked for a human.
const ATTEMPTS_MAX: i32 = 12;
/// Longest pause between two tries.
const BACKOFF_MAX_SECS: i64 = 15 * 60;

struct TakenJob {
    job_id: Uuid,
    name: String,
    payload: serde_json::Value,
    attempts: i32,
}

/// Runs jobs until `stop` turns true; what runs then is finished first.
pub async fn work(app: AppState, registry: Arc<Registry>, mut stop: watch::Receiver<bool>) {
    let mut running = FuturesUnordered::new();
    while !*stop.borrow() {
        // Looked again when half of the room is free: one job that waits long does not hold the others up.
        while running.len() > RUNNING_MAX / 2 {
            running.next().await.into_iter().for_each(note_break);
        }
        match take(&app, RUNNING_MAX - running.len()).await {
            Ok(jobs) if jobs.is_empty() => {
                tokio::select! {
                    () = app.bell.0.notified() => {}
                    () = tokio::time::sleep(POLL) => {}
                    _ = stop.changed() => {}
                }
            }
            Ok(jobs) => {
                running.extend(jobs.into_iter().map(|job| task::spawn(run_one(app.clone(), registry.clone(), job))))
            }
            Err(_) => tokio::time::sleep(POLL).await,
        }
        while let Some(Some(ended)) = running.next().now_or_never() {
            note_break(ended);
        }
    }
    while let Some(ended) = running.next().await {
        note_break(ended);
    }
}

/// Runs what is due now and says how many jobs that were. Tests call it until it gives zero.
pub async fn run_due(app: &AppState, registry: &Arc<Registry>) -> Result<usize> {
    let jobs = take(app, RUNNING_MAX).await?;
    let count = jobs.len();
    let runs: Vec<_> = jobs.into_iter().map(|job| task::spawn(run_one(app.clone(), registry.clone(), job))).collect();
    for run in runs {
        note_break(run.await);
    }
    Ok(count)
}

/// A panic inside a job leaves its lease to run out, and another try.
fn note_break(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a job broke off");
    }
}

async fn take(app: &AppState, count: usize) -> Result<Vec<TakenJob>> {
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
        i64::try_from(count).unwrap_or(i64::MAX),
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
        Ok(()) => batch::submit(&app, "done", Done(job.job_id)).await,
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

/// A job that ended well, noted together with others.
#[derive(Clone)]
struct Done(Uuid);

impl Batch for Done {
    type Answer = ();

    async fn run(app: &AppState, _: &str, batch: &[Self]) -> Result<Vec<Result<()>>> {
        let ids: Vec<_> = batch.iter().map(|done| done.0).collect();
        sqlx::query!("update job set done_at = clock_timestamp(), leased_until = null where job_id = any($1)", &ids)
            .execute(&app.lane)
            .await?;
        Ok(batch.iter().map(|_| Ok(())).collect())
    }
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
