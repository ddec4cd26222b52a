//! Two nodes, one Postgres, a provider and a crowd of buyers; then things break.
//!
//! Every run has a database of its own and a seed that is printed and replays it. While it lasts the auditor reads every
//! promise again and again; afterwards everything comes to rest, and what buyers were told, what the provider took and
//! what the mail server got is compared with what the database has. A run proves little by itself: first each guard is
//! taken away, and the run that is to notice must.
//!
//! It is a command of the binary and not a script, so that it speaks to the nodes by the product's own names of forms and
//! states, and needs nothing but that binary and Postgres. What cannot be done on every machine is replaced: `tc netem` by
//! a proxy of our own, a wrong clock by a switch in the node (`clock_skew_secs`), waiting for a lease, a poll or the end
//! of a hold by moving that moment in the database.
//! Invariant: what is broken here was made here: a cluster in a folder of the run's own, processes ended by their ids.
mod crowd;
mod desk;
mod field;
mod ground;
mod herd;
mod judge;
mod options;
mod play;
mod postbox;
mod process;
mod relay;
mod store;
mod trial;
mod watch;
mod wire;

use std::time::{Duration, Instant};

use self::{field::Field, ground::Ground, judge::Verdict, trial::Trial};
use crate::{
    load::Figure,
    platform::{failpoints, sabotage::Weakness},
    server::house::StartError,
};

pub use options::Options;

/// How long a run whose guard is missing may take to come to rest: it need not.
const SABOTAGE_DRAIN: Duration = Duration::from_secs(12);
const DRAIN: Duration = Duration::from_secs(60);
/// Violations of a run that are told one by one.
const TOLD_MAX: usize = 12;

/// Plays every trial, or those that were asked for, and tells how it went.
pub async fn run(options: Options) -> Result<(), StartError> {
    if !failpoints::IS_BUILT_IN {
        return Err(StartError::NoFailpoints);
    }
    let ground = Ground::open(options.pg_bin.as_deref()).await?;
    // Whoever stops it in the middle leaves nothing behind: what is dropped here ends its processes.
    let played = tokio::select! {
        played = play_all(&ground, &options) => played,
        stopped = tokio::signal::ctrl_c() => stopped.map_err(StartError::from).and(Err(StartError::Chaos)),
    };
    let is_clean = played.as_ref().is_ok_and(Tally::is_clean);
    ground.close(is_clean).await?;
    let tally = played?;
    for (name, count, unit) in [
        ("sabotage_caught", tally.caught, "guards"),
        ("sabotage_total", tally.sabotaged, "guards"),
        ("chaos_runs", tally.runs, "runs"),
        ("chaos_violations", tally.violations, "violations"),
    ] {
        Figure::new(name, count as f64, unit).tell()?;
    }
    if tally.is_clean() { Ok(()) } else { Err(StartError::Chaos) }
}

#[derive(Default)]
struct Tally {
    caught: usize,
    sabotaged: usize,
    runs: usize,
    violations: usize,
}

impl Tally {
    const fn is_clean(&self) -> bool {
        self.violations == 0 && self.caught == self.sabotaged
    }
}

async fn play_all(ground: &Ground, options: &Options) -> Result<Tally, StartError> {
    let mut tally = Tally::default();
    for (weakness, trial, words) in Trial::CONTROLS {
        if !options.wants(trial) || options.no_sabotage {
            continue;
        }
        let verdict = play_one(ground, options, (trial, Some(weakness))).await?;
        tally.sabotaged += 1;
        let caught = verdict.violations.iter().find(|violation| violation.contains(words));
        tally.caught += usize::from(caught.is_some());
        match caught {
            Some(violation) => tracing::info!("without its guard {}: {violation}", weakness.name()),
            None => tracing::error!("without its guard {}: nobody noticed; {verdict}", weakness.name()),
        }
    }
    for trial in Trial::ALL.into_iter().filter(|trial| options.wants(*trial)) {
        let began = Instant::now();
        let verdict = play_one(ground, options, (trial, None)).await?;
        tally.runs += 1;
        tally.violations += verdict.violations.len();
        tracing::info!("{trial}: {verdict}, {} s", began.elapsed().as_secs());
        for violation in verdict.violations.iter().take(TOLD_MAX) {
            tracing::error!("{trial}, SEED={}: {violation}", options.seed);
        }
    }
    Ok(tally)
}

/// One run of a trial on a database of its own, with a guard taken away or not.
async fn play_one(
    ground: &Ground,
    options: &Options,
    (trial, weakness): (Trial, Option<Weakness>),
) -> Result<Verdict, StartError> {
    tracing::info!("{trial}: SEED={} {}", options.seed, weakness.map_or("", Weakness::name));
    let mut field = Field::open(ground, (trial, weakness), options).await?;
    let played = play::play(&mut field, trial, options.length()).await;
    let drain = if weakness.is_some() { SABOTAGE_DRAIN } else { DRAIN };
    let verdict = match played {
        Ok(seen) => judge::judge(&mut field, seen, drain).await,
        Err(error) => Err(error),
    };
    field.close().await?;
    verdict
}
