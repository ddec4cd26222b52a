//! What the process says about itself.

use tracing_subscriber::EnvFilter;

/// Writes log lines to standard error; `RUST_LOG` chooses which.
pub fn init() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,lango=info"));
    // A second call, as in tests, changes nothing.
    let _ =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).try_init();
}
