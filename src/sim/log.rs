//! What came in and what went out, for assertions.

use std::collections::VecDeque;

use serde::Serialize;
use serde_json::Value;

/// Older lines are forgotten.
const LINES_MAX: usize = 20_000;

/// The latest lines of a kind.
#[derive(Serialize)]
#[serde(transparent)]
pub struct Log<T>(VecDeque<T>);

impl<T> Default for Log<T> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<T> Log<T> {
    pub fn add(&mut self, line: T) {
        if self.0.len() == LINES_MAX {
            self.0.pop_front();
        }
        self.0.push_back(line);
    }
}

/// One request that we were sent.
#[derive(Serialize)]
pub struct Asked {
    pub at_ms: i64,
    pub path: &'static str,
    pub body: Value,
    /// 0 when no answer was given.
    pub status: u16,
}

/// One thing that we posted.
#[derive(Serialize)]
pub struct Posted {
    pub at_ms: i64,
    pub url: String,
    pub body: Value,
    pub status: Option<u16>,
    pub error: Option<String>,
}
