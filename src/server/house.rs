//! What every command that needs the database opens first and closes last.

use std::io;

use sqlx::{ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions};

use super::cluster::{Cluster, ClusterError};
use crate::platform::{
    batch::Batches,
    clock::Clock,
    config::Config,
    db, http,
    jobs::Bell,
    limits::NodeLimits,
    live::Live,
    memory::Memory,
    secrets::Keys,
    state::{AppState, Parts},
};

/// Why the process could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("Postgres: {0}")]
    Cluster(#[from] ClusterError),
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the database's migrations: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("the HTTP client: {0}")]
    Http(#[from] reqwest::Error),
    #[error("the address {addr}: {error}")]
    Address { addr: std::net::SocketAddr, error: io::Error },
    #[error("this build has no failpoints: cargo build --features failpoints")]
    NoFailpoints,
    #[error("promises were broken, or a missing guard was not noticed; the lines above say where")]
    Chaos,
    #[error("the certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    #[error("{broken} of {checks} promises are broken")]
    Breached { broken: usize, checks: usize },
    #[error("the database has other data: lango demo --force adds the demo beside it")]
    OtherData,
    #[error("the database has other data: measure on one of its own")]
    NotForLoad,
    #[error("{0}")]
    App(#[from] crate::error::AppError),
}

/// Connections kept free for gates, callbacks and jobs.
const LANE_CONNECTIONS: u32 = 6;

/// The state, and the Postgres that was started for it, if any.
pub struct House {
    pub app: AppState,
    cluster: Option<Cluster>,
}

impl House {
    /// Gets a database with today's schema, and the tools of the process.
    pub async fn open(config: Config) -> Result<Self, StartError> {
        // A second install, as in tests, changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let keys = Keys::load(&config)?;
        let (options, cluster) = database(&config).await?;
        let options = options.disable_statement_logging();
        migrate(&options).await?;
        let db = db::connect(options.clone(), config.db_connections).await?;
        let lane = db::connect(options, LANE_CONNECTIONS).await?;
        let app = AppState::new(Parts {
            http: http::client()?,
            batches: Batches::default(),
            limits: NodeLimits::default(),
            config,
            db,
            lane,
            clock: Clock::System,
            keys,
            bell: Bell::default(),
            live: Live::default(),
            memory: Memory::default(),
            sabotage: crate::platform::sabotage::Sabotage::default(),
        });
        Ok(Self { app, cluster })
    }

    /// Gives back what was opened.
    pub async fn close(self) -> Result<(), StartError> {
        self.app.db.close().await;
        self.app.lane.close().await;
        if let Some(cluster) = self.cluster {
            cluster.stop().await?;
        }
        Ok(())
    }
}

/// The server of `DATABASE_URL`, or one of our own.
async fn database(config: &Config) -> Result<(PgConnectOptions, Option<Cluster>), StartError> {
    if let Some(url) = config.database_url.as_deref().filter(|url| !url.is_empty()) {
        return Ok((url.parse()?, None));
    }
    let cluster = Cluster::start(&config.data, config.pg_bin.as_deref()).await?;
    Ok((cluster.options(), Some(cluster)))
}

/// Runs on a connection without the limits of requests: a migration may take its time, or wait for another node's.
async fn migrate(options: &PgConnectOptions) -> Result<(), StartError> {
    let mut connection = PgConnection::connect_with(options).await?;
    sqlx::migrate!().run(&mut connection).await?;
    connection.close().await?;
    Ok(())
}
