//! What `--dev` adds for trying Lango out.

use std::io::{self, Write};

use super::{house::StartError, lan::Lan};
use crate::platform::state::AppState;

/// What runs beside the server, and ends with it.
pub struct Dev;

/// Gets everything ready that `--dev` promises.
#[expect(clippy::unused_async, reason = "the demo data and the simulator are awaited here")]
pub async fn open(_app: &AppState) -> Result<Dev, StartError> {
    Ok(Dev)
}

impl Dev {
    /// Tells whoever sits at the terminal where to go.
    pub fn announce(&self, app: &AppState, lan: Option<&Lan>) -> io::Result<()> {
        let mut out = io::stdout().lock();
        writeln!(out, "\nLango is open at {}", app.config.origin())?;
        if let Some(code) = lan.and_then(|_| Lan::qr(&app.config.origin())) {
            writeln!(out, "{code}\nPhones warn about a certificate they do not know: choose to go on.")?;
        }
        out.flush()
    }
}
