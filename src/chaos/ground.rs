//! The cluster of all runs, and a fresh database for each.

use std::{
    env::temp_dir,
    fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use clap::Parser;
use sqlx::{ConnectOptions, postgres::PgConnectOptions};
use tokio::time::{Instant, sleep, timeout};

use super::{process::signal, store};
use crate::{
    platform::{config::Config, secrets},
    server::{
        cluster::Cluster,
        house::{House, StartError},
    },
};

/// The database with today's schema and nothing in it, of which every run gets a copy.
const TEMPLATE: &str = "chaos_template";
/// Longest wait until Postgres answers again.
const BACK_MAX: Duration = Duration::from_secs(120);
const CONNECT_MAX: Duration = Duration::from_secs(5);
const BACK_PAUSE: Duration = Duration::from_millis(100);

/// Settings, as `serve` would read them.
#[derive(Parser)]
struct Settings {
    #[command(flatten)]
    config: Config,
}

pub struct Ground {
    cluster: Cluster,
    /// Everything of all runs is in here.
    pub room: PathBuf,
    pub secret: String,
    made: AtomicU32,
}

impl Ground {
    pub async fn open(programs: Option<&Path>) -> Result<Self, StartError> {
        let room = temp_dir().join(format!("lango-chaos-{}", std::process::id()));
        fs::create_dir_all(&room)?;
        // Started by root, Postgres runs as a user of its own, who must be able to get in.
        fs::set_permissions(&room, fs::Permissions::from_mode(0o755))?;
        let cluster = Cluster::start(&room, programs).await?;
        let secret = secrets::hex(&secrets::random::<32>());
        let ground = Self { cluster, room, secret, made: AtomicU32::new(0) };
        store::create_database(&ground.options("postgres"), TEMPLATE, "template1").await?;
        ground.house(TEMPLATE).await?.close().await?;
        Ok(ground)
    }

    /// Makes a database with the schema; gives its name.
    pub async fn fresh_database(&self) -> Result<String, StartError> {
        let name = format!("chaos_{}", self.made.fetch_add(1, Ordering::Relaxed));
        store::create_database(&self.options("postgres"), &name, TEMPLATE).await?;
        Ok(name)
    }

    /// The tools of a node that serves nothing, straight on the socket, beyond every fault.
    pub async fn house(&self, database: &str) -> Result<House, StartError> {
        let url = self.options(database).to_url_lossy().to_string();
        let room = self.room.to_string_lossy();
        let arguments = ["lango", "--database-url", &url, "--data", &room, "--secret", &self.secret];
        let settings = Settings::try_parse_from(arguments).map_err(io::Error::other)?;
        House::open(settings.config).await
    }

    /// The address of a database by way of a port.
    pub fn url_by(&self, port: u16, database: &str) -> Result<String, StartError> {
        let mut url = self.options(database).to_url_lossy();
        url.set_query(Some("sslmode=disable"));
        url.set_host(Some("127.0.0.1")).map_err(io::Error::other)?;
        url.set_port(Some(port)).map_err(|()| io::Error::other("a database's address has a port"))?;
        Ok(url.to_string())
    }

    pub fn socket(&self) -> Result<PathBuf, StartError> {
        let options = self.cluster.options();
        let folder = options.get_socket().ok_or_else(|| io::Error::other("the cluster has a socket"))?;
        Ok(folder.join(".s.PGSQL.5432"))
    }

    fn options(&self, database: &str) -> PgConnectOptions {
        self.cluster.options().database(database)
    }

    /// Ends Postgres with a signal: `KILL`, `QUIT` (at once) or `INT` (fast). The cluster's watcher starts it again.
    pub async fn strike(&self, name: &str) -> Result<(), StartError> {
        if let Some(pid) = self.cluster.pid() {
            signal(pid, name)?;
        }
        let began = Instant::now();
        // The process needs a moment to go, and then must be back.
        sleep(BACK_PAUSE).await;
        while began.elapsed() < BACK_MAX {
            if timeout(CONNECT_MAX, self.options("postgres").connect()).await.is_ok_and(|connected| connected.is_ok()) {
                return Ok(());
            }
            sleep(BACK_PAUSE).await;
        }
        Err(io::Error::new(io::ErrorKind::TimedOut, "Postgres did not come back").into())
    }

    /// Stops Postgres; the room with everybody's logs stays when it is to be looked at.
    pub async fn close(self, is_clean: bool) -> Result<(), StartError> {
        self.cluster.stop().await?;
        if is_clean {
            fs::remove_dir_all(&self.room)?;
        } else {
            tracing::error!("the logs are in {}", self.room.display());
        }
        Ok(())
    }
}
