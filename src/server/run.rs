//! From settings to a serving process, and back down.

use std::{io, sync::Arc};

use sqlx::{ConnectOptions, postgres::PgConnectOptions};
use tokio::{net::TcpListener, signal, sync::watch};

use super::{registry, router};
use crate::platform::{
    clock::Clock,
    config::Config,
    db, http,
    jobs::{self, Bell},
    live::Live,
    secrets::Keys,
    state::{AppState, Parts},
    task,
};

/// Why the process could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the database's migrations: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("the HTTP client: {0}")]
    Http(#[from] reqwest::Error),
}

/// Connections kept free for gates, callbacks and jobs.
const LANE_CONNECTIONS: u32 = 6;

/// Builds the state: database, keys, tools.
pub async fn state(config: Config) -> Result<AppState, StartError> {
    let url = config.database_url.clone().unwrap_or_default();
    let options: PgConnectOptions = url.parse()?;
    let options = options.disable_statement_logging();
    let keys = Keys::load(&config)?;
    let db = db::connect(options.clone(), config.db_connections).await?;
    let lane = db::connect(options, LANE_CONNECTIONS).await?;
    sqlx::migrate!().run(&lane).await?;
    Ok(AppState::new(Parts {
        http: http::client()?,
        config,
        db,
        lane,
        clock: Clock::System,
        keys,
        bell: Bell::default(),
        live: Live::default(),
    }))
}

/// Serves until it is asked to stop; then drains and ends.
pub async fn serve(config: Config) -> Result<(), StartError> {
    // A second install, as in tests, changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let addr = config.addr;
    let app = state(config).await?;
    let (stop, stopped) = watch::channel(false);
    let worker = task::spawn(jobs::work(app.clone(), Arc::new(registry::registry()), stopped));
    let listener = TcpListener::bind(addr).await?;
    tracing::info!("serving {}", app.config.origin());
    let router = router::router(app.clone());
    axum::serve(listener, router)
        .with_graceful_shutdown(async {
            // When the signal cannot be listened for, serving on is the better choice.
            let _ = signal::ctrl_c().await;
        })
        .await?;
    stop.send_replace(true);
    if let Err(error) = worker.await {
        tracing::error!(%error, "the worker broke off");
    }
    Ok(())
}
