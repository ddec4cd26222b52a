//! An event that is called off, and the money that goes back for it.

use serde::{Deserialize, Serialize};

use crate::kernel::Money;

/// How far the money of an event has gone back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallOff {
    pub is_cancelled: bool,
    /// Whether all the money is to go back.
    pub is_asked: bool,
    /// Orders with tickets, and what they cost.
    pub kept: u32,
    pub kept_sum: Money,
    pub refunded: u32,
    /// Payments that the provider is giving back.
    pub on_the_way: u32,
    /// Payments whose way back needs a human.
    pub stuck: u32,
    /// Whether the reader may give money back.
    pub may_refund: bool,
}

impl CallOff {
    /// Orders that were to be refunded, from the first to the last.
    pub const fn all(&self) -> u32 {
        self.kept + self.refunded
    }

    /// Whether there is still something to wait for.
    pub const fn is_moving(&self) -> bool {
        self.is_asked && (self.kept > 0 || self.on_the_way > 0)
    }
}
