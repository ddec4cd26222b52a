//! What there is to load: the addresses of events, and a gate.

use std::{fs, io, path::Path};

use serde::{Deserialize, Serialize};

/// A programme, as `stage` writes it and as anybody may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Programme {
    /// Addresses of events on sale.
    pub events: Vec<String>,
    pub gate: Gate,
}

/// A door to be stormed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Gate {
    /// The event whose door it is.
    pub event: String,
    /// Codes that pair a phone each, once.
    pub pairings: Vec<String>,
    /// Codes of tickets.
    pub tickets: Vec<String>,
}

impl Programme {
    pub fn read(path: &Path) -> io::Result<Self> {
        serde_json::from_slice(&fs::read(path)?).map_err(io::Error::other)
    }

    pub fn write(&self, path: &Path) -> io::Result<()> {
        let text = serde_json::to_vec(self).map_err(io::Error::other)?;
        fs::write(path, text)
    }
}
