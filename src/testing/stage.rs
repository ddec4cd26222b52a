//! A stage: a fresh database, a clock that stands still, keys that never change.

use std::sync::Arc;

use clap::Parser;
use sqlx::PgPool;

use crate::platform::{
    batch::Batches,
    clock::Clock,
    config::Config,
    http,
    jobs::{self, Bell, Registry},
    limits::NodeLimits,
    live::Live,
    memory::Memory,
    secrets::Keys,
    state::{AppState, Parts},
};

#[derive(Parser)]
struct OnlyConfig {
    #[command(flatten)]
    config: Config,
}

/// What a domain's tests play on. `#[sqlx::test]` gives the database.
#[derive(Clone)]
pub struct Stage {
    pub app: AppState,
    registry: Arc<Registry>,
}

impl Stage {
    pub fn new(pool: PgPool) -> Self {
        Self::with_config(pool, |_| {})
    }

    /// A stage whose settings differ from the defaults.
    pub fn with_config(pool: PgPool, change: impl FnOnce(&mut Config)) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut config = OnlyConfig::parse_from(["lango"]).config;
        config.dev = true;
        change(&mut config);
        let app = AppState::new(Parts {
            config,
            db: pool.clone(),
            lane: pool,
            clock: Clock::fixed(Clock::System.now()),
            keys: Keys::from_root([42; 32]),
            http: http::client().expect("an HTTP client"),
            batches: Batches::default(),
            limits: NodeLimits::default(),
            bell: Bell::default(),
            live: Live::default(),
            memory: Memory::default(),
            sabotage: crate::platform::sabotage::Sabotage::default(),
        });
        Self { app, registry: Arc::new(crate::server::registry::registry()) }
    }

    /// Runs the jobs that are due now, but none that they lead to.
    pub async fn run_jobs_once(&self) {
        jobs::run_due(&self.app, &self.registry).await.expect("jobs can be taken");
    }

    /// Runs every job that is due until none is left.
    pub async fn drain_jobs(&self) {
        while jobs::run_due(&self.app, &self.registry).await.expect("jobs can be taken") > 0 {}
    }
}
