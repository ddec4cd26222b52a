//! Starts the simulator, and ends it.

use std::{
    future::Future,
    io::{self, Read},
    net::SocketAddr,
    sync::Mutex,
    thread,
    time::Duration,
};

use axum::{Router, extract::DefaultBodyLimit};
use serde_json::Value;
use tokio::{
    net::TcpListener,
    signal,
    sync::{
        mpsc::{self, UnboundedReceiver},
        oneshot,
    },
};

use super::{
    clock, control, daraja,
    log::Asked,
    options::Options,
    simulator::{self, Parts, Sim, Work},
    world::{Mode, World},
};

const BODY_BYTES_MAX: usize = 64 * 1024;
/// Longest wait for the answer to a callback.
const COURIER_TIMEOUT: Duration = Duration::from_secs(10);

/// A simulator that has its port and waits to be run.
pub struct Simulator {
    listener: TcpListener,
    sim: Sim,
    queue: UnboundedReceiver<Work>,
}

impl Simulator {
    /// Takes the port.
    pub async fn bind(options: Options) -> io::Result<Self> {
        if !options.addr.ip().is_loopback() && !options.open_to_network {
            let message = "the simulator takes play money; --open-to-network lets other machines reach it";
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
        }
        let mode =
            control::complete(Mode { name: Some(options.mode.clone()), ..Mode::default() }).ok_or_else(|| {
                io::Error::new(io::ErrorKind::InvalidInput, format!("no mode is called {}", options.mode))
            })?;
        let listener = TcpListener::bind(options.addr).await?;
        let (work, queue) = mpsc::unbounded_channel();
        let world = Mutex::new(World::new(mode, options.seed));
        let sim = Sim::new(Parts { http: client().map_err(io::Error::other)?, options, world, work });
        Ok(Self { listener, sim, queue })
    }

    /// Where it listens.
    pub fn addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until told to stop.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let routes = Router::new()
            .nest("/daraja", daraja::routes())
            .nest("/_sim", control::routes())
            .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
            .with_state(self.sim);
        tokio::select! {
            served = axum::serve(self.listener, routes) => served,
            () = simulator::run(self.queue) => Ok(()),
            () = stop => Ok(()),
        }
    }
}

/// Serves until Ctrl-C, or until the parent is gone.
pub async fn serve(options: Options) -> io::Result<()> {
    // A second install, as in tests, changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let end_with_parent = options.end_with_parent;
    let simulator = Simulator::bind(options).await?;
    tracing::info!("M-Pesa is simulated at http://{}/daraja, play money only", simulator.addr()?);
    simulator.run(asked_to_stop(end_with_parent)).await
}

async fn asked_to_stop(end_with_parent: bool) {
    let parent = async { if end_with_parent { parent_gone().await } else { std::future::pending().await } };
    tokio::select! {
        _ = signal::ctrl_c() => {}
        () = terminated() => {}
        () = parent => {}
    }
}

/// Waits for standard input to close.
async fn parent_gone() {
    let (tell, gone) = oneshot::channel::<()>();
    // A thread of its own: the runtime would wait for a read that never ends.
    thread::spawn(move || {
        let mut buffer = [0; 64];
        while matches!(io::stdin().read(&mut buffer), Ok(count) if count > 0) {}
        drop(tell);
    });
    // An error says that the thread dropped its end, which is the news.
    let _ = gone.await;
}

/// The polite signal to end.
async fn terminated() {
    match signal::unix::signal(signal::unix::SignalKind::terminate()) {
        Ok(mut polite) => {
            polite.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[expect(clippy::disallowed_methods, reason = "the simulator shares nothing, not even the client")]
fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().timeout(COURIER_TIMEOUT).redirect(reqwest::redirect::Policy::none()).no_proxy().build()
}

impl Sim {
    /// Notes a request and how it was answered.
    pub fn note(&self, path: &'static str, body: Value, status: u16) {
        self.world().asked.add(Asked { at_ms: clock::now_ms(), path, body, status });
    }
}
