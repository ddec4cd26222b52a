//! Faults as they are found.

use super::{CATEGORIES_MAX, Plan, ROWS_MAX, SECTIONS_MAX, json::most};
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

    /// Adds what there is too much of in a whole file.
    pub fn add_sizes(&mut self, plan: &Plan, rows: usize) {
        let sizes = [(plan.zones.len(), SECTIONS_MAX), (rows, ROWS_MAX), (plan.categories.len(), CATEGORIES_MAX)];
        for (_, max) in sizes.into_iter().filter(|(count, max)| count > max) {
            self.add(|| Whence::File, Problem::TooMany { max: most(max) });
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
