//! Requests that arrive together are decided together: one round trip, one lock of a hot row and one fsync for all of
//! them instead of one for each.
//!
//! A lane is a queue with one worker, so that rivals of the same stock wait here, in the order they came, and not in the
//! database. Nothing is made true by a lane: other nodes have lanes of their own, and the database decides.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::sync::{Semaphore, mpsc, oneshot};

use super::{state::AppState, task};
use crate::error::{AppError, Result};

/// How long the first request of a batch waits for company.
const LINGER: Duration = Duration::from_millis(1);
/// Requests decided in one go.
const BATCH_MAX: usize = 256;
/// Requests that may wait in a lane; who comes after them is told to come back, since a longer queue would only time out.
const QUEUE_MAX: usize = 2_048;
/// Batches of one kind that run at once: each takes a connection.
const RUNNING_MAX: usize = 8;
/// A lane that nobody uses is given up after so long.
const IDLE: Duration = Duration::from_secs(20);

/// A request that is decided with others of its lane.
pub trait Batch: Clone + Send + Sync + Sized + 'static {
    type Answer: Send + 'static;

    /// Decides requests of one lane, in the order they came; as many answers as requests. An error is of the batch as a
    /// whole: then each request is tried alone, so that one cannot take the others down.
    fn run(
        app: &AppState,
        lane: &str,
        batch: &[Self],
    ) -> impl Future<Output = Result<Vec<Result<Self::Answer>>>> + Send;
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
fn sender<B: Batch>(app: &AppState, lane: &str) -> mpsc::Sender<Waiting<B>> {
    let lanes = app.batches.of::<B>();
    let mut open = lanes.open.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(sender) = open.get(lane).filter(|sender| !sender.is_closed()) {
        return sender.clone();
    }
    let (sender, queue) = mpsc::channel(QUEUE_MAX);
    open.retain(|_, sender| !sender.is_closed());
    open.insert(lane.to_owned(), sender.clone());
    task::spawn(work(app.clone(), lane.to_owned(), queue, lanes.running.clone()));
    sender
}

async fn work<B: Batch>(app: AppState, lane: String, mut queue: mpsc::Receiver<Waiting<B>>, running: Arc<Semaphore>) {
    while let Some(first) = next(&mut queue).await {
        tokio::time::sleep(LINGER).await;
        let mut waiting = vec![first];
        // Never closed, so there is always a turn.
        let _turn = running.acquire().await;
        while waiting.len() < BATCH_MAX
            && let Ok(more) = queue.try_recv()
        {
            waiting.push(more);
        }
        decide(&app, &lane, waiting).await;
    }
}

/// The next request, or `None` when nobody came for a while; what came in the last moment is still served.
async fn next<T>(queue: &mut mpsc::Receiver<T>) -> Option<T> {
    if let Ok(next) = tokio::time::timeout(IDLE, queue.recv()).await {
        return next;
    }
    queue.close();
    queue.recv().await
}

async fn decide<B: Batch>(app: &AppState, lane: &str, waiting: Vec<Waiting<B>>) {
    let (requests, replies): (Vec<_>, Vec<_>) =
        waiting.into_iter().map(|waiting| (waiting.request, waiting.reply)).unzip();
    let answers = match B::run(app, lane, &requests).await {
        Ok(answers) => answers,
        Err(error) if requests.len() == 1 => vec![Err(error)],
        Err(_) => one_by_one(app, lane, &requests).await,
    };
    for (reply, answer) in replies.into_iter().zip(answers) {
        // Whoever hung up finds the answer by the key of the request.
        let _ = reply.send(answer);
    }
}

async fn one_by_one<B: Batch>(app: &AppState, lane: &str, requests: &[B]) -> Vec<Result<B::Answer>> {
    let mut answers = Vec::with_capacity(requests.len());
    for request in requests {
        let alone = B::run(app, lane, std::slice::from_ref(request)).await;
        answers.push(alone.and_then(|mut one| one.pop().unwrap_or(Err(AppError::Busy))));
    }
    answers
}
