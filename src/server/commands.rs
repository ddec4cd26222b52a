//! The commands of the one binary.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use super::{house::StartError, run};
use crate::{chaos, load, platform::config::Config, sim};

/// Sells tickets for events and lets people in.
#[derive(Parser)]
#[command(name = "lango", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the site, gates and callbacks, and runs the jobs.
    Serve(Box<Config>),
    /// Brings the database's schema up to date and ends. `serve` does so by itself.
    Migrate(Box<Config>),
    /// Checks every promise the database makes. Prints the number of checks, or the rows that break a promise and ends with 1.
    Audit(Box<Config>),
    /// Fills an empty database with demo data: organizers, events, orders, admissions, and three people who can sign in.
    Demo(Box<DemoOptions>),
    /// Runs the jobs and serves nothing, for nodes beside those that serve.
    Worker(Box<Config>),
    /// Measures what the system bears: visitors by the thousand over HTTP, or the allocator in this process.
    Load(LoadOptions),
    /// Breaks things while a crowd buys: kills nodes and Postgres, cuts wires, loses callbacks. Needs a build with `failpoints`.
    Chaos(chaos::Options),
    /// Simulates M-Pesa with play money, for trying Lango out and for tests.
    Sim(Box<sim::Options>),
}

/// What is measured.
#[derive(clap::Args)]
struct LoadOptions {
    #[command(subcommand)]
    scenario: load::Scenario,
}

/// How the demo is loaded.
#[derive(clap::Args)]
struct DemoOptions {
    #[command(flatten)]
    config: Config,

    /// Adds the demo beside other data.
    #[arg(long)]
    force: bool,
}

/// Reads the arguments and runs the command; what goes wrong ends in one line.
pub async fn main() -> ExitCode {
    // A missing .env is the usual case.
    let _ = dotenvy::dotenv();
    crate::platform::telemetry::init();
    crate::platform::failpoints::arm();
    let ended = match Arguments::parse().command {
        Command::Serve(config) => run::serve(*config).await,
        Command::Migrate(config) => run::migrate(*config).await,
        Command::Audit(config) => run::audit(*config).await,
        Command::Demo(options) => run::demo(options.config, options.force).await,
        Command::Worker(config) => run::work(*config).await,
        Command::Load(options) => load::run(options.scenario).await,
        Command::Chaos(options) => chaos::run(options).await,
        Command::Sim(options) => sim::serve(*options).await.map_err(StartError::Io),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}
