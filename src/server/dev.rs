//! What `--dev` adds for trying Lango out.

use std::io::{self, Write};

use tokio::process::Child;

use super::{
    demo::{self, DemoSummary, Loaded},
    house::StartError,
    lan::Lan,
    simulated_mpesa,
};
use crate::platform::state::AppState;

/// What runs beside the server, and ends with it.
pub struct Dev {
    has_demo: bool,
    _mpesa: Option<Child>,
}

/// Gets everything ready that `--dev` promises.
pub async fn open(app: &AppState) -> Result<Dev, StartError> {
    let loaded = demo::load(app, false).await?;
    Ok(Dev { has_demo: loaded != Loaded::OtherData, _mpesa: simulated_mpesa::start(app).await? })
}

impl Dev {
    /// Tells whoever sits at the terminal where to go.
    pub fn announce(&self, app: &AppState, lan: Option<&Lan>) -> io::Result<()> {
        let mut out = io::stdout().lock();
        writeln!(out, "\nLango is open at {}", app.config.origin())?;
        writeln!(out, "The phone that pays is at {}/dev/phone", app.config.origin())?;
        if self.has_demo {
            writeln!(out, "Sign in as")?;
            for hint in DemoSummary::SIGN_INS {
                writeln!(out, "{hint}")?;
            }
        }
        if let Some(code) = lan.and_then(|_| Lan::qr(&app.config.origin())) {
            writeln!(out, "{code}\nPhones warn about a certificate they do not know: choose to go on.")?;
        }
        out.flush()
    }
}
