//! From settings to a serving process, and back down.

use std::{
    io::{self, Write},
    net::SocketAddr,
    sync::Arc,
    time::Duration,
};

use axum::Router;
use axum_server::{
    Handle,
    accept::NoDelayAcceptor,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinHandle,
};

use super::{
    demo::{self, Loaded},
    dev,
    health::{self, Readiness},
    house::{House, StartError},
    lan::Lan,
    registry, router, schedule,
};
use crate::platform::{config::Config, jobs, state::AppState, task};

/// Longest wait for requests that are under way, once no new ones are taken; live feeds are told to end.
const DRAIN_MAX: Duration = Duration::from_secs(10);

/// Serves until it is asked to stop; then drains, finishes the jobs at hand and ends.
pub async fn serve(mut config: Config) -> Result<(), StartError> {
    let lan = if config.lan { Some(Lan::prepare(&mut config)?) } else { None };
    let house = House::open(config).await?;
    let app = house.app.clone();
    let readiness = Readiness::default();
    let site = router::router(app.clone()).merge(health::routes(app.clone(), readiness.clone()));

    let stop = Handle::new();
    let mut doors = vec![open_door(app.config.addr, &site, &stop).await?];
    if let Some(lan) = &lan {
        doors.push(open_tls_door(lan, &site, &stop).await?);
    }
    let workers = Workers::start(&app);
    let dev = if app.config.dev { Some(dev::open(&app).await?) } else { None };
    readiness.set(true);
    tracing::info!("serving {}", app.config.origin());
    if let Some(dev) = &dev {
        dev.announce(&app, lan.as_ref())?;
    }

    asked_to_stop().await?;
    tracing::info!("stopping");
    readiness.set(false);
    // Time for a load balancer to see it.
    tokio::time::sleep(Duration::from_secs(app.config.drain_secs)).await;
    app.live.close();
    stop.graceful_shutdown(Some(DRAIN_MAX));
    for door in doors {
        if let Err(error) = door.await {
            tracing::error!(%error, "a listener broke off");
        }
    }
    workers.finish().await;
    drop(dev);
    house.close().await
}

/// Runs the jobs only, for nodes that serve no pages.
pub async fn work(config: Config) -> Result<(), StartError> {
    let house = House::open(config).await?;
    let workers = Workers::start(&house.app);
    tracing::info!("working");
    asked_to_stop().await?;
    workers.finish().await;
    house.close().await
}

/// Reads every promise of the database and prints what breaks one.
pub async fn audit(config: Config) -> Result<(), StartError> {
    let house = House::open(config).await?;
    let report = super::audit(&house.app.db).await;
    house.close().await?;
    let report = report?;
    let mut out = io::stdout().lock();
    for breach in &report.breaches {
        for row in &breach.rows {
            writeln!(out, "{} {row}", breach.check)?;
        }
    }
    if !report.breaches.is_empty() {
        return Err(StartError::Breached { broken: report.breaches.len(), checks: report.checks });
    }
    writeln!(out, "{} checks, every promise is kept", report.checks)?;
    Ok(())
}

/// Fills the database with the demo and tells who can sign in.
pub async fn demo(config: Config, force: bool) -> Result<(), StartError> {
    let house = House::open(config).await?;
    let loaded = demo::load(&house.app, force).await;
    house.close().await?;
    let mut out = io::stdout().lock();
    match loaded? {
        Loaded::Filled(summary) => write!(out, "{summary}")?,
        Loaded::AlreadyThere => writeln!(out, "the demo is there already")?,
        Loaded::OtherData => return Err(StartError::OtherData),
    }
    Ok(())
}

/// Brings the schema up to date, which opening the house does.
pub async fn migrate(config: Config) -> Result<(), StartError> {
    House::open(config).await?.close().await
}

/// The jobs' worker and the way to end it.
struct Workers {
    stop: watch::Sender<bool>,
    worker: JoinHandle<()>,
    schedule: JoinHandle<()>,
}

impl Workers {
    fn start(app: &AppState) -> Self {
        let (stop, stopped) = watch::channel(false);
        let schedule = task::spawn(schedule::keep(app.clone(), stopped.clone()));
        let worker = task::spawn(jobs::work(app.clone(), Arc::new(registry::registry()), stopped));
        Self { stop, worker, schedule }
    }

    async fn finish(self) {
        self.stop.send_replace(true);
        for task in [self.worker, self.schedule] {
            if let Err(error) = task.await {
                tracing::error!(%error, "a worker broke off");
            }
        }
    }
}

type Door = JoinHandle<io::Result<()>>;

async fn listen(addr: SocketAddr) -> Result<std::net::TcpListener, StartError> {
    let listener = TcpListener::bind(addr).await.map_err(|error| StartError::Address { addr, error })?;
    Ok(listener.into_std()?)
}

/// Listens for plain HTTP. Without `TCP_NODELAY` a kept-alive connection waits 40 ms for every streamed page.
async fn open_door(addr: SocketAddr, site: &Router, stop: &Handle<SocketAddr>) -> Result<Door, StartError> {
    let server = axum_server::from_tcp(listen(addr).await?)?.acceptor(NoDelayAcceptor).handle(stop.clone());
    Ok(task::spawn(server.serve(site.clone().into_make_service_with_connect_info::<SocketAddr>())))
}

async fn open_tls_door(lan: &Lan, site: &Router, stop: &Handle<SocketAddr>) -> Result<Door, StartError> {
    let tls = RustlsConfig::from_pem(lan.certificate.clone().into_bytes(), lan.key.clone().into_bytes()).await?;
    let acceptor = RustlsAcceptor::new(tls).acceptor(NoDelayAcceptor);
    let server = axum_server::from_tcp(listen(lan.addr).await?)?.acceptor(acceptor).handle(stop.clone());
    Ok(task::spawn(server.serve(site.clone().into_make_service_with_connect_info::<SocketAddr>())))
}

/// Returns at Ctrl-C or when the system asks the process to end.
async fn asked_to_stop() -> io::Result<()> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}
