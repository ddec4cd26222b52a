//! The Postgres that Lango brings along when it is given none.
//!
//! A private cluster under the data folder, reached by a unix socket with a user and password of its own, with fsync and
//! data checksums on. It is found again on the next start, also after `kill -9` of Lango (the running server is adopted)
//! or of Postgres (it is started again, and recovers).
//! Invariant: only the last Lango that uses a cluster stops it.
mod place;
mod server;
mod tools;

#[cfg(test)]
mod tests;

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{
    Connection, Executor, PgConnection,
    postgres::{PgConnectOptions, PgSslMode},
};
use tokio::{sync::watch, task::JoinHandle, time::Instant};

use self::{place::Place, server::Server, tools::Tools};
use crate::platform::task;

/// Why there is no Postgres to work with.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    #[error("{path}: {error}")]
    Folder { path: PathBuf, error: io::Error },
    #[error(
        "no Postgres found: install one (on Debian: apt-get install postgresql), or set LANGO_PG_BIN to its folder or DATABASE_URL to a server"
    )]
    NoTools,
    #[error(
        "the cluster in {path} was made by Postgres {major}: install that version, or set LANGO_PG_BIN to the folder of its programs"
    )]
    OtherVersion { path: PathBuf, major: u32 },
    #[error("Postgres does not run as root, and this machine has neither a user postgres nor a user nobody: add one")]
    NoUser,
    #[error("{program} failed:\n{output}")]
    Failed { program: &'static str, output: String },
    #[error("Postgres did not start; its log {log} ends with:\n{tail}")]
    NotReady { log: PathBuf, tail: String },
    #[error("{0} belongs to somebody else: remove it")]
    ForeignFolder(PathBuf),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Longest wait for a server to answer, crash recovery included.
const START_MAX: Duration = Duration::from_mins(1);
const DATABASE: &str = "lango";
const USER: &str = "lango";
/// Pause between two tries to get a server that went down up again.
const RESTART_PAUSE: Duration = Duration::from_millis(500);

/// A running cluster, watched, and started again when it goes down.
pub struct Cluster {
    place: Place,
    tools: Tools,
    options: PgConnectOptions,
    /// Locked by every Lango that uses the cluster; the system takes the lock away with the process.
    users: File,
    stop: watch::Sender<bool>,
    watcher: JoinHandle<()>,
}

impl Cluster {
    /// Makes the cluster when there is none, starts it when it is not running, and watches over it.
    pub async fn start(data: &Path, programs: Option<&Path>) -> Result<Self, ClusterError> {
        let place = Place::find(data)?;
        let tools = Tools::find(programs, &place).await?;
        let started = Instant::now();
        let _alone = place.lock_for_starting().await?;
        let password = place.password()?;
        if !place.is_made() {
            tracing::info!("making a Postgres cluster in {}", place.room().display());
            tools.make(&place).await?;
        }
        let options = PgConnectOptions::new_without_pgpass()
            .socket(place.socket_folder())
            .port(5432)
            .ssl_mode(PgSslMode::Disable)
            .username(USER)
            .password(&password);
        let server = server::bring_up(&place, &tools, &options).await?;
        let users = place.lock_as_user()?;
        let options = options.database(DATABASE);
        make_database(&options).await?;
        tracing::info!(ms = started.elapsed().as_millis(), "Postgres is up");
        let (stop, stopped) = watch::channel(false);
        let watcher = task::spawn(watch_over(place.clone(), tools.clone(), server, stopped));
        Ok(Self { place, tools, options, users, stop, watcher })
    }

    /// How to connect to Lango's database in it.
    pub fn options(&self) -> PgConnectOptions {
        self.options.clone()
    }

    /// The server's process, while one runs.
    pub fn pid(&self) -> Option<u32> {
        server::noted_pid(&self.place)
    }

    /// Stops the server cleanly, unless another Lango still uses it.
    pub async fn stop(self) -> Result<(), ClusterError> {
        self.stop.send_replace(true);
        let _alone = self.place.lock_for_starting().await?;
        // The watcher only waits by now, and a server that ends need not be noticed any more.
        self.watcher.abort();
        if self.place.is_last_user(&self.users)? {
            self.tools.stop(&self.place).await?;
        }
        Ok(())
    }
}

/// Starts the server again whenever it goes down, until told to stop.
async fn watch_over(place: Place, tools: Tools, mut server: Server, mut stopped: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = server.ended() => {}
            _ = stopped.changed() => return,
        }
        tracing::error!("Postgres went down; starting it again");
        loop {
            match server::spawn(&place, &tools).await {
                Ok(next) => {
                    server = next;
                    break;
                }
                Err(error) => tracing::error!("{error}"),
            }
            tokio::time::sleep(RESTART_PAUSE).await;
        }
        tokio::time::sleep(RESTART_PAUSE).await;
    }
}

async fn make_database(options: &PgConnectOptions) -> Result<(), ClusterError> {
    if let Ok(found) = PgConnection::connect_with(options).await {
        return Ok(found.close().await?);
    }
    let mut connection = PgConnection::connect_with(&options.clone().database("postgres")).await?;
    connection.execute("create database lango").await?;
    Ok(connection.close().await?)
}
