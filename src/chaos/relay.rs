//! The door for callbacks: what a balancer in front of two nodes does, and what it should not do.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use axum::{Router, body::Bytes, extract::State, http::Uri, response::IntoResponse};
use http::{StatusCode, header::CONTENT_TYPE};
use tokio::net::TcpListener;

use crate::platform::task;

struct Parts {
    nodes: Vec<SocketAddr>,
    http: reqwest::Client,
    next: AtomicUsize,
    to_all: AtomicBool,
}

/// Passes callbacks on, to one node after the other.
#[derive(Clone)]
pub struct Relay {
    pub addr: SocketAddr,
    parts: Arc<Parts>,
}

impl Relay {
    pub async fn open(nodes: Vec<SocketAddr>, http: reqwest::Client) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let addr = listener.local_addr()?;
        let (next, to_all) = (AtomicUsize::new(0), AtomicBool::new(false));
        let parts = Arc::new(Parts { nodes, http, next, to_all });
        let router = Router::new().fallback(pass_on).with_state(parts.clone());
        drop(task::spawn(async move { axum::serve(listener, router).await }));
        Ok(Self { addr, parts })
    }

    /// Every node gets every callback, at the same moment.
    pub fn to_all(&self) {
        self.parts.to_all.store(true, Ordering::Relaxed);
    }
}

/// Gives what a node answered; 502 when it is not there, and then the provider does not tell again.
async fn pass_on(State(parts): State<Arc<Parts>>, uri: Uri, body: Bytes) -> impl IntoResponse {
    let first = parts.next.fetch_add(1, Ordering::Relaxed) % parts.nodes.len();
    let count = if parts.to_all.load(Ordering::Relaxed) { parts.nodes.len() } else { 1 };
    let posts = (first..first + count).map(|place| {
        let url = format!("http://{}{uri}", parts.nodes[place % parts.nodes.len()]);
        parts.http.post(url).header(CONTENT_TYPE, "application/json").body(body.clone()).send()
    });
    let answers = futures::future::join_all(posts).await;
    let status =
        |answer: Result<reqwest::Response, _>| answer.map_or(StatusCode::BAD_GATEWAY, |answer| answer.status());
    answers.into_iter().map(status).min().unwrap_or(StatusCode::BAD_GATEWAY)
}
