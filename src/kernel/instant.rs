//! A moment in time.

use serde::{Deserialize, Serialize};

/// A moment: whole milliseconds since 1970-01-01T00:00:00Z, the same number in Rust, JSON and JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// The moment that many seconds later; earlier when negative.
    #[must_use]
    pub const fn plus_secs(self, secs: i64) -> Self {
        Self(self.0.saturating_add(secs.saturating_mul(1000)))
    }

    /// The moment that many minutes later; earlier when negative.
    #[must_use]
    pub const fn plus_mins(self, mins: i64) -> Self {
        self.plus_secs(mins.saturating_mul(60))
    }

    /// Whole seconds from `earlier` to here, rounded towards zero; negative when `earlier` is later.
    pub const fn secs_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0) / 1000
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub const fn unix_secs(self) -> i64 {
        self.0.div_euclid(1000)
    }
}
