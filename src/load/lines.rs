//! Kept-alive connections, shared by all visitors of a run.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    str::FromStr,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::body::{Body, to_bytes};
use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpSocket, sync::Semaphore, time::timeout};

use crate::platform::task;

/// Longest wait for an answer; the server lets go of a request after 20 s.
const ANSWER_MAX: Duration = Duration::from_secs(25);
const CONNECT_MAX: Duration = Duration::from_secs(5);
const BODY_MAX: usize = 4 * 1024 * 1024;
/// Requests that come from one address before the line is opened anew from the next, when addresses are the sockets' own.
const PER_ADDRESS: u32 = 20;
/// Addresses of this machine that lines may come from: 127.1.0.1 and so on.
const ADDRESSES: u32 = 1 << 22;

/// A node to be loaded, such as `http://127.0.0.1:3000`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target(pub SocketAddr);

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let rest = text.strip_prefix("http://").unwrap_or(text).trim_end_matches('/');
        let addr: SocketAddr =
            rest.parse().map_err(|_| format!("{text} is no address such as http://127.0.0.1:3000"))?;
        // A storm is for one's own machine; nobody sends one somewhere by a slip of the pen.
        if addr.ip().is_loopback() { Ok(Self(addr)) } else { Err(format!("{addr} is not on this machine")) }
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// When the page is to be looked at again, as its head says to browsers.
    pub fn look_again(&self) -> Option<Duration> {
        let page = std::str::from_utf8(&self.body).ok()?;
        let (_, rest) = page.split_once("http-equiv=\"refresh\" content=\"")?;
        let secs = rest.split_once('"')?.0.parse().ok()?;
        Some(Duration::from_secs(secs))
    }
}

struct Line {
    sender: SendRequest<Body>,
    target: Target,
    used: u32,
}

/// At most so many connections, opened when they are needed.
pub struct Lines {
    targets: Vec<Target>,
    turns: Semaphore,
    free: Mutex<Vec<Line>>,
    next_target: AtomicUsize,
    next_address: AtomicU32,
    /// Each line is opened anew from another address now and then.
    renews: bool,
}

impl Lines {
    /// `renews` when the sockets' addresses are the visitors' own, as without a proxy in front.
    pub fn new(targets: Vec<Target>, connections: usize, renews: bool) -> Self {
        Self {
            targets,
            turns: Semaphore::new(connections),
            free: Mutex::default(),
            next_target: AtomicUsize::new(0),
            next_address: AtomicU32::new(0),
            renews,
        }
    }

    /// Sends a request on a free line, or on a new one. `Host` is the node's. Nodes take turns; where one is down, the
    /// next one serves.
    pub async fn send(&self, request: http::request::Builder, body: String) -> io::Result<Answer> {
        // Never closed, so there is always a turn.
        let _turn = self.turns.acquire().await;
        let mut line = self.line().await?;
        let request = request
            .header(http::header::HOST, line.target.0.to_string())
            .body(Body::from(body))
            .map_err(io::Error::other)?;
        let answer = timeout(ANSWER_MAX, exchange(&mut line, request)).await.map_err(io::Error::from)??;
        self.give_back(line);
        Ok(answer)
    }

    async fn line(&self) -> io::Result<Line> {
        let first = self.next_target.fetch_add(1, Ordering::Relaxed);
        let mut trouble = io::Error::from(io::ErrorKind::NotConnected);
        for turn in first..first + self.targets.len() {
            let target = self.targets[turn % self.targets.len()];
            if let Some(line) = self.take(target) {
                return Ok(line);
            }
            match self.open(target).await {
                Ok(line) => return Ok(line),
                Err(error) => trouble = error,
            }
        }
        Err(trouble)
    }

    fn take(&self, target: Target) -> Option<Line> {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let last = free.iter().rposition(|line| line.target == target)?;
            let line = free.swap_remove(last);
            if !line.sender.is_closed() {
                return Some(line);
            }
        }
    }

    fn give_back(&self, mut line: Line) {
        line.used += 1;
        let is_spent = self.renews && line.used >= PER_ADDRESS;
        if !is_spent && !line.sender.is_closed() {
            self.free.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        }
    }

    async fn open(&self, target: Target) -> io::Result<Line> {
        let socket = if target.0.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        if self.renews && target.0.is_ipv4() {
            let number = self.next_address.fetch_add(1, Ordering::Relaxed) % ADDRESSES;
            let from = Ipv4Addr::from(u32::from(Ipv4Addr::new(127, 1, 0, 1)) + number);
            socket.bind(SocketAddr::new(IpAddr::V4(from), 0))?;
        }
        socket.set_nodelay(true)?;
        let stream = timeout(CONNECT_MAX, socket.connect(target.0)).await.map_err(io::Error::from)??;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
        // Ends with the line; what went wrong is told to whoever waits for an answer.
        drop(task::spawn(connection));
        Ok(Line { sender, target, used: 0 })
    }
}

async fn exchange(line: &mut Line, request: Request<Body>) -> io::Result<Answer> {
    line.sender.ready().await.map_err(io::Error::other)?;
    let answer = line.sender.send_request(request).await.map_err(io::Error::other)?;
    let (parts, body) = answer.into_parts();
    let body = to_bytes(Body::new(body), BODY_MAX).await.map_err(io::Error::other)?;
    Ok(Answer { status: parts.status, headers: parts.headers, body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_can_be_loaded() {
        for good in ["http://127.0.0.1:3000", "127.0.0.1:3000", "http://127.0.0.1:3000/", "http://[::1]:80"] {
            assert!(good.parse::<Target>().is_ok(), "{good}");
        }
        for bad in ["http://192.0.2.1:80", "https://127.0.0.1:3000", "localhost", ""] {
            assert!(bad.parse::<Target>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_page_says_when_to_look_again_or_that_the_wait_is_over() {
        let page = |head: &str| Answer {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: format!("<!doctype html>{head}<title>1</title>").into(),
        };
        let asks = page("<meta http-equiv=\"refresh\" content=\"17\">");
        assert_eq!(asks.look_again(), Some(Duration::from_secs(17)));
        assert_eq!(page("").look_again(), None);
    }
}
