//! The field of one run: a database, two nodes with a wire each, a provider, a mail server, events on sale.

use std::{fs, io, net::SocketAddr, path::PathBuf};

use sqlx::PgPool;
use tokio::time::Instant;

use super::{
    desk::Desk,
    ground::Ground,
    options::Options,
    postbox::Postbox,
    process::{Node, free_address},
    relay::Relay,
    store,
    trial::Trial,
    wire::{Faults, Wire},
};
use crate::{
    load::{Programme, StagePlan, stage},
    platform::sabotage::Weakness,
    server::house::{House, StartError},
};

const NODES: usize = 2;
const PRICE: i64 = 1_500;

pub struct Field<'a> {
    pub ground: &'a Ground,
    pub house: House,
    pub nodes: Vec<Node>,
    pub wires: Vec<Wire>,
    pub desk: Desk,
    pub relay: Relay,
    pub postbox: Postbox,
    pub programme: Programme,
    pub ledger: PathBuf,
    pub seed: u64,
    pub weakness: Option<Weakness>,
    /// Switches that every node of the run has.
    pub switches: String,
    /// When a node died last: jobs that it had are another's as soon as their lease is over.
    pub last_death: Option<Instant>,
}

impl<'a> Field<'a> {
    pub async fn open(
        ground: &'a Ground,
        (trial, weakness): (Trial, Option<Weakness>),
        options: &Options,
    ) -> Result<Self, StartError> {
        let database = ground.fresh_database().await?;
        let house = ground.house(&database).await?;
        if let Some(weakness) = weakness {
            store::break_promise(&house.app.db, weakness).await?;
        }
        let plan = StagePlan {
            events: trial.events(),
            types: 2,
            capacity: trial.capacity(),
            price: PRICE,
            waiting_room: matches!(trial, Trial::Herd),
            gates: 0,
            gate_tickets: 0,
        };
        let programme = stage(&house.app, &plan).await?;
        let http = house.app.http.clone();
        let desk = Desk::open(trial.phones(), options.seed, http.clone()).await?;
        let postbox = Postbox::open().await?;
        let addresses = (0..NODES).map(|_| free_address()).collect::<io::Result<Vec<_>>>()?;
        let relay = Relay::open(addresses.clone(), http).await?;
        let (mut nodes, mut wires) = (Vec::new(), Vec::new());
        for (number, addr) in addresses.into_iter().enumerate() {
            let wire = Wire::open(ground.socket()?, options.seed + number as u64).await?;
            let ways = Ways { addr, desk: desk.addr, relay: relay.addr, postbox: postbox.addr };
            let url = ground.url_by(wire.port, &database)?;
            let name = format!("{database}-{number}");
            let settings = settings(ground, trial, &ways, (&name, url));
            nodes.push(Node::new(addr, settings, ground.room.join(format!("{name}.log"))));
            wires.push(wire);
        }
        let switches = weakness.map(|weakness| format!("{}=return", weakness.name())).unwrap_or_default();
        let ledger = ground.room.join(format!("{database}.jsonl"));
        fs::File::create(&ledger)?;
        let (seed, last_death) = (options.seed, None);
        let mut field = Self {
            ground,
            house,
            nodes,
            wires,
            desk,
            relay,
            postbox,
            programme,
            ledger,
            seed,
            weakness,
            switches,
            last_death,
        };
        for number in 0..NODES {
            field.start(number, "").await?;
        }
        Ok(field)
    }

    pub fn db(&self) -> &PgPool {
        &self.house.app.db
    }

    /// Starts a node, with a point armed or not.
    pub async fn start(&mut self, number: usize, armed: &str) -> io::Result<()> {
        let both = [self.switches.as_str(), armed].into_iter().filter(|part| !part.is_empty());
        let both = both.collect::<Vec<_>>().join(";");
        self.nodes[number].start(&both).await
    }

    /// Kills a node.
    pub async fn kill(&mut self, number: usize) -> io::Result<()> {
        self.nodes[number].kill().await?;
        self.last_death = Some(Instant::now());
        Ok(())
    }

    /// Lets every fault be over, and brings back who is down.
    pub async fn calm(&mut self) -> io::Result<()> {
        self.wires.iter().for_each(|wire| wire.set(Faults::default()));
        self.desk.calm().await?;
        for number in 0..self.nodes.len() {
            if !self.nodes[number].is_alive() {
                self.start(number, "").await?;
            }
        }
        Ok(())
    }

    pub async fn close(mut self) -> Result<(), StartError> {
        for node in &mut self.nodes {
            node.stop().await?;
        }
        self.house.close().await
    }
}

/// Who is where.
struct Ways {
    addr: SocketAddr,
    desk: SocketAddr,
    relay: SocketAddr,
    postbox: SocketAddr,
}

/// What a node is told; `serve --help` says what each is.
fn settings(ground: &Ground, trial: Trial, ways: &Ways, (name, url): (&str, String)) -> Vec<(String, String)> {
    let folder = |name: &str| ground.room.join(name).to_string_lossy().into_owned();
    let settings = [
        ("LANGO_ADDR", ways.addr.to_string()),
        ("DATABASE_URL", url),
        ("LANGO_DATA", folder(name)),
        ("LANGO_SECRET", ground.secret.clone()),
        ("LANGO_SITE", folder("no-site")),
        ("LANGO_PROXY_HOPS", "1".to_owned()),
        ("LANGO_DB_CONNECTIONS", trial.connections().to_string()),
        ("MPESA_BASE_URL", format!("http://{}/daraja", ways.desk)),
        ("MPESA_ALLOW_SIMULATOR", "true".to_owned()),
        ("MPESA_CALLBACK_ORIGIN", format!("http://{}", ways.relay)),
        ("SMTP_URL", format!("smtp://{}", ways.postbox)),
        ("RUST_LOG", "warn".to_owned()),
    ];
    settings.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
