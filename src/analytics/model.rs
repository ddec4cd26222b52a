//! What the desk is shown, and the few sums that decide what a figure means.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    events::EventHead,
    kernel::{Instant, LocalTime, Money, PoolId, TicketTypeId},
};

/// How an event stands: everything its dashboard shows, read at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    pub event: EventHead,
    /// When it was read; of two, the later one counts.
    pub as_of: Instant,
    /// Valid tickets.
    pub sold: i64,
    pub capacity: i64,
    /// Set aside for minutes by buyers who have not paid yet.
    pub held: i64,
    /// What buyers paid, less what went back or is on its way back.
    pub revenue: Money,
    pub refunded: Money,
    pub refunds: i64,
    /// Orders that were paid, refunded ones included.
    pub orders: i64,
    /// Orders whose payment is under way.
    pub pending: i64,
    /// Ticket holders who came in, each counted once.
    pub admitted: i64,
    /// Readings that could not be counted and wait for a human.
    pub conflicts: i64,
    pub sold_last_day: Change,
    pub taken_last_day: Change,
    pub admitted_last_hour: Change,
    pub types: Vec<TypeFigures>,
    pub doors: Vec<Door>,
    /// The last 24 hours of sales and the door, oldest first.
    pub hours: Vec<Bucket>,
    /// The last 30 days, oldest first.
    pub days: Vec<Bucket>,
}

impl Figures {
    /// How full the house is sold, in whole per cent.
    pub fn share_sold(&self) -> i64 {
        percent(self.sold, self.capacity)
    }

    /// How many of those who hold a ticket are in, in whole per cent.
    pub fn share_admitted(&self) -> i64 {
        percent(self.admitted, self.sold)
    }
}

/// A figure now, and the same figure for the stretch of time before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub now: i64,
    pub before: i64,
}

impl Change {
    /// More when positive, less when negative.
    pub const fn by(self) -> i64 {
        self.now - self.before
    }
}

/// How one ticket type stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeFigures {
    pub ticket_type_id: TicketTypeId,
    pub name: String,
    pub price: Money,
    pub sold: i64,
    pub held: i64,
    pub capacity: i64,
    /// What its valid tickets were sold for.
    pub taken: Money,
    pub admitted: i64,
}

/// What one phone at the gate has done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    pub name: String,
    pub admitted: i64,
    pub refused: i64,
    pub last_seen: Option<LocalTime>,
}

/// An hour or a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// `19:00` or `21/11`, in the event's zone.
    pub label: String,
    pub sold: i64,
    pub taken: Money,
    pub admitted: i64,
}

/// Whole per cent, rounded down so that "100 %" means all; nothing of nothing is 0.
pub const fn percent(part: i64, whole: i64) -> i64 {
    if whole <= 0 { 0 } else { part.saturating_mul(100) / whole }
}

/// A pool that a ticket type draws on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draw {
    pub ticket_type_id: TicketTypeId,
    pub pool_id: PoolId,
    pub capacity: i64,
}

/// How many tickets of one type there can be: its smallest pool decides.
pub fn type_capacity(draws: &[Draw], ticket_type_id: TicketTypeId) -> i64 {
    let own = draws.iter().filter(|draw| draw.ticket_type_id == ticket_type_id);
    own.map(|draw| draw.capacity).min().unwrap_or_default()
}

/// How many tickets of all types there can be: each type's smallest pool, counted once however many types share it, and
/// never more than a pool that every type draws on.
pub fn total_capacity(draws: &[Draw]) -> i64 {
    let types: BTreeSet<_> = draws.iter().map(|draw| draw.ticket_type_id).collect();
    let tightest: BTreeMap<PoolId, i64> = types
        .iter()
        .filter_map(|id| {
            draws.iter().filter(|draw| draw.ticket_type_id == *id).min_by_key(|draw| (draw.capacity, draw.pool_id))
        })
        .map(|draw| (draw.pool_id, draw.capacity))
        .collect();
    let common =
        |pool: PoolId| types.iter().all(|id| draws.iter().any(|d| d.pool_id == pool && d.ticket_type_id == *id));
    let house = draws.iter().filter(|draw| common(draw.pool_id)).map(|draw| draw.capacity).min();
    let sum: i64 = tightest.values().sum();
    house.map_or(sum, |house| house.min(sum))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn draw(kind: u128, pool: u128, capacity: i64) -> Draw {
        Draw { ticket_type_id: TicketTypeId(Uuid::from_u128(kind)), pool_id: PoolId(Uuid::from_u128(pool)), capacity }
    }

    #[test]
    fn per_cents_are_whole_and_never_say_full_too_early() {
        let cases = [(0, 0, 0), (1, 0, 0), (1, 3, 33), (999, 1000, 99), (1000, 1000, 100), (i64::MAX, 1, i64::MAX)];
        for (part, whole, expected) in cases {
            assert_eq!(percent(part, whole), expected, "{part} of {whole}");
        }
    }

    #[test]
    fn the_house_holds_what_its_pools_allow() {
        let cases = [
            ("nothing on sale", vec![], 0),
            ("a pool each", vec![draw(1, 1, 100), draw(2, 2, 20)], 120),
            ("one pool for both", vec![draw(1, 1, 100), draw(2, 1, 100)], 100),
            ("own pools within a house", vec![draw(1, 1, 80), draw(1, 9, 90), draw(2, 2, 20), draw(2, 9, 90)], 90),
            (
                "a house larger than its parts",
                vec![draw(1, 1, 80), draw(1, 9, 500), draw(2, 2, 20), draw(2, 9, 500)],
                100,
            ),
        ];
        for (name, draws, expected) in cases {
            assert_eq!(total_capacity(&draws), expected, "{name}");
        }
        assert_eq!(type_capacity(&[draw(1, 1, 80), draw(1, 9, 50)], TicketTypeId(Uuid::from_u128(1))), 50);
    }
}
