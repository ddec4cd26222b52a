//! What the desk does with pools: add, change, remove, block, release.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    model::{BLOCKS_MAX, BlockForm, NewPool, POOLS_MAX, PoolForm, PoolRefusal, StockDesk, parse_buyer_max},
    store::{self, Place},
};
use crate::{
    error::{AppError, Result},
    events,
    inventory::access,
    kernel::{BlockId, EventId, FieldFault, PoolId},
    orgs::Staff,
    platform::{audit, db::Tx, state::AppState},
};

/// The stock of an event.
pub async fn list(app: &AppState, staff: &Staff, event_id: EventId) -> Result<StockDesk> {
    let mut connection = app.db.acquire().await?;
    let of = (staff.org_id, event_id);
    let (event, zone, _) = events::get_event_head(&mut connection, of.0, of.1).await?;
    let buyer_max = store::get_buyer_max(&mut connection, of).await?;
    let types = store::list_drawers(&mut connection, of).await?;
    let mut pools = store::list_pools(&mut connection, of).await?;
    for (pool_id, block) in store::list_blocks(&mut connection, of, &zone).await? {
        if let Some(pool) = pools.iter_mut().find(|pool| pool.pool_id == pool_id) {
            pool.blocks.push(block);
        }
    }
    Ok(StockDesk { event, buyer_max, types, pools })
}

/// Makes a shared pool. What was sold of its types counts in it from the first moment.
pub async fn add(app: &AppState, staff: &Staff, event_id: EventId, form: &PoolForm) -> Result<PoolId> {
    let place = Place { org_id: staff.org_id, event_id, pool_id: PoolId::fresh() };
    let mut tx = app.begin().await?;
    store::lock_event(&mut tx, place.event()).await?;
    let new = form.parse()?;
    if store::count_shared(&mut tx, place.event()).await? >= POOLS_MAX {
        return Err(PoolRefusal::TooMany.into());
    }
    store::insert_pool(&mut tx, &place, &new).await?;
    draw(&mut tx, &place, &new).await?;
    note(&mut tx, staff, &place, ("added pool", told(&new))).await?;
    tx.commit().await?;
    tell(app, event_id);
    Ok(place.pool_id)
}

/// Changes a shared pool, also while it sells; its size stays at or above what is sold, held and set aside.
pub async fn change(app: &AppState, staff: &Staff, which: (EventId, PoolId), form: &PoolForm) -> Result<()> {
    let place = Place { org_id: staff.org_id, event_id: which.0, pool_id: which.1 };
    let mut tx = app.begin().await?;
    store::lock_event(&mut tx, place.event()).await?;
    let new = form.parse()?;
    draw(&mut tx, &place, &new).await?;
    note(&mut tx, staff, &place, ("changed pool", told(&new))).await?;
    tx.commit().await?;
    tell(app, which.0);
    Ok(())
}

/// Has exactly the ticked types draw on a pool, and gives it its name and size. Types change only while nobody holds
/// them: whoever pays for a hold or lets it go meanwhile would count in other pools than it was taken from.
async fn draw(tx: &mut Tx, place: &Place, new: &NewPool) -> Result<()> {
    store::lock_all_pools(tx, place.event()).await?;
    let pool = store::get_shared(tx, place).await?;
    let known: BTreeSet<_> = store::list_drawers(tx, place.event()).await?.iter().map(|t| t.ticket_type_id).collect();
    let wanted: BTreeSet<_> = new.types.iter().copied().collect();
    if !wanted.is_subset(&known) {
        return Err(AppError::NotFound);
    }
    let drawing = store::list_drawing(tx, place).await?;
    let (added, removed): (Vec<_>, Vec<_>) =
        wanted.symmetric_difference(&drawing).copied().partition(|id| wanted.contains(id));
    let (mut sold, mut blocked) = (i64::from(pool.sold), i64::from(pool.blocked));
    if !(added.is_empty() && removed.is_empty()) {
        if store::has_holds(tx, place, &[&added[..], &removed].concat()).await? {
            return Err(PoolRefusal::BeingBought.into());
        }
        store::insert_draws(tx, place, &added).await?;
        store::age_draws(tx, place, &[&added[..], &removed].concat()).await?;
        store::delete_draws(tx, place, &removed).await?;
        blocked += access::count_shares(tx, place.org_id, &added).await?;
        blocked -= access::count_shares(tx, place.org_id, &removed).await?;
        sold += store::count_sold(tx, place, &added).await? - store::count_sold(tx, place, &removed).await?;
    }
    let taken = sold + blocked + i64::from(pool.held);
    let fault = AppError::field("capacity", FieldFault::BelowSold(taken));
    store::update_pool(tx, place, new, (sold, blocked), fault).await
}

/// Removes a shared pool with what is set aside of it.
pub async fn remove(app: &AppState, staff: &Staff, which: (EventId, PoolId)) -> Result<()> {
    let place = Place { org_id: staff.org_id, event_id: which.0, pool_id: which.1 };
    let mut tx = app.begin().await?;
    store::lock_event(&mut tx, place.event()).await?;
    store::lock_all_pools(&mut tx, place.event()).await?;
    store::get_shared(&mut tx, &place).await?;
    let drawing: Vec<_> = store::list_ever_drawing(&mut tx, &place).await?;
    if store::has_holds(&mut tx, &place, &drawing).await? {
        return Err(PoolRefusal::BeingBought.into());
    }
    store::age_draws(&mut tx, &place, &drawing).await?;
    store::delete_draws(&mut tx, &place, &drawing).await?;
    store::delete_pool(&mut tx, &place).await?;
    note(&mut tx, staff, &place, ("removed pool", json!({}))).await?;
    tx.commit().await?;
    tell(app, which.0);
    Ok(())
}

/// Sets stock aside that nobody has, for a reason that the desk remembers.
pub async fn block(app: &AppState, staff: &Staff, event_id: EventId, form: &BlockForm) -> Result<BlockId> {
    let place = Place { org_id: staff.org_id, event_id, pool_id: form.pool };
    let mut tx = app.begin().await?;
    store::lock_event(&mut tx, place.event()).await?;
    let (quantity, reason) = form.parse()?;
    let free = store::lock_free(&mut tx, &place).await?;
    if store::count_blocks(&mut tx, place.event()).await? >= BLOCKS_MAX {
        return Err(PoolRefusal::TooMany.into());
    }
    let refusal = PoolRefusal::NotFree { left: u32::try_from(free).unwrap_or(0) };
    let block_id = BlockId::fresh();
    store::add_blocked(&mut tx, &place, quantity, refusal).await?;
    store::insert_block(&mut tx, &place, (block_id, quantity, &reason)).await?;
    note(&mut tx, staff, &place, ("blocked stock", json!({ "quantity": quantity, "reason": reason }))).await?;
    tx.commit().await?;
    tell(app, event_id);
    Ok(block_id)
}

/// Puts stock that was set aside back on sale; doing it twice changes nothing more.
pub async fn release_block(app: &AppState, staff: &Staff, which: (EventId, BlockId)) -> Result<()> {
    let mut tx = app.begin().await?;
    let of = (staff.org_id, which.0);
    let (pool_id, quantity) = store::mark_released(&mut tx, of, which.1).await?.ok_or(AppError::NotFound)?;
    let place = Place { org_id: staff.org_id, event_id: which.0, pool_id };
    store::add_blocked(&mut tx, &place, -quantity, PoolRefusal::NotFree { left: 0 }).await?;
    note(&mut tx, staff, &place, ("released stock", json!({ "quantity": quantity }))).await?;
    tx.commit().await?;
    tell(app, which.0);
    Ok(())
}

/// Limits how many tickets of the event one person may have, from now on; empty for any number.
pub async fn limit_buyers(app: &AppState, staff: &Staff, event_id: EventId, most: &str) -> Result<()> {
    let mut tx = app.begin().await?;
    store::lock_event(&mut tx, (staff.org_id, event_id)).await?;
    let most = parse_buyer_max(most)?;
    store::update_buyer_max(&mut tx, (staff.org_id, event_id), most).await?;
    let entry = audit::Entry {
        org_id: Some(staff.org_id),
        actor: staff.actor(),
        verb: "limited buyers",
        subject: format!("event:{event_id}"),
        detail: json!({ "most": most }),
    };
    audit::write(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

fn told(new: &NewPool) -> Value {
    json!({ "name": new.name, "capacity": new.capacity, "types": new.types })
}

async fn note(tx: &mut Tx, staff: &Staff, place: &Place, what: (&str, Value)) -> Result<()> {
    let entry = audit::Entry {
        org_id: Some(staff.org_id),
        actor: staff.actor(),
        verb: what.0,
        subject: format!("pool:{}", place.pool_id),
        detail: what.1,
    };
    audit::write(tx, entry).await
}

/// Wakes the pages that watch the event.
fn tell(app: &AppState, event_id: EventId) {
    app.live.touch(&format!("event:{event_id}"));
}
