//! A start and an end.

use serde::{Deserialize, Serialize};

use super::Instant;

/// A stretch of time whose end comes after its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    start: Instant,
    end: Instant,
}

impl Span {
    /// `None` when the end does not come after the start.
    pub fn new(start: Instant, end: Instant) -> Option<Self> {
        (end > start).then_some(Self { start, end })
    }

    pub const fn start(self) -> Instant {
        self.start
    }

    pub const fn end(self) -> Instant {
        self.end
    }

    /// Whether a moment lies inside; the start belongs to it, the end does not.
    pub fn contains(self, at: Instant) -> bool {
        self.start <= at && at < self.end
    }
}
