//! A TCP proxy between a node and Postgres, with faults. It stands in for `tc netem`, which many kernels do not have.

use std::{
    io,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream, UnixStream},
    sync::watch,
    time::sleep,
};

use crate::platform::{chance::Chance, task};

/// A commit as sqlx sends it: a simple query, with the zero that ends every text.
const COMMIT: &[u8] = b"COMMIT\0";
/// How long the server is given to do what it was told, before nobody hears its answer any more.
const COMMIT_TIME: Duration = Duration::from_millis(60);

/// What the wire does.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Faults {
    /// Everything takes so much longer, each way.
    pub latency: Duration,
    /// Of a hundred commits, so many are forwarded and never answered: the connection breaks instead.
    pub lost_commits: i64,
    /// A connection breaks after so many bytes from the server.
    pub bytes_max: Option<u64>,
}

struct Parts {
    socket: PathBuf,
    faults: Mutex<Faults>,
    chance: Mutex<Chance>,
    /// Changes when every connection is to be cut.
    cuts: watch::Sender<u64>,
    hits: AtomicU64,
}

/// One node's way to Postgres.
#[derive(Clone)]
pub struct Wire {
    pub port: u16,
    parts: Arc<Parts>,
}

impl Wire {
    /// Opens a port on this machine that leads to a socket.
    pub async fn open(socket: PathBuf, seed: u64) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let parts = Arc::new(Parts {
            socket,
            faults: Mutex::default(),
            chance: Mutex::new(Chance::seeded(seed)),
            cuts: watch::channel(0).0,
            hits: AtomicU64::new(0),
        });
        let accepting = parts.clone();
        drop(task::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let parts = accepting.clone();
                drop(task::spawn(async move { carry(&parts, stream).await }));
            }
        }));
        Ok(Self { port, parts })
    }

    pub fn set(&self, faults: Faults) {
        *self.parts.faults.lock().unwrap_or_else(PoisonError::into_inner) = faults;
    }

    /// Resets every connection.
    pub fn cut(&self) {
        self.parts.cuts.send_modify(|cuts| *cuts += 1);
        self.parts.hits.fetch_add(1, Ordering::Relaxed);
    }

    /// How often a fault has struck: one that never does proves nothing.
    pub fn hits(&self) -> u64 {
        self.parts.hits.load(Ordering::Relaxed)
    }
}

impl Parts {
    fn faults(&self) -> Faults {
        *self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn loses_commit(&self, sent: &[u8]) -> bool {
        let share = self.faults().lost_commits;
        if share == 0 || !sent.windows(COMMIT.len()).any(|some| some == COMMIT) {
            return false;
        }
        self.chance.lock().unwrap_or_else(PoisonError::into_inner).is_one_of_hundred(share)
    }
}

/// Carries bytes both ways until one side ends or a fault strikes; then the node sees a reset.
async fn carry(parts: &Parts, node: TcpStream) {
    let mut cuts = parts.cuts.subscribe();
    // The reset must not wait for what is still to be sent.
    let _ = node.set_zero_linger();
    let _ = node.set_nodelay(true);
    let Ok(server) = UnixStream::connect(&parts.socket).await else { return };
    let (node_reads, node_writes) = node.into_split();
    let (server_reads, server_writes) = server.into_split();
    // An end of any kind is the end of both ways.
    let is_mute = AtomicBool::new(false);
    let _ = tokio::select! {
        ended = to_server(parts, &is_mute, (node_reads, server_writes)) => ended,
        ended = to_node(parts, &is_mute, (server_reads, node_writes)) => ended,
        _ = cuts.changed() => Ok(()),
    };
}

async fn to_server(
    parts: &Parts,
    is_mute: &AtomicBool,
    (mut from, mut to): (impl AsyncRead + Unpin, impl AsyncWrite + Unpin),
) -> io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let count = from.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        let sent = &buffer[..count];
        sleep_if(parts.faults().latency).await;
        let is_lost = parts.loses_commit(sent);
        if is_lost {
            is_mute.store(true, Ordering::SeqCst);
        }
        to.write_all(sent).await?;
        if is_lost {
            parts.hits.fetch_add(1, Ordering::Relaxed);
            sleep(COMMIT_TIME).await;
            return Ok(());
        }
    }
}

async fn to_node(
    parts: &Parts,
    is_mute: &AtomicBool,
    (mut from, mut to): (impl AsyncRead + Unpin, impl AsyncWrite + Unpin),
) -> io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    let mut carried = 0;
    loop {
        let count = from.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        let faults = parts.faults();
        sleep_if(faults.latency).await;
        carried += count as u64;
        if faults.bytes_max.is_some_and(|max| carried > max) {
            parts.hits.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        if !is_mute.load(Ordering::SeqCst) {
            to.write_all(&buffer[..count]).await?;
        }
    }
}

async fn sleep_if(time: Duration) {
    if !time.is_zero() {
        sleep(time).await;
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::UnixListener;

    use super::*;

    /// A commit that is lost must have been done: that is what makes it dangerous.
    #[tokio::test]
    async fn a_lost_commit_reaches_the_server_and_its_answer_nobody() {
        let socket = std::env::temp_dir().join(format!("lango-wire-{}", std::process::id()));
        let listener = UnixListener::bind(&socket).expect("a socket");
        let wire = Wire::open(socket.clone(), 1).await.expect("a wire");
        wire.set(Faults { lost_commits: 100, ..Faults::default() });
        let mut node = TcpStream::connect(("127.0.0.1", wire.port)).await.expect("connected");
        let (mut server, _) = listener.accept().await.expect("a connection");
        node.write_all(b"Q\0\0\0\x0bCOMMIT\0").await.expect("sent");
        let mut heard = [0; 12];
        server.read_exact(&mut heard).await.expect("the server has it");
        assert!(heard.ends_with(COMMIT));
        server.write_all(b"C").await.expect("answered");
        // A reset or an end, which are both an error or nothing to whoever reads.
        let mut answer = Vec::new();
        let _ = tokio::time::timeout(Duration::from_secs(5), node.read_to_end(&mut answer)).await.expect("an end");
        assert!(answer.is_empty(), "nobody hears the answer");
        assert_eq!(wire.hits(), 1);
        std::fs::remove_file(socket).expect("removed");
    }
}
