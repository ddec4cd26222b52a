//! Statements of measurements: the rows of a scene, the plain design that the engine is compared with, what visitors come
//! for, and what acknowledged answers lead to.
mod acknowledged;
mod history;
mod naive;
pub mod programme;
mod scene;

pub use acknowledged::{FoundOrder, find_capacity, list_orders};
pub use history::{insert_sales, mark_sold, settle_down};
pub use naive::{
    claim_key, find_place, insert_hold, insert_hold_line, insert_link, insert_order, insert_order_line, lock_pool,
    take_one,
};
pub use scene::{count_flushes, has_strangers, insert_event, insert_org, insert_type};
