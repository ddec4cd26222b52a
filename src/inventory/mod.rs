//! How many are left.
//!
//! A hold takes stock out of pools for a few minutes; a paid order turns it into sold stock.
//! Invariant: nothing outside this folder changes a pool's held or sold.
mod access;
mod model;
pub mod pages;
mod pools;
mod waitlist;
mod words;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod locks;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

pub use access::{
    Access, AccessForm, AccessRefusal, AddCodes, CodeText, CodesDesk, DeskCode, EndCode, Opened, Unlocked, add_codes,
    end_code, list_codes, open_access,
};
#[cfg(feature = "ssr")]
pub use access::{code_lines, insert_uses, lock_codes, spend_guess, take_guess, use_again};
#[cfg(all(test, feature = "ssr"))]
pub use access::{make_codes, open_code, show_codes, switch_code_off};
#[cfg(feature = "ssr")]
pub use actions::{convert, expire_due, extend, lock_active, release, retake, return_sold, take_all, write_holds};
pub use model::{Basket, HOLD_CAP_SECS, HOLD_PROMPT_SECS, HOLD_TTL_SECS, HoldRefusal, HoldRequest, Pool, Stock, Wish};
pub use pools::{
    AddPool, Block, BlockForm, BlockStock, ChangePool, DeskPool, Drawer, LimitBuyers, PoolForm, PoolRefusal,
    ReleaseBlock, RemovePool, StockDesk, add_pool, block_stock, change_pool, limit_buyers, list_stock, release_block,
    remove_pool,
};
#[cfg(feature = "ssr")]
pub use store::list_pools;
pub use waitlist::{
    DeskLine, DeskPlace, DeskWaitlist, JoinForm, JoinWaitlist, OFFER_TTL_SECS, Offered, SIZE_MAX, WaitRefusal,
    WaitState, WaitingPlace, join_waitlist, list_waitlist,
};
#[cfg(feature = "ssr")]
pub use waitlist::{
    Place, find as find_place, join as join_waiting, leave as leave_line, list_ready, mark_offered,
    offer as offer_stock, settle as settle_offers,
};
