//! Pools, holds, and the one decision: is there enough.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::kernel::{EventId, HoldId, Instant, OrgId, PoolId, TicketTypeId};

/// How long a fresh hold lasts.
pub const HOLD_TTL_SECS: i64 = 10 * 60;
/// How long stock stays held at least once a payment prompt is out: the prompt's minute, and time for its news.
pub const HOLD_PROMPT_SECS: i64 = 3 * 60;
/// No hold lasts longer than this, however often it is extended.
pub const HOLD_CAP_SECS: i64 = 25 * 60;

/// So many of one ticket type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    pub ticket_type_id: TicketTypeId,
    pub quantity: u32,
}

/// A basket's stock, all or nothing.
#[derive(Clone, Debug)]
pub struct HoldRequest {
    pub org_id: OrgId,
    pub event_id: EventId,
    pub wishes: Vec<Wish>,
}

/// Stock set aside until `expires_at`, by the database's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    pub hold_id: HoldId,
    pub expires_at: Instant,
}

/// A counted stock, with what a request wants of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    pub pool_id: PoolId,
    pub capacity: i32,
    pub held: i32,
    pub sold: i32,
    pub wanted: i32,
}

impl Pool {
    pub const fn left(&self) -> i32 {
        self.capacity - self.held - self.sold
    }
}

/// The pools that one request draws on.
#[derive(Clone, Debug)]
pub struct Pools(pub Vec<Pool>);

impl Pools {
    /// Whether every pool has what is wanted of it; nothing is taken when one has not.
    pub fn check(&self) -> Result<(), HoldRefusal> {
        match self.0.iter().filter(|pool| pool.left() < pool.wanted).map(Pool::left).min() {
            None => Ok(()),
            Some(left) if left <= 0 => Err(HoldRefusal::SoldOut),
            Some(left) => Err(HoldRefusal::NotEnough { left: left.unsigned_abs() }),
        }
    }
}

/// Why stock is not set aside.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum HoldRefusal {
    #[error("These tickets are sold out.")]
    SoldOut,
    #[error("Only {left} left.")]
    NotEnough { left: u32 },
    #[error("The time to pay is over. Nothing was charged.")]
    Expired,
}

impl HoldRefusal {
    pub const fn status(&self) -> StatusCode {
        StatusCode::CONFLICT
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pool(capacity: i32, held: i32, sold: i32, wanted: i32) -> Pool {
        Pool { pool_id: PoolId(uuid::Uuid::nil()), capacity, held, sold, wanted }
    }

    #[test]
    fn a_request_takes_all_or_nothing() {
        let cases = [
            (vec![pool(10, 0, 0, 10)], Ok(())),
            (vec![pool(10, 3, 4, 4)], Err(HoldRefusal::NotEnough { left: 3 })),
            (vec![pool(10, 5, 5, 1)], Err(HoldRefusal::SoldOut)),
            (vec![pool(10, 0, 0, 1), pool(5, 5, 0, 1)], Err(HoldRefusal::SoldOut)),
            (vec![pool(10, 0, 0, 1), pool(5, 1, 0, 5)], Err(HoldRefusal::NotEnough { left: 4 })),
            (vec![], Ok(())),
        ];
        for (pools, outcome) in cases {
            assert_eq!(Pools(pools.clone()).check(), outcome, "{pools:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_allowed_never_passes_the_capacity(capacity in 0..100_i32, held in 0..50_i32, sold in 0..50_i32, wanted in 1..100_i32) {
            let one = pool(capacity, held.min(capacity), sold.min(capacity - held.min(capacity)), wanted);
            if Pools(vec![one]).check().is_ok() {
                prop_assert!(one.held + one.sold + wanted <= capacity);
            }
        }
    }
}
