//! The allocator in this process, without HTTP, beside a plain design that writes the same rows.
mod batched;
mod growth;
mod naive;
mod pace;

use std::time::Duration;

use clap::Args;

use super::{
    figure::Figure,
    scene::{self, Organizer},
};
use crate::{
    platform::{config::Config, state::AppState},
    server::house::{House, StartError},
};

/// Tickets of a hall: more than anybody sells while it is measured.
const CAPACITY: i32 = 50_000_000;
const PRICE_MINOR: i64 = 150_000;

/// How the engine is measured.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    config: Config,

    /// Seconds each figure is measured for, after a second that does not count.
    #[arg(long, default_value_t = 8)]
    secs: u64,

    /// Says that Postgres runs on a disk made slow: the figures' names end in _slow_disk.
    #[arg(long)]
    slow_disk: bool,

    /// Measures again with so many tickets sold before: counts, separated by commas.
    #[arg(long, value_delimiter = ',')]
    growth: Vec<u32>,
}

/// Prints how many orders a second the batched allocator starts, how many the plain design, and how they compare.
pub async fn run(options: Options) -> Result<(), StartError> {
    let house = House::open(options.config).await?;
    let span = Duration::from_secs(options.secs);
    let measured = match compare(&house.app, span, options.slow_disk).await {
        Ok(()) => growth::measure(&house.app, &options.growth, span).await,
        Err(error) => Err(error),
    };
    house.close().await?;
    measured
}

async fn compare(app: &AppState, span: Duration, is_slow: bool) -> Result<(), StartError> {
    if !scene::is_alone(app).await? {
        return Err(StartError::NotForLoad);
    }
    let named = |name: &str| if is_slow { format!("{name}_slow_disk") } else { name.to_owned() };
    let organizer = Organizer::found(app).await?;
    let naive = naive::best(app, organizer, span).await?;
    Figure::new(named("naive_hold_per_s"), naive, "1/s").tell()?;
    let engine = batched::measure(app, &organizer.open_hall(app, CAPACITY, PRICE_MINOR).await?, span).await?;
    Figure::new(named("engine_hold_per_s"), engine.per_sec, "1/s").tell()?;
    Figure::new(named("orders_per_flush"), engine.per_flush, "orders").tell()?;
    Figure::new(named("ratio_vs_naive"), engine.per_sec / naive, "x").tell()?;
    Ok(())
}
