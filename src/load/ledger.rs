//! The driver's own record of what it was promised: every acknowledged answer, a line of JSON each, only ever appended.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

/// What was acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Stock is held, and this order stands for it.
    Held,
    /// The phone is being asked.
    Asked,
    /// The order's page said that it is paid.
    Paid,
    /// The order's page said something else that is final.
    Ended,
    /// The gate let somebody in.
    Admitted,
}

/// One acknowledged answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub act: Act,
    /// The client's key for the purchase, or what was read at the gate.
    pub key: String,
    /// The secret part of the order's link; at the gate the phone's number of the reading.
    pub subject: String,
    /// The event's address.
    pub event: String,
    pub tickets: u32,
}

/// The record; cheap to clone. Without a file it writes nothing.
#[derive(Clone, Default)]
pub struct Ledger(Option<Arc<Mutex<BufWriter<File>>>>);

impl Ledger {
    /// Opens a record to append to.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::options().create(true).append(true).open(path)?;
        Ok(Self(Some(Arc::new(Mutex::new(BufWriter::new(file))))))
    }

    /// Writes down what was acknowledged.
    pub fn note(&self, entry: &Entry) -> io::Result<()> {
        let Some(file) = &self.0 else { return Ok(()) };
        let line = serde_json::to_string(entry).map_err(io::Error::other)?;
        writeln!(file.lock().unwrap_or_else(PoisonError::into_inner), "{line}")
    }

    /// Gives what was written to the system.
    pub fn flush(&self) -> io::Result<()> {
        let Some(file) = &self.0 else { return Ok(()) };
        file.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }

    /// Reads a record back.
    pub fn read(path: &Path) -> io::Result<Vec<Entry>> {
        let lines = BufReader::new(File::open(path)?).lines();
        lines.map(|line| serde_json::from_str(&line?).map_err(io::Error::other)).collect()
    }
}
