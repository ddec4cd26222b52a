//! Statements of measurements: the rows of a scene, and the plain design that the engine is compared with.
mod naive;
mod scene;

pub use naive::{
    claim_key, find_place, insert_hold, insert_hold_line, insert_link, insert_order, insert_order_line, lock_pool,
    take_one,
};
pub use scene::{count_flushes, has_strangers, insert_event, insert_org, insert_type};
