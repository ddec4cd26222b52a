//! What visitors do, and what is told of it.
mod doors;
mod looking;
mod sale;
mod waiting;

use std::{io, sync::Arc, time::Duration};

use super::{
    check::check,
    drive::{Outcome, Pace, Visits},
    engine,
    figure::Figure,
    ledger::{Entry, Ledger},
    options::{DriveOptions, Scenario},
    rig::Rig,
    stage::stage,
    visitor::Trouble,
};
use crate::{
    error::AppError,
    inventory::HoldRefusal,
    platform::config::Config,
    server::house::{House, StartError},
};

/// The beginning of a run, which no rate is taken from.
const WARM: Duration = Duration::from_secs(1);
/// Broken promises that are named one by one.
const NAMED_MAX: usize = 10;

/// Does what was asked for and tells its figures.
pub async fn run(scenario: Scenario) -> Result<(), StartError> {
    let figures = match scenario {
        Scenario::Stage(options) => {
            let house = House::open(options.config.clone()).await?;
            let programme = stage(&house.app, &options.plan).await;
            house.close().await?;
            programme?.write(&options.programme)?;
            Vec::new()
        }
        Scenario::Check(options) => return compare(options.config, &Ledger::read(&options.ledger)?).await,
        Scenario::Engine(options) => return engine::run(*options).await,
        Scenario::Page(options) => driven(options, looking::page).await?,
        Scenario::Hot(options) => driven(options, sale::hot).await?,
        Scenario::Spread(options) => driven(options, sale::spread).await?,
        Scenario::Mixed(options) => driven(options, looking::mixed).await?,
        Scenario::Gate(options) => driven(options, doors::gate).await?,
        Scenario::Waiting(options) => driven(options, waiting::waiting).await?,
    };
    tell(&figures)
}

fn tell(figures: &[Figure]) -> Result<(), StartError> {
    figures.iter().try_for_each(Figure::tell)?;
    Ok(())
}

async fn driven<S, F>(options: DriveOptions, scenario: S) -> Result<Vec<Figure>, StartError>
where
    S: FnOnce(Arc<Rig>) -> F,
    F: Future<Output = Result<Vec<Figure>, Trouble>>,
{
    let rig = Arc::new(Rig::new(options)?);
    let figures = scenario(rig.clone()).await.map_err(io::Error::other)?;
    rig.ledger.flush()?;
    Ok(figures)
}

async fn compare(config: Config, entries: &[Entry]) -> Result<(), StartError> {
    let house = House::open(config).await?;
    let findings = check(&house.app, entries).await;
    house.close().await?;
    let findings = findings?;
    tell(&findings.figures())?;
    for token in findings.lost.iter().chain(&findings.unpaid).chain(&findings.two_answers).take(NAMED_MAX) {
        tracing::error!(token, "a promise was not kept");
    }
    if findings.is_clean() {
        Ok(())
    } else {
        Err(io::Error::other("acknowledged answers are not in the database").into())
    }
}

/// How a visit ended, by what stood in its way.
fn outcome_of(trouble: &Trouble) -> Outcome {
    match trouble {
        Trouble::Refused(AppError::Inventory(HoldRefusal::SoldOut | HoldRefusal::NotEnough { .. })) => Outcome::SoldOut,
        Trouble::Refused(AppError::Busy | AppError::SlowDown) => Outcome::TurnedAway,
        Trouble::Refused(_) | Trouble::Lost(_) => {
            tracing::warn!(%trouble, "a visit failed");
            Outcome::Failed
        }
    }
}

/// The figures of a run: how many a second when they came as fast as they were served, how long they waited when they came
/// at their own pace. The other way round each would say little.
fn figures_of(rig: &Rig, visits: &Visits, (rate, waiting): (&str, &str)) -> Vec<Figure> {
    let mut figures = match rig.options.pace() {
        Pace::Closed { .. } => {
            let length = if rig.options.until_sold_out { visits.last_served() } else { rig.options.length() };
            vec![Figure::new(rate, visits.per_second(WARM.min(length / 2), length), "1/s")]
        }
        Pace::Open { .. } => vec![
            Figure::new(format!("{waiting}_p50_ms"), visits.millis(0.5), "ms"),
            Figure::new(format!("{waiting}_p99_ms"), visits.millis(0.99), "ms"),
        ],
    };
    let counts = [
        ("served", Outcome::Served),
        ("sold_out", Outcome::SoldOut),
        ("turned_away", Outcome::TurnedAway),
        ("failed", Outcome::Failed),
    ];
    for (word, outcome) in counts {
        figures.push(Figure::new(format!("{waiting}_{word}"), visits.count(outcome) as f64, "visits"));
    }
    figures
}
