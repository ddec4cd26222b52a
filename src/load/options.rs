//! What `lango load` can be told.

use std::{path::PathBuf, time::Duration};

use clap::{Args, Subcommand};

use super::{drive::Pace, engine, lines::Target};
use crate::platform::config::Config;

/// What is measured.
#[derive(Subcommand)]
pub enum Scenario {
    /// Puts events on sale in a database, and sells tickets for a gate to read; writes down where they are.
    Stage(Box<StageOptions>),
    /// Many people look at one event's page.
    Page(DriveOptions),
    /// Many people want the same tickets.
    Hot(DriveOptions),
    /// Many people want tickets of as many events as there are.
    Spread(DriveOptions),
    /// Some look, some hold, some pay.
    Mixed(DriveOptions),
    /// Gates read tickets.
    Gate(DriveOptions),
    /// As many wait in front of the last event as there are visitors, while gates read tickets.
    Waiting(DriveOptions),
    /// Measures the allocator in this process, without HTTP, beside a plain design that writes the same rows.
    Engine(Box<engine::Options>),
    /// Compares what was acknowledged with what a database has.
    Check(Box<CheckOptions>),
}

/// What is put on sale.
#[derive(Args)]
pub struct StageOptions {
    #[command(flatten)]
    pub config: Config,

    /// File to write the programme to.
    #[arg(long)]
    pub programme: PathBuf,

    #[command(flatten)]
    pub plan: StagePlan,
}

/// How much is put on sale.
#[derive(Clone, Copy, Args)]
pub struct StagePlan {
    /// Events to put on sale.
    #[arg(long, default_value_t = 1)]
    pub events: u32,

    /// Ticket types of each event, each with a stock of its own.
    #[arg(long, default_value_t = 1)]
    pub types: i32,

    /// Tickets of each type.
    #[arg(long, default_value_t = 50_000)]
    pub capacity: i32,

    /// Price of a ticket in whole units of the currency; 0 is free.
    #[arg(long, default_value_t = 1_500)]
    pub price: i64,

    /// Puts a waiting room in front of the last event, open at once; it lets in one at a time.
    #[arg(long, default_value_t = false)]
    pub waiting_room: bool,

    /// Phones at the gate; their event begins now, and its tickets are sold.
    #[arg(long, default_value_t = 0)]
    pub gates: u32,

    /// Tickets to be read at the gate.
    #[arg(long, default_value_t = 1_000)]
    pub gate_tickets: u32,
}

/// How a run is driven.
#[derive(Clone, Args)]
pub struct DriveOptions {
    /// Node to load, on this machine; may be given several times.
    #[arg(long = "target", default_value = "http://127.0.0.1:3000")]
    pub targets: Vec<Target>,

    /// The programme that `lango load stage` wrote.
    #[arg(long)]
    pub programme: PathBuf,

    /// Visitors a second, at moments of their own; as fast as they are served when absent.
    #[arg(long)]
    pub rate: Option<f64>,

    /// Visitors at once, when they come as fast as they are served.
    #[arg(long, default_value_t = 64)]
    pub visitors: u32,

    /// Connections at most.
    #[arg(long, default_value_t = 64)]
    pub connections: usize,

    /// Seconds of the run.
    #[arg(long, default_value_t = 10)]
    pub seconds: u64,

    /// Start of all chance: the same seed, the same visitors.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,

    /// File to append every acknowledged answer to.
    #[arg(long)]
    pub ledger: Option<PathBuf>,

    /// Gives each visitor an address by X-Forwarded-For, for a server that believes its proxy (`LANGO_PROXY_HOPS=1`). Else
    /// connections come from many addresses of this machine.
    #[arg(long, default_value_t = false)]
    pub forwarded: bool,

    /// Tickets in a basket at most: each visitor wants one to so many.
    #[arg(long, default_value_t = 1)]
    pub tickets: u32,

    /// Buyers also pay and wait for their tickets; the simulator's phones must pay at once (`lango sim --mode approve`).
    #[arg(long, default_value_t = false)]
    pub pay: bool,

    /// Ends when the tickets do.
    #[arg(long, default_value_t = false)]
    pub until_sold_out: bool,
}

impl DriveOptions {
    pub const fn pace(&self) -> Pace {
        match self.rate {
            Some(per_second) => Pace::Open { per_second },
            None => Pace::Closed { visitors: self.visitors },
        }
    }

    pub const fn length(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}

/// What is compared.
#[derive(Args)]
pub struct CheckOptions {
    #[command(flatten)]
    pub config: Config,

    /// The ledger that the runs wrote.
    #[arg(long)]
    pub ledger: PathBuf,
}
