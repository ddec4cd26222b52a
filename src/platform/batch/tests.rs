//! Lanes: order, overlap, and who is taken down by whom.

use std::{sync::Mutex, time::Duration};

use futures::future::join_all;
use sqlx::PgPool;

use super::{Batch, Turn, submit};
use crate::{
    error::{AppError, Result},
    platform::state::AppState,
    testing::Stage,
};

/// Answers with its number; thirteen takes its whole batch down, and a busy database takes all down.
#[derive(Clone)]
struct Number(u32);

impl Batch for Number {
    type Answer = u32;

    async fn run(_: &AppState, lane: &str, batch: &[Self]) -> Result<Vec<Result<u32>>> {
        if batch.iter().any(|number| number.0 == 13) {
            return Err(if lane == "busy" { AppError::Busy } else { AppError::NotFound });
        }
        Ok(batch.iter().map(|number| Ok(number.0)).collect())
    }
}

async fn submit_all(pool: PgPool, lane: &str) -> Vec<Result<u32>> {
    let stage = Stage::new(pool);
    join_all((0..40).map(|number| submit(&stage.app, lane, Number(number)))).await
}

#[sqlx::test]
async fn one_that_cannot_be_served_takes_nobody_else_down(pool: PgPool) {
    let answers = submit_all(pool, "odd").await;
    for (number, answer) in (0..).zip(answers) {
        assert_eq!(answer, if number == 13 { Err(AppError::NotFound) } else { Ok(number) });
    }
}

#[sqlx::test]
async fn a_busy_database_is_not_asked_again_for_each(pool: PgPool) {
    let answers = submit_all(pool, "busy").await;
    assert!(answers.iter().all(|answer| *answer == Err(AppError::Busy)), "{answers:?}");
}

/// Notes when it is served; the earlier it came, the longer it takes to get ready.
#[derive(Clone)]
struct Slow {
    number: u32,
    skips_turn: bool,
}

static SERVED: Mutex<Vec<u32>> = Mutex::new(Vec::new());
static SKIPPED: Mutex<Vec<u32>> = Mutex::new(Vec::new());

impl Batch for Slow {
    type Answer = ();

    const AHEAD_MAX: usize = 4;

    async fn run(app: &AppState, lane: &str, batch: &[Self]) -> Result<Vec<Result<()>>> {
        Self::run_in_turn(app, lane, batch, Turn::free()).await
    }

    async fn run_in_turn(_: &AppState, _: &str, batch: &[Self], mut turn: Turn) -> Result<Vec<Result<()>>> {
        turn.let_next_begin();
        let first = batch[0].number;
        tokio::time::sleep(Duration::from_millis(u64::from(400 - 100 * first))).await;
        let served = if batch[0].skips_turn {
            &SKIPPED
        } else {
            turn.come().await;
            &SERVED
        };
        served.lock().expect("a list").extend(batch.iter().map(|slow| slow.number));
        Ok(batch.iter().map(|_| Ok(())).collect())
    }
}

/// Four batches that are under way together, of one request each.
async fn overlap(pool: PgPool, skips_turn: bool) -> Vec<u32> {
    let stage = Stage::new(pool);
    let came = (0..4).map(|number| {
        let app = stage.app.clone();
        async move {
            tokio::time::sleep(Duration::from_millis(u64::from(20 * number))).await;
            submit(&app, "slow", Slow { number, skips_turn }).await
        }
    });
    assert!(join_all(came).await.iter().all(Result::is_ok));
    let served = if skips_turn { &SKIPPED } else { &SERVED };
    served.lock().expect("a list").clone()
}

#[sqlx::test]
async fn batches_that_overlap_are_served_in_the_order_they_came(pool: PgPool) {
    assert_eq!(overlap(pool, false).await, [0, 1, 2, 3]);
}

#[sqlx::test]
async fn without_turns_the_last_would_be_served_first(pool: PgPool) {
    assert_eq!(overlap(pool, true).await, [3, 2, 1, 0], "the test above could not fail");
}
