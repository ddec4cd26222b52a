//! The worker of a lane: gathers who waits, and has them decided.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::{BATCH_MAX, Batch, IDLE, LINGER, Waiting, decide, turn::Line};
use crate::platform::{state::AppState, task};

/// With so many waiting already, nobody else is waited for.
const COMPANY: usize = 32;

pub(super) struct Lane<B: Batch> {
    pub app: AppState,
    pub name: Arc<str>,
    pub queue: mpsc::Receiver<Waiting<B>>,
}

impl<B: Batch> Lane<B> {
    /// Works until nobody has come for a while. `running` is shared by all lanes of the kind.
    pub(super) async fn work(mut self, running: Arc<Semaphore>) {
        let ahead = Arc::new(Semaphore::new(B::AHEAD_MAX));
        let mut line = Line::default();
        while let Some(first) = self.next().await {
            // Who comes while earlier batches are under way joins this one.
            let permits = (permit(&ahead).await, permit(&running).await);
            if self.queue.len() < COMPANY {
                tokio::time::sleep(LINGER).await;
            }
            let (app, name, batch) = (self.app.clone(), self.name.clone(), self.gather(first));
            let (turn, begun) = line.next();
            task::spawn(async move {
                decide(&app, &name, batch, turn).await;
                drop(permits);
            });
            // The other end is never used, only dropped.
            let _ = begun.await;
        }
    }

    /// The next request, or `None` when nobody came for a while; what came in the last moment is still served.
    async fn next(&mut self) -> Option<Waiting<B>> {
        if let Ok(next) = tokio::time::timeout(IDLE, self.queue.recv()).await {
            return next;
        }
        self.queue.close();
        self.queue.recv().await
    }

    fn gather(&mut self, first: Waiting<B>) -> Vec<Waiting<B>> {
        let mut batch = vec![first];
        while batch.len() < BATCH_MAX
            && let Ok(more) = self.queue.try_recv()
        {
            batch.push(more);
        }
        batch
    }
}

/// The semaphores of lanes are never closed, so there is always a permit in the end.
async fn permit(semaphore: &Arc<Semaphore>) -> Option<OwnedSemaphorePermit> {
    semaphore.clone().acquire_owned().await.ok()
}
