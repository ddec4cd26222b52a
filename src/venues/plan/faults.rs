//! Faults as they are found.

use crate::venues::fault::{Fault, Problem, Whence};

/// Faults that are told; a file that is wrong all over says so soon enough.
pub const FAULTS_MAX: usize = 50;

/// Faults found so far.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    pub fn add(&mut self, whence: impl FnOnce() -> Whence, problem: Problem) {
        if self.0.len() < FAULTS_MAX {
            self.0.push(Fault { whence: whence(), problem });
        }
    }

    pub const fn is_full(&self) -> bool {
        self.0.len() >= FAULTS_MAX
    }

    /// The value when nothing is wrong.
    pub fn unless_any<T>(self, value: T) -> Result<T, Vec<Fault>> {
        if self.0.is_empty() { Ok(value) } else { Err(self.0) }
    }
}
