//! What `lango chaos` can be told.

use std::{path::PathBuf, time::Duration};

use clap::Args;

use super::trial::Trial;

/// Which runs, how long, and where chance starts.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// Start of all chance: the same seed, the same buyers and faults.
    #[arg(long, env = "SEED", default_value_t = 1)]
    pub seed: u64,

    /// Seconds for which buyers come in each run.
    #[arg(long, default_value_t = 5)]
    pub seconds: u64,

    /// Plays only trials with this in their names; may be given several times.
    #[arg(long)]
    pub only: Vec<String>,

    /// Leaves out the runs that prove that each guard is needed.
    #[arg(long, default_value_t = false)]
    pub no_sabotage: bool,

    /// Folder of Postgres's programs, when several are installed or none where they usually are.
    #[arg(long, env = "LANGO_PG_BIN")]
    pub pg_bin: Option<PathBuf>,
}

impl Options {
    pub fn wants(&self, trial: Trial) -> bool {
        self.only.is_empty() || self.only.iter().any(|part| trial.name().contains(part.as_str()))
    }

    pub const fn length(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}
