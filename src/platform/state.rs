//! What every request and job is given.

use std::sync::Arc;

use leptos::prelude::use_context;
use sqlx::PgPool;

use super::{
    batch::Batches, clock::Clock, config::Config, db::Tx, jobs::Bell, limits::NodeLimits, live::Live, memory::Memory,
    sabotage::Sabotage, secrets::Keys,
};
use crate::{
    error::{AppError, Result},
    kernel::Instant,
};

/// The tools of the process: cheap to clone, free of domain types.
#[derive(Clone)]
pub struct AppState(Arc<Parts>);

/// What an `AppState` is made of.
#[derive(Clone)]
pub struct Parts {
    pub config: Config,
    /// Pages and purchases.
    pub db: PgPool,
    /// Gates and callbacks, which must answer while a sale takes every other connection.
    pub lane: PgPool,
    pub clock: Clock,
    pub keys: Keys,
    pub http: reqwest::Client,
    /// Requests that are decided together with others.
    pub batches: Batches,
    /// Who asked this node how often.
    pub limits: NodeLimits,
    pub bell: Bell,
    pub live: Live,
    /// Views of the database that this node keeps for a moment.
    pub memory: Memory,
    /// Always off outside tests.
    pub sabotage: Sabotage,
}

impl AppState {
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// The state of the request at hand, inside a server function or a page that is rendered.
    pub fn current() -> Result<Self> {
        use_context::<Self>().ok_or_else(|| AppError::fault_text("no AppState in context"))
    }

    pub fn now(&self) -> Instant {
        self.0.clock.now()
    }

    /// Another node beside this one, on the same database and with the same keys.
    #[cfg(test)]
    #[must_use]
    pub fn twin(&self) -> Self {
        Self::new(Parts {
            batches: Batches::default(),
            limits: NodeLimits::default(),
            memory: Memory::default(),
            ..(*self.0).clone()
        })
    }

    /// Opens a transaction on the pages' pool.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(self.0.db.begin().await?)
    }

    /// Opens a transaction on the lane kept free for gates and callbacks.
    pub async fn begin_in_lane(&self) -> Result<Tx> {
        Ok(self.0.lane.begin().await?)
    }
}

impl std::ops::Deref for AppState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
