//! The simulator as its routes see it: options, world, and a queue of what happens later.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures::{StreamExt, future::BoxFuture, stream::FuturesUnordered};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

use super::{
    courier,
    options::Options,
    prompt::{Decision, Prompt},
    script::Buyer,
    world::World,
};

/// Something that happens later.
pub type Work = BoxFuture<'static, ()>;

/// What every route is given.
#[derive(Clone)]
pub struct Sim(Arc<Parts>);

/// What a `Sim` is made of.
pub struct Parts {
    pub options: Options,
    pub http: reqwest::Client,
    pub world: Mutex<World>,
    pub work: UnboundedSender<Work>,
}

impl std::ops::Deref for Sim {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Sim {
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// The world; nobody waits while holding it.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets something happen on its own.
    pub fn later(&self, work: impl Future<Output = ()> + Send + 'static) {
        // The queue is gone only when the simulator ends.
        let _ = self.work.send(Box::pin(work));
    }

    /// Lets the phone's holder act: by script, or by running out of time at the phone page.
    pub fn await_decision(&self, prompt: &Prompt) {
        let wait_ms = match prompt.script.buyer {
            Buyer::Ask => self.options.prompt_secs.saturating_mul(1000),
            _ => prompt.script.after_ms,
        };
        let decision =
            Decision::of(&prompt.script.buyer).unwrap_or_else(|| Decision::Refuse(Decision::NO_ANSWER.to_owned()));
        let (sim, id) = (self.clone(), prompt.checkout_request_id.clone());
        self.later(async move {
            pause(wait_ms).await;
            sim.decide(&id, &decision);
        });
    }

    /// Ends a prompt, and lets the callbacks go; false when it had ended before.
    pub fn decide(&self, checkout_request_id: &str, decision: &Decision) -> bool {
        let Some(prompt) = self.world().close(checkout_request_id, decision, &self.options.business) else {
            return false;
        };
        self.later(courier::report(self.clone(), prompt.clone()));
        self.maybe_pay_late(&prompt);
        true
    }

    /// Ends a prompt before its request is answered: the callback has arrived when this returns.
    pub async fn decide_early(&self, checkout_request_id: &str, decision: &Decision) {
        let closed = self.world().close(checkout_request_id, decision, &self.options.business);
        if let Some(prompt) = closed {
            self.maybe_pay_late(&prompt);
            courier::report(self.clone(), prompt).await;
        }
    }

    fn maybe_pay_late(&self, prompt: &Prompt) {
        let Some(wait_ms) = prompt.script.late_success_ms else {
            return;
        };
        let (sim, id) = (self.clone(), prompt.checkout_request_id.clone());
        self.later(async move {
            pause(wait_ms).await;
            let paid = sim.world().pay_late(&id, &sim.options.business);
            if let Some(prompt) = paid {
                courier::report(sim.clone(), prompt).await;
            }
        });
    }
}

/// Runs what was put off, each on its own, until the queue is dropped.
pub async fn run(mut queue: UnboundedReceiver<Work>) {
    let mut running = FuturesUnordered::new();
    loop {
        tokio::select! {
            Some(work) = queue.recv() => running.push(work),
            Some(()) = running.next(), if !running.is_empty() => {}
            else => return,
        }
    }
}

/// Waits.
pub async fn pause(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}
