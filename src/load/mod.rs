//! Measures what the system bears: each figure is a line of JSON on the standard output.
//!
//! Every scenario writes real rows into the database that it is given, so none runs beside other people's data.
mod engine;
mod figure;
mod scene;
mod store;

use crate::server::house::StartError;

/// What is measured.
#[derive(clap::Subcommand)]
pub enum Scenario {
    /// Measures the allocator in this process, without HTTP, beside a plain design that writes the same rows.
    Engine(Box<engine::Options>),
}

/// Measures, prints the figures and ends.
pub async fn run(scenario: Scenario) -> Result<(), StartError> {
    match scenario {
        Scenario::Engine(options) => engine::run(*options).await,
    }
}
