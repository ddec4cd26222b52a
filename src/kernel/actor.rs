//! Who did it.

use std::fmt;

use super::{AccountId, DeviceId};

/// Who stands behind a change, for the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    Account(AccountId),
    Device(DeviceId),
    /// A buyer who holds an order's link.
    Guest,
    /// Lango itself: a job, a schedule, a provider's notice.
    System,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(f, "account:{id}"),
            Self::Device(id) => write!(f, "device:{id}"),
            Self::Guest => f.write_str("guest"),
            Self::System => f.write_str("system"),
        }
    }
}
