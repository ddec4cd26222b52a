//! What load balancers and watchers ask.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{Router, extract::State, routing::get};
use http::StatusCode;
use sqlx::Connection;

use crate::platform::state::AppState;

/// Longest wait for the database before it counts as away.
const DATABASE_MAX: Duration = Duration::from_secs(2);

/// Whether this node wants requests; switched off before it stops.
#[derive(Clone, Default)]
pub struct Readiness(Arc<AtomicBool>);

impl Readiness {
    pub fn set(&self, is_ready: bool) {
        self.0.store(is_ready, Ordering::Release);
    }

    fn is_ready(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// `/healthz`: the process lives. `/readyz`: it wants requests, and its database answers.
pub fn routes(app: AppState, readiness: Readiness) -> Router {
    Router::new().route("/healthz", get(async || "ok")).route("/readyz", get(ready)).with_state((app, readiness))
}

async fn ready(State((app, readiness)): State<(AppState, Readiness)>) -> (StatusCode, &'static str) {
    if !readiness.is_ready() {
        return (StatusCode::SERVICE_UNAVAILABLE, "not ready");
    }
    match tokio::time::timeout(DATABASE_MAX, is_database_there(&app)).await {
        Ok(true) => (StatusCode::OK, "ready"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "no database"),
    }
}

async fn is_database_there(app: &AppState) -> bool {
    match app.lane.acquire().await {
        Ok(mut connection) => connection.ping().await.is_ok(),
        Err(_) => false,
    }
}
