//! What time it is: the only caller of now.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use super::failpoints;
use crate::kernel::Instant;

/// Where the time comes from: the machine, or a test.
#[derive(Clone, Debug)]
pub enum Clock {
    System,
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still until a test moves it.
    pub fn fixed(at: Instant) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(at.0)))
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    pub fn now(&self) -> Instant {
        match self {
            Self::Fixed(at) => Instant(at.load(Ordering::SeqCst)),
            Self::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                let skew_secs = failpoints::number("clock_skew_secs").unwrap_or(0);
                Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX)).plus_secs(skew_secs)
            }
        }
    }

    /// Moves a fixed clock; the machine's clock cannot be moved.
    pub fn advance_secs(&self, secs: i64) {
        if let Self::Fixed(at) = self {
            at.fetch_add(secs * 1000, Ordering::SeqCst);
        }
    }
}
