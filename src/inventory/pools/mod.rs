//! Pools as the desk makes them: shared ones such as the room, and stock that is set aside.
//!
//! Invariant: the types that draw on a pool change only while nobody is buying them.
mod api;
mod model;
mod words;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

pub use api::{
    AddPool, BlockStock, ChangePool, LimitBuyers, ReleaseBlock, RemovePool, add_pool, block_stock, change_pool,
    limit_buyers, list_stock, release_block, remove_pool,
};
pub use model::{Block, BlockForm, DeskPool, Drawer, PoolForm, PoolRefusal, StockDesk};
#[cfg(feature = "ssr")]
pub use store::{list_drawers, lock_event};
