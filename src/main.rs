//! Starts the command that was asked for.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    lango::server::commands::main().await
}
