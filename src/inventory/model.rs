//! Pools, holds, and the one decision: is there enough.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::kernel::{EventId, OrgId, PoolId, TicketTypeId};

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

/// What one basket asks for, and how much of that an access code keeps for it.
#[derive(Clone, Copy, Debug)]
pub struct Basket<'a> {
    pub wishes: &'a [Wish],
    pub kept: Option<Wish>,
}

/// A basket's stock, all or nothing.
#[derive(Clone, Debug)]
pub struct HoldRequest {
    pub org_id: OrgId,
    pub event_id: EventId,
    pub wishes: Vec<Wish>,
}

impl HoldRequest {
    pub const fn place(&self) -> (OrgId, EventId) {
        (self.org_id, self.event_id)
    }

    pub fn types(&self) -> Vec<TicketTypeId> {
        self.wishes.iter().map(|wish| wish.ticket_type_id).collect()
    }
}

/// A counted stock, and the ticket types that draw on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    pub pool_id: PoolId,
    pub capacity: i32,
    pub held: i32,
    pub sold: i32,
    /// Set aside by the desk.
    pub blocked: i32,
    pub types: Vec<TicketTypeId>,
}

impl Pool {
    /// How much of it nobody has.
    fn free(&self) -> i64 {
        i64::from(self.capacity) - i64::from(self.held) - i64::from(self.sold) - i64::from(self.blocked)
    }

    /// How much of it a basket asks for.
    fn wanted(&self, wishes: &[Wish]) -> i64 {
        wishes
            .iter()
            .filter(|wish| self.types.contains(&wish.ticket_type_id))
            .map(|wish| i64::from(wish.quantity))
            .sum()
    }
}

/// The pools of some requests, and what has been given out of them since they were read.
#[derive(Clone, Debug)]
pub struct Stock {
    pools: Vec<Pool>,
    given: Vec<i64>,
    /// Of what was given, how much was set aside before.
    unblocked: Vec<i64>,
}

impl Stock {
    pub fn new(pools: Vec<Pool>) -> Self {
        let given = vec![0; pools.len()];
        Self { pools, unblocked: given.clone(), given }
    }

    /// Gives a basket all that it asks for, or nothing. First come, first served: what was given before is gone.
    pub fn take(&mut self, wishes: &[Wish]) -> Result<(), HoldRefusal> {
        let is_drawn = |wish: &Wish| self.pools.iter().any(|pool| pool.types.contains(&wish.ticket_type_id));
        if !wishes.iter().all(is_drawn) {
            return Err(HoldRefusal::SoldOut);
        }
        let short = self.left().zip(&self.pools).filter(|(left, pool)| *left < pool.wanted(wishes));
        match short.map(|(left, _)| left).min() {
            None => self.give(wishes),
            Some(left) if left <= 0 => return Err(HoldRefusal::SoldOut),
            Some(left) => return Err(HoldRefusal::NotEnough { left: u32::try_from(left).unwrap_or(u32::MAX) }),
        }
        Ok(())
    }

    /// The same for a basket for which a code keeps some of it: that was set aside, and is there for nobody else.
    pub fn take_basket(&mut self, basket: &Basket<'_>) -> Result<(), HoldRefusal> {
        let before = self.unblocked.clone();
        if let Some(kept) = basket.kept {
            for (unblocked, pool) in self.unblocked.iter_mut().zip(&self.pools) {
                *unblocked += pool.wanted(&[kept]);
            }
        }
        let taken = self.take(basket.wishes);
        if taken.is_err() {
            self.unblocked = before;
        }
        taken
    }

    /// How much is left of a type.
    pub fn left_of(&self, ticket_type_id: TicketTypeId) -> i64 {
        let own = self.left().zip(&self.pools).filter(|(_, pool)| pool.types.contains(&ticket_type_id));
        own.map(|(left, _)| left).min().unwrap_or(0)
    }

    /// Counts a basket without asking whether it is there: for stock that comes back.
    pub fn give(&mut self, wishes: &[Wish]) {
        for (given, pool) in self.given.iter_mut().zip(&self.pools) {
            *given += pool.wanted(wishes);
        }
    }

    /// What was given out of each pool, where anything was, and how much of that had been set aside.
    pub fn given(&self) -> impl Iterator<Item = (PoolId, i32, i32)> {
        let count = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
        let moved = self.pools.iter().zip(self.given.iter().zip(&self.unblocked)).filter(|(_, (given, _))| **given > 0);
        moved.map(move |(pool, (given, unblocked))| (pool.pool_id, count(*given), count(*unblocked)))
    }

    fn left(&self) -> impl Iterator<Item = i64> {
        let pools = self.pools.iter().zip(self.given.iter().zip(&self.unblocked));
        pools.map(|(pool, (given, unblocked))| pool.free() + unblocked - given)
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

    const TYPES: [TicketTypeId; 3] = [
        TicketTypeId(uuid::Uuid::from_u128(1)),
        TicketTypeId(uuid::Uuid::from_u128(2)),
        TicketTypeId(uuid::Uuid::from_u128(3)),
    ];

    fn pool(capacity: i32, held: i32, sold: i32, types: &[usize]) -> Pool {
        let types = types.iter().map(|no| TYPES[*no]).collect();
        Pool { pool_id: PoolId(uuid::Uuid::nil()), capacity, held, sold, blocked: 0, types }
    }

    fn wish(no: usize, quantity: u32) -> Wish {
        Wish { ticket_type_id: TYPES[no], quantity }
    }

    #[test]
    fn a_request_takes_all_or_nothing() {
        let cases = [
            (vec![pool(10, 0, 0, &[0])], vec![wish(0, 10)], Ok(())),
            (vec![pool(10, 3, 4, &[0])], vec![wish(0, 4)], Err(HoldRefusal::NotEnough { left: 3 })),
            (vec![pool(10, 5, 5, &[0])], vec![wish(0, 1)], Err(HoldRefusal::SoldOut)),
            (vec![pool(10, 0, 0, &[0]), pool(5, 5, 0, &[1])], vec![wish(0, 1), wish(1, 1)], Err(HoldRefusal::SoldOut)),
            (
                vec![pool(10, 0, 0, &[0]), pool(5, 1, 0, &[1])],
                vec![wish(0, 1), wish(1, 5)],
                Err(HoldRefusal::NotEnough { left: 4 }),
            ),
            // A room that two types share, and one of them a pool of its own beside it.
            (vec![pool(5, 0, 0, &[0, 1])], vec![wish(0, 3), wish(1, 3)], Err(HoldRefusal::NotEnough { left: 5 })),
            (
                vec![pool(9, 0, 0, &[0, 1]), pool(2, 0, 0, &[1])],
                vec![wish(1, 3)],
                Err(HoldRefusal::NotEnough { left: 2 }),
            ),
            // What the desk has set aside is not for sale.
            (
                vec![Pool { blocked: 6, ..pool(9, 1, 1, &[0]) }],
                vec![wish(0, 2)],
                Err(HoldRefusal::NotEnough { left: 1 }),
            ),
            // A type that draws on nothing has nothing to give.
            (vec![pool(9, 0, 0, &[0])], vec![wish(2, 1)], Err(HoldRefusal::SoldOut)),
        ];
        for (pools, wishes, outcome) in cases {
            let mut stock = Stock::new(pools.clone());
            assert_eq!(stock.take(&wishes), outcome, "{pools:?}");
            assert_eq!(stock.given().next().is_some(), outcome.is_ok(), "{pools:?}");
        }
    }

    #[test]
    fn what_a_code_keeps_is_there_for_its_basket_alone() {
        let mut stock = Stock::new(vec![Pool { blocked: 2, ..pool(3, 0, 1, &[0]) }, pool(1, 0, 1, &[1])]);
        let kept = Some(wish(0, 2));
        let mixed = [wish(0, 2), wish(1, 1)];
        assert_eq!(stock.take_basket(&Basket { wishes: &mixed, kept }), Err(HoldRefusal::SoldOut));
        assert_eq!(stock.take(&[wish(0, 1)]), Err(HoldRefusal::SoldOut), "a refused basket frees nothing");
        assert_eq!(stock.take_basket(&Basket { wishes: &[wish(0, 2)], kept }), Ok(()));
        assert_eq!(stock.take(&[wish(0, 1)]), Err(HoldRefusal::SoldOut));
        assert_eq!(stock.given().map(|(_, given, unblocked)| (given, unblocked)).collect::<Vec<_>>(), [(2, 2)]);
    }

    #[test]
    fn who_comes_first_is_served_first_and_who_fits_later_is_served_too() {
        let mut stock = Stock::new(vec![pool(5, 0, 0, &[0])]);
        let answers: Vec<_> = [3, 3, 2].map(|quantity| stock.take(&[wish(0, quantity)])).into();
        assert_eq!(answers, [Ok(()), Err(HoldRefusal::NotEnough { left: 2 }), Ok(())]);
        assert_eq!(stock.take(&[wish(0, 1)]), Err(HoldRefusal::SoldOut));
    }

    proptest! {
        #[test]
        fn what_is_given_never_passes_a_capacity(
            sizes in prop::collection::vec((0..40_i32, 0..20_i32, 0..20_i32), 3),
            baskets in prop::collection::vec(prop::collection::vec((0..3_usize, 1..8_u32), 1..4), 1..30),
        ) {
            let draws: [&[usize]; 3] = [&[0, 1], &[1, 2], &[2]];
            let pools: Vec<_> = sizes.iter().zip(draws)
                .map(|(&(capacity, held, sold), types)| pool(capacity + held + sold, held, sold, types))
                .collect();
            let mut stock = Stock::new(pools.clone());
            let mut taken = [0_i64; 3];
            for basket in baskets {
                let wishes: Vec<_> = basket.into_iter().map(|(no, quantity)| wish(no, quantity)).collect();
                if stock.take(&wishes).is_ok() {
                    for (sum, pool) in taken.iter_mut().zip(&pools) {
                        *sum += pool.wanted(&wishes);
                    }
                }
            }
            for (sum, pool) in taken.iter().zip(&pools) {
                prop_assert!(i64::from(pool.held + pool.sold) + sum <= i64::from(pool.capacity));
            }
        }
    }
}
