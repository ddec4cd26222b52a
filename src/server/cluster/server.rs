//! The server process: starting it, adopting one that runs, noticing its end.

use std::{
    fs::{self, File},
    path::Path,
    time::Duration,
};

use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use tokio::{
    process::Child,
    time::{Instant, sleep},
};

use super::{
    ClusterError, START_MAX,
    place::{Place, fault},
    tools::Tools,
};

/// What every server is started with; the rest is Postgres's own default.
const SETTINGS: &[&str] = &[
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "fsync=on",
    "full_page_writes=on",
    "synchronous_commit=on",
    "password_encryption=scram-sha-256",
    "log_timezone=UTC",
    "timezone=UTC",
    // Short statements lose more by compilation than they win.
    "jit=off",
];
/// A log longer than this is begun anew at the next start.
const LOG_BYTES_MAX: u64 = 8 * 1024 * 1024;
const LOG_TAIL_LINES: usize = 12;
const READY_POLL: Duration = Duration::from_millis(15);
const RETRY_PAUSE: Duration = Duration::from_millis(300);
const ADOPTED_POLL: Duration = Duration::from_millis(500);

/// A running server: our child, or one that an earlier Lango has left.
pub enum Server {
    Child(Child),
    Adopted(Place),
}

impl Server {
    /// Returns when the server has ended.
    pub async fn ended(&mut self) {
        match self {
            Self::Child(child) => {
                // An error means that there is no such child any more.
                let _ = child.wait().await;
            }
            Self::Adopted(place) => {
                while is_running(place) {
                    sleep(ADOPTED_POLL).await;
                }
            }
        }
    }
}

/// Gets a server that answers: the one that runs, or a new one.
pub async fn bring_up(place: &Place, tools: &Tools, options: &PgConnectOptions) -> Result<Server, ClusterError> {
    if answers(options).await {
        tracing::info!("Postgres was left running and is used again");
        return Ok(Server::Adopted(place.clone()));
    }
    let deadline = Instant::now() + START_MAX;
    let mut child = spawn_child(place, tools)?;
    while Instant::now() < deadline {
        let has_ended = child.try_wait().is_ok_and(|ended| ended.is_some());
        if answers(options).await {
            return Ok(if has_ended { Server::Adopted(place.clone()) } else { Server::Child(child) });
        }
        if has_ended {
            // Sessions of a killed server may need a moment to notice it; until then Postgres refuses to start.
            sleep(RETRY_PAUSE).await;
            child = spawn_child(place, tools)?;
        }
        sleep(READY_POLL).await;
    }
    let _ = child.kill().await;
    Err(ClusterError::NotReady { log: place.log(), tail: tail_of(&place.log()) })
}

/// Starts the server without waiting for it to answer.
pub async fn spawn(place: &Place, tools: &Tools) -> Result<Server, ClusterError> {
    let _alone = place.lock_for_starting().await?;
    if is_running(place) {
        return Ok(Server::Adopted(place.clone()));
    }
    Ok(Server::Child(spawn_child(place, tools)?))
}

fn spawn_child(place: &Place, tools: &Tools) -> Result<Child, ClusterError> {
    forget_stale_pid(place);
    let log = open_log(place)?;
    let errors = log.try_clone().map_err(|error| fault(&place.log(), error))?;
    let mut command = tools.command("postgres", place);
    command.arg("-D").arg(place.cluster()).arg("-k").arg(place.socket_folder());
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    // A group of its own: Ctrl-C in the terminal is for Lango, which stops Postgres when the work is done.
    command.process_group(0).stdout(log).stderr(errors);
    command.spawn().map_err(|error| ClusterError::Failed { program: "postgres", output: error.to_string() })
}

async fn answers(options: &PgConnectOptions) -> bool {
    match PgConnection::connect_with(&options.clone().database("postgres")).await {
        Ok(connection) => connection.close().await.is_ok(),
        Err(_) => false,
    }
}

fn open_log(place: &Place) -> Result<File, ClusterError> {
    let path = place.log();
    let is_long = fs::metadata(&path).is_ok_and(|found| found.len() > LOG_BYTES_MAX);
    if is_long {
        fs::remove_file(&path).map_err(|error| fault(&path, error))?;
    }
    File::options().create(true).append(true).open(&path).map_err(|error| fault(&path, error))
}

fn tail_of(log: &Path) -> String {
    let text = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(LOG_TAIL_LINES)..].join("\n")
}

/// The process that the pid file names.
pub fn noted_pid(place: &Place) -> Option<u32> {
    let text = fs::read_to_string(place.cluster().join("postmaster.pid")).ok()?;
    text.lines().next()?.trim().parse().ok()
}

fn is_running(place: &Place) -> bool {
    noted_pid(place).is_some_and(|pid| works_in(pid, &place.cluster()))
}

/// Every process of a server has the cluster as its working folder; where there is no /proc, any living server counts.
fn works_in(pid: u32, cluster: &Path) -> bool {
    if !Path::new("/proc/self").exists() {
        return cluster.join("postmaster.pid").exists();
    }
    fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|folder| folder == cluster)
}

/// Removes a pid file that names a process which is none of Postgres's: after a crash the number may be anybody's, and
/// Postgres would take that process for a server of this cluster. As long as a session of the killed server lives, the
/// file stays, for it guards against two servers on the same files.
fn forget_stale_pid(place: &Place) {
    let Some(pid) = noted_pid(place) else { return };
    let cluster = place.cluster();
    let is_somebodys = Path::new(&format!("/proc/{pid}")).exists();
    if !is_somebodys || works_in(pid, &cluster) {
        return;
    }
    let Ok(processes) = fs::read_dir("/proc") else { return };
    let has_sessions = processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .any(|pid: u32| works_in(pid, &cluster));
    if !has_sessions {
        tracing::info!("removing a stale postmaster.pid");
        let _ = fs::remove_file(cluster.join("postmaster.pid"));
    }
}
