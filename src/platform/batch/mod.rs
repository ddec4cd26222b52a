//! Requests that arrive together are decided together: one round trip, one lock of a hot row and one fsync for all of
//! them instead of one for each.
//!
//! A lane is a queue with one worker, so that rivals of the same stock wait here, in the order they came, and not in the
//! database. Nothing is made true by a lane: other nodes have lanes of their own, and the database decides.
mod lane;
mod turn;

#[cfg(test)]
mod tests;

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::sync::{Semaphore, mpsc, oneshot};

use self::lane::Lane;
pub use self::turn::Turn;
use super::{state::AppState, task};
use crate::error::{AppError, Result};

/// How long the first request of a batch waits for company.
const LINGER: Duration = Duration::from_millis(1);
/// Requests decided in one go.
const BATCH_MAX: usize = 512;
/// Requests that may wait in a lane; who comes after them is told to come back, since a longer queue would only time out.
const QUEUE_MAX: usize = 4_096;
/// Batches of one kind that run at once: each takes a connection.
const RUNNING_MAX: usize = 8;
/// A lane that nobody uses is given up after so long.
const IDLE: Duration = Duration::from_secs(20);

/// A request that is decided with others of its lane.
pub trait Batch: Clone + Send + Sync + Sized + 'static {
    type Answer: Send + 'static;

    /// Batches of one lane that may be under way at once; with more than one, `run_in_turn` keeps them apart.
    const AHEAD_MAX: usize = 1;

    /// Decides requests of one lane, in the order they came; as many answers as requests. An error is of the batch as a
    /// whole: then its halves are tried, so that one request cannot take the others down.
    fn run(
        app: &AppState,
        lane: &str,
        batch: &[Self],
    ) -> impl Future<Output = Result<Vec<Result<Self::Answer>>>> + Send;

    /// The same, for kinds whose batches overlap: the turn says when the one before has done what must be done first.
    fn run_in_turn(
        app: &AppState,
        lane: &str,
        batch: &[Self],
        turn: Turn,
    ) -> impl Future<Output = Result<Vec<Result<Self::Answer>>>> + Send {
        async move {
            let answers = Self::run(app, lane, batch).await;
            drop(turn);
            answers
        }
    }
}

struct Waiting<B: Batch> {
    request: B,
    reply: oneshot::Sender<Result<B::Answer>>,
}

/// The lanes of one kind of request.
struct Lanes<B: Batch> {
    open: Mutex<HashMap<String, mpsc::Sender<Waiting<B>>>>,
    running: Arc<Semaphore>,
}

impl<B: Batch> Default for Lanes<B> {
    fn default() -> Self {
        Self { open: Mutex::default(), running: Arc::new(Semaphore::new(RUNNING_MAX)) }
    }
}

/// All lanes of a node.
#[derive(Clone, Default)]
pub struct Batches(Arc<Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>>);

impl Batches {
    fn of<B: Batch>(&self) -> Arc<Lanes<B>> {
        let mut kinds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lanes = kinds.entry(TypeId::of::<B>()).or_insert_with(|| Arc::new(Lanes::<B>::default()));
        lanes.clone().downcast().unwrap_or_default()
    }
}

/// Puts a request into its lane and waits for its answer. `Busy` when the lane is full.
pub async fn submit<B: Batch>(app: &AppState, lane: &str, request: B) -> Result<B::Answer> {
    let (reply, answer) = oneshot::channel();
    let mut waiting = Waiting { request, reply };
    // A lane that was just given up is opened again.
    loop {
        match sender(app, lane).try_send(waiting) {
            Ok(()) => break,
            Err(mpsc::error::TrySendError::Full(_)) => return Err(AppError::Busy),
            Err(mpsc::error::TrySendError::Closed(back)) => waiting = back,
        }
    }
    answer.await.unwrap_or_else(|_| Err(AppError::fault_text("a batch ended without answers")))
}

/// The way into a lane; opens it when it is not.
fn sender<B: Batch>(app: &AppState, name: &str) -> mpsc::Sender<Waiting<B>> {
    let lanes = app.batches.of::<B>();
    let mut open = lanes.open.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(sender) = open.get(name).filter(|sender| !sender.is_closed()) {
        return sender.clone();
    }
    let (sender, queue) = mpsc::channel(QUEUE_MAX);
    open.retain(|_, sender| !sender.is_closed());
    open.insert(name.to_owned(), sender.clone());
    task::spawn(Lane { app: app.clone(), name: name.into(), queue }.work(lanes.running.clone()));
    sender
}

/// Decides a batch and tells everybody their answer.
async fn decide<B: Batch>(app: &AppState, lane: &str, waiting: Vec<Waiting<B>>, turn: Turn) {
    let (requests, replies): (Vec<_>, Vec<_>) =
        waiting.into_iter().map(|waiting| (waiting.request, waiting.reply)).unzip();
    let answers = match B::run_in_turn(app, lane, &requests, turn).await {
        Ok(answers) => answers,
        Err(error) => halve(app, lane, &requests, error).await,
    };
    for (reply, answer) in replies.into_iter().zip(answers) {
        // Whoever hung up finds the answer by the key of the request.
        let _ = reply.send(answer);
    }
}

/// Decides a batch that failed as a whole: its halves, and theirs, until only who cannot be served is refused. When the
/// database is busy all are told so, since trying on would keep it busy.
async fn halve<B: Batch>(app: &AppState, lane: &str, failed: &[B], error: AppError) -> Vec<Result<B::Answer>> {
    let mut answers = Vec::with_capacity(failed.len());
    let mut open = vec![(failed, Some(error))];
    while let Some((requests, error)) = open.pop() {
        let decided = match error {
            Some(error) => Err(error),
            None => B::run(app, lane, requests).await,
        };
        match decided {
            Ok(decided) => answers.extend(decided),
            Err(error) if requests.len() == 1 || error == AppError::Busy => {
                answers.extend(requests.iter().map(|_| Err(error.clone())));
            }
            Err(_) => {
                let (first, second) = requests.split_at(requests.len() / 2);
                open.extend([(second, None), (first, None)]);
            }
        }
    }
    answers
}
