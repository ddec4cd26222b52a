//! Processes of a run: each is ended by its own id, with the run or before it.

use std::{
    fs::File,
    io,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Command as Plain, Stdio},
    time::Duration,
};

use tokio::{
    process::{Child, Command},
    time::{Instant, sleep, timeout},
};

/// Longest wait for a node to serve.
const READY_MAX: Duration = Duration::from_secs(45);
const READY_PAUSE: Duration = Duration::from_millis(50);
const STOP_MAX: Duration = Duration::from_secs(20);

/// A port that nobody listens on right now.
pub fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")?.local_addr()
}

/// Sends a signal to a process by its id.
pub fn signal(pid: u32, name: &str) -> io::Result<()> {
    let status = Plain::new("kill").arg(format!("-{name}")).arg(pid.to_string()).stderr(Stdio::null()).status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("no process {pid}"))) }
}

/// One node: the same binary, serving.
pub struct Node {
    pub addr: SocketAddr,
    settings: Vec<(String, String)>,
    log: PathBuf,
    child: Option<Child>,
    /// Deaths that were not asked for by a signal of ours.
    pub deaths: u32,
}

impl Node {
    pub fn new(addr: SocketAddr, settings: Vec<(String, String)>, log: PathBuf) -> Self {
        Self { addr, settings, log, child: None, deaths: 0 }
    }

    /// Starts the node with points and switches armed, and waits until it serves.
    pub async fn start(&mut self, failpoints: &str) -> io::Result<()> {
        let log = File::options().create(true).append(true).open(&self.log)?;
        let mut command = Command::new(std::env::current_exe()?);
        command
            .arg("serve")
            .envs(self.settings.iter().map(|(name, value)| (name.as_str(), value.as_str())))
            .env("FAILPOINTS", failpoints)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true);
        self.child = Some(command.spawn()?);
        self.until_ready().await
    }

    async fn until_ready(&mut self) -> io::Result<()> {
        let began = Instant::now();
        while began.elapsed() < READY_MAX {
            if !self.is_alive() {
                return Err(io::Error::other(format!("a node ended at its start, see {}", self.log.display())));
            }
            if answers(self.addr, "/readyz").await == Some(200) {
                return Ok(());
            }
            sleep(READY_PAUSE).await;
        }
        Err(io::Error::other(format!("a node was not ready in time, see {}", self.log.display())))
    }

    /// Whether the process lives.
    pub fn is_alive(&mut self) -> bool {
        self.child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    /// Ends the node at once, as a machine that loses its power does.
    pub async fn kill(&mut self) -> io::Result<()> {
        if let Some(mut child) = self.child.take() {
            child.kill().await?;
        }
        self.deaths += 1;
        Ok(())
    }

    /// Waits for a node that is to die by itself; `false` when it does not.
    pub async fn dies_within(&mut self, time: Duration) -> bool {
        let Some(child) = &mut self.child else { return true };
        let has_died = timeout(time, child.wait()).await.is_ok();
        if has_died {
            self.child = None;
            self.deaths += 1;
        }
        has_died
    }

    /// Asks the node to stop, and ends it when it does not.
    pub async fn stop(&mut self) -> io::Result<()> {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        if let Some(pid) = child.id() {
            signal(pid, "TERM")?;
        }
        if timeout(STOP_MAX, child.wait()).await.is_err() {
            child.kill().await?;
        }
        Ok(())
    }
}

/// The status of an answer, if there is one in time.
pub async fn answers(addr: SocketAddr, path: &str) -> Option<u16> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let asked = async {
        let mut stream = tokio::net::TcpStream::connect(addr).await.ok()?;
        let request = format!("GET {path} HTTP/1.1\r\nhost: {addr}\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut head = [0; 12];
        stream.read_exact(&mut head).await.ok()?;
        std::str::from_utf8(&head[9..]).ok()?.parse().ok()
    };
    timeout(Duration::from_secs(3), asked).await.ok().flatten()
}
