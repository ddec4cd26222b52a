//! What the desk sees of pools, and what its forms may say.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::{
    events::EventHead,
    kernel::{BlockId, FieldErrors, FieldFault, LocalTime, PoolId, TicketTypeId, Title, parse_whole},
};

/// Shared pools of one event.
pub const POOLS_MAX: i64 = 20;
/// Stretches of stock that are set aside at once in one event.
pub const BLOCKS_MAX: i64 = 200;
/// Tickets in one pool.
const CAPACITY_MAX: i64 = 1_000_000;
/// Tickets of one event that one person may be limited to.
const BUYER_MAX: i64 = 1_000;

/// A pool with what draws on it and what is set aside of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskPool {
    pub pool_id: PoolId,
    pub name: String,
    /// Whose own pool it is; a shared one is nobody's.
    pub own_type: Option<TicketTypeId>,
    pub capacity: u32,
    pub held: u32,
    pub sold: u32,
    pub blocked: u32,
    pub types: Vec<TicketTypeId>,
    pub blocks: Vec<Block>,
}

impl DeskPool {
    /// How many can still be bought from it.
    pub const fn free(&self) -> u32 {
        self.capacity.saturating_sub(self.held).saturating_sub(self.sold).saturating_sub(self.blocked)
    }
}

/// Stock that the desk has set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    pub block_id: BlockId,
    pub quantity: u32,
    pub reason: String,
    pub since: LocalTime,
}

/// A ticket type that may draw on pools.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawer {
    pub ticket_type_id: TicketTypeId,
    pub name: String,
}

/// The stock of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockDesk {
    pub event: EventHead,
    /// Tickets of the event that one person may have.
    pub buyer_max: Option<u32>,
    pub types: Vec<Drawer>,
    /// Shared ones first.
    pub pools: Vec<DeskPool>,
}

/// The raw form about a shared pool.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PoolForm {
    pub name: String,
    pub capacity: String,
    /// The types that are ticked.
    pub types: Vec<TicketTypeId>,
}

/// A checked pool that is not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPool {
    pub name: Title,
    pub capacity: i32,
    pub types: Vec<TicketTypeId>,
}

impl PoolForm {
    pub fn parse(&self) -> Result<NewPool, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", Title::parse(&self.name));
        let capacity = errors.keep("capacity", parse_count(&self.capacity, CAPACITY_MAX));
        match (name, capacity) {
            (Some(name), Some(capacity)) => Ok(NewPool { name, capacity, types: self.types.clone() }),
            _ => Err(errors),
        }
    }
}

/// The raw form that sets stock aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockForm {
    pub pool: PoolId,
    #[serde(default)]
    pub quantity: String,
    #[serde(default)]
    pub reason: String,
}

impl BlockForm {
    /// How many, and why.
    pub fn parse(&self) -> Result<(i32, Title), FieldErrors> {
        let mut errors = FieldErrors::default();
        let quantity = errors.keep("quantity", parse_count(&self.quantity, CAPACITY_MAX));
        let reason = errors.keep("reason", Title::parse(&self.reason));
        quantity.zip(reason).ok_or(errors)
    }
}

/// Reads how many tickets of the event one person may have; empty for any number.
pub fn parse_buyer_max(text: &str) -> Result<Option<i32>, FieldErrors> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    parse_count(text, BUYER_MAX).map(Some).map_err(|fault| FieldErrors::one("most", fault))
}

fn parse_count(text: &str, max: i64) -> Result<i32, FieldFault> {
    i32::try_from(parse_whole(text, 1, max)?).map_err(|_| FieldFault::OutOfRange { min: 1, max })
}

/// Why stock stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum PoolRefusal {
    #[error("An event has at most {POOLS_MAX} shared pools.")]
    TooMany,
    #[error("Only {left} are free.")]
    NotFree { left: u32 },
    #[error("Somebody is buying these tickets right now. Try again in a few minutes.")]
    BeingBought,
}

impl PoolRefusal {
    pub const fn status(self) -> StatusCode {
        StatusCode::CONFLICT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_pools_and_blocks_are_refused_at_the_field() {
        let range = FieldFault::OutOfRange { min: 1, max: 1_000_000 };
        let pool = PoolForm { name: "Room".into(), capacity: "0".into(), types: Vec::new() };
        assert_eq!(pool.parse(), Err(FieldErrors::one("capacity", range.clone())));
        let nameless = PoolForm { capacity: "5".into(), ..PoolForm::default() };
        assert_eq!(nameless.parse(), Err(FieldErrors::one("name", FieldFault::Required)));
        let block = BlockForm { pool: PoolId(uuid::Uuid::nil()), quantity: "-1".into(), reason: "Press".into() };
        assert_eq!(block.parse(), Err(FieldErrors::one("quantity", range)));
        assert_eq!(parse_buyer_max(" "), Ok(None));
        assert_eq!(parse_buyer_max("4"), Ok(Some(4)));
        assert!(parse_buyer_max("0").is_err());
    }

    #[test]
    fn what_is_free_is_what_nobody_has() {
        let pool = DeskPool {
            pool_id: PoolId(uuid::Uuid::nil()),
            name: "Room".into(),
            own_type: None,
            capacity: 10,
            held: 2,
            sold: 3,
            blocked: 4,
            types: Vec::new(),
            blocks: Vec::new(),
        };
        assert_eq!(pool.free(), 1);
    }
}
