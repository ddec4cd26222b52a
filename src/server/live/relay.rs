//! Watches, for all streams of this node together, what they watch.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};

use crate::{
    analytics::{self, EventKey, OrderKey},
    error::{AppError, Result},
    platform::{state::AppState, task},
};

/// Streams that one node keeps open.
const STREAMS_MAX: usize = 2_000;
/// How often the database is asked.
const POLL: Duration = Duration::from_millis(500);
/// The shortest pause between two questions, however many touches come in.
const PAUSE: Duration = Duration::from_millis(100);
/// What an event's figures say about the last hour changes by itself; so often they are read anew.
const REFRESH_SECS: i64 = 60;

/// Where something stands, as a text that changes whenever it moves; empty until it was read.
type Mark = Arc<str>;

/// What is watched of one kind, and where it stands.
struct Board<K>(Mutex<HashMap<K, watch::Sender<Mark>>>);

impl<K: Copy + Eq + Hash> Board<K> {
    fn new() -> Self {
        Self(Mutex::new(HashMap::new()))
    }

    fn watch(&self, key: K) -> watch::Receiver<Mark> {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        watched.entry(key).or_insert_with(|| watch::channel(Mark::from("")).0).subscribe()
    }

    /// What somebody still watches; the rest is forgotten.
    fn keys(&self) -> Vec<K> {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        watched.retain(|_, sender| sender.receiver_count() > 0);
        watched.keys().copied().collect()
    }

    fn note(&self, key: K, mark: &str) {
        let watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = watched.get(&key) {
            sender.send_if_modified(|old| {
                let is_new = &**old != mark;
                if is_new {
                    *old = Mark::from(mark);
                }
                is_new
            });
        }
    }
}

/// The figures of an event as they were sent last, for all who watch it.
type Sent = Arc<tokio::sync::Mutex<Option<(Mark, i64, Arc<str>)>>>;

/// Asks for everybody. It works while anything is watched and rests otherwise.
pub struct Relay {
    app: AppState,
    events: Board<EventKey>,
    orders: Board<OrderKey>,
    sent: Mutex<HashMap<EventKey, Sent>>,
    streams: Arc<Semaphore>,
    nudge: Notify,
    is_working: Mutex<bool>,
}

impl Relay {
    pub fn new(app: AppState) -> Arc<Self> {
        Arc::new(Self {
            app,
            events: Board::new(),
            orders: Board::new(),
            sent: Mutex::new(HashMap::new()),
            streams: Arc::new(Semaphore::new(STREAMS_MAX)),
            nudge: Notify::new(),
            is_working: Mutex::new(false),
        })
    }

    /// Room for one more stream, or `Busy`.
    pub fn admit(&self) -> Result<OwnedSemaphorePermit> {
        Arc::clone(&self.streams).try_acquire_owned().map_err(|_| AppError::Busy)
    }

    pub fn watch_event(self: &Arc<Self>, key: EventKey) -> watch::Receiver<Mark> {
        let marks = self.events.watch(key);
        self.start();
        marks
    }

    pub fn watch_order(self: &Arc<Self>, key: OrderKey) -> watch::Receiver<Mark> {
        let marks = self.orders.watch(key);
        self.start();
        marks
    }

    /// Something was touched: ask at once.
    pub fn nudge(&self) {
        self.nudge.notify_one();
    }

    fn start(self: &Arc<Self>) {
        let mut is_working = self.is_working.lock().unwrap_or_else(PoisonError::into_inner);
        if !*is_working {
            *is_working = true;
            let relay = Arc::clone(self);
            drop(task::spawn(async move { relay.work().await }));
        }
        self.nudge();
    }

    async fn work(&self) {
        let mut closed = self.app.live.closed();
        loop {
            let (events, orders) = (self.events.keys(), self.orders.keys());
            if self.rest(&events, &orders) || *closed.borrow() {
                return;
            }
            // What could not be read now is read the next time; the fault was logged where it arose.
            let _ = self.ask(&events, &orders).await;
            tokio::time::sleep(PAUSE).await;
            tokio::select! {
                () = self.nudge.notified() => {}
                () = tokio::time::sleep(POLL.saturating_sub(PAUSE)) => {}
                _ = closed.changed() => {}
            }
        }
    }

    /// Whether nothing is watched any more; then the next watcher starts the work again.
    fn rest(&self, events: &[EventKey], orders: &[OrderKey]) -> bool {
        let mut is_working = self.is_working.lock().unwrap_or_else(PoisonError::into_inner);
        // Looked at again under the lock: somebody may have come since.
        let is_idle =
            events.is_empty() && orders.is_empty() && self.events.keys().is_empty() && self.orders.keys().is_empty();
        if is_idle {
            *is_working = false;
            self.sent.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
        is_idle
    }

    async fn ask(&self, events: &[EventKey], orders: &[OrderKey]) -> Result<()> {
        let mut connection = self.app.db.acquire().await?;
        let minute = self.app.now().unix_secs() / REFRESH_SECS;
        if !events.is_empty() {
            for moved in analytics::events_moved(&mut connection, events).await? {
                self.events.note(moved.key, &format!("{minute} {moved:?}"));
            }
        }
        if !orders.is_empty() {
            for moved in analytics::orders_moved(&mut connection, orders).await? {
                self.orders.note(moved.key, &moved.state);
            }
        }
        Ok(())
    }

    /// An event's figures at a mark, with their number: read once however many watch.
    pub async fn figures(&self, key: EventKey, mark: &Mark) -> Result<(i64, Arc<str>)> {
        let sent = {
            let mut all = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(key).or_default())
        };
        let mut sent = sent.lock().await;
        if let Some((known, number, text)) = &*sent
            && known == mark
        {
            return Ok((*number, Arc::clone(text)));
        }
        let mut connection = self.app.db.acquire().await?;
        let figures = analytics::figures(&mut connection, key.org_id, key.event_id, self.app.now()).await?;
        let text: Arc<str> = serde_json::to_string(&figures).map_err(|error| AppError::fault(&error))?.into();
        // Rises with each message of an event, also from one node to another.
        let number = figures.as_of.0.max(sent.as_ref().map_or(0, |(_, number, _)| number + 1));
        *sent = Some((Arc::clone(mark), number, Arc::clone(&text)));
        Ok((number, text))
    }
}
