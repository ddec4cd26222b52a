//! Statements for the desk: pools, what draws on them, what is set aside.
mod blocks;
mod draws;
mod pools;

pub use blocks::{add_blocked, count_blocks, insert_block, list_blocks, lock_free, mark_released};
pub use draws::{
    age_draws, count_sold, delete_draws, has_holds, insert_draws, list_drawers, list_drawing, list_ever_drawing,
};
pub use pools::{
    count_shared, delete_pool, get_buyer_max, get_shared, insert_pool, list_pools, lock_all_pools, lock_event,
    update_buyer_max, update_pool,
};

use crate::kernel::{EventId, OrgId, PoolId};

/// A pool and whose it is.
pub struct Place {
    pub org_id: OrgId,
    pub event_id: EventId,
    pub pool_id: PoolId,
}

impl Place {
    pub const fn event(&self) -> (OrgId, EventId) {
        (self.org_id, self.event_id)
    }
}
