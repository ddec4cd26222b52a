//! Publish, take offline, cancel.

use super::edit::note;
use crate::{
    error::Result,
    events::{
        model::{EventRefusal, EventState, may_publish},
        store,
    },
    kernel::EventId,
    orgs::{Permission, Staff},
    platform::{db::Tx, state::AppState},
    tickets,
};

/// Puts an event on sale, and makes the key that signs its tickets. Publishing twice changes nothing.
pub async fn publish(app: &AppState, staff: &Staff, event_id: EventId) -> Result<()> {
    let mut tx = app.begin().await?;
    let standing = store::lock_event(&mut tx, staff.org_id, event_id).await?;
    let types = tickets::count_types(&mut tx, staff.org_id, event_id).await?;
    may_publish(standing.state, types, standing.ends_at <= app.now())?;
    tickets::make_event_key(&mut tx, app, staff.org_id, event_id).await?;
    store::mark_state(&mut tx, (staff.org_id, event_id), EventState::Published, app.now()).await?;
    note(&mut tx, staff, event_id, "published").await?;
    tx.commit().await?;
    Ok(())
}

/// Takes an event offline; tickets that are sold stay good.
pub async fn unpublish(app: &AppState, staff: &Staff, event_id: EventId) -> Result<()> {
    let mut tx = app.begin().await?;
    if store::lock_event(&mut tx, staff.org_id, event_id).await?.state != EventState::Published {
        return Err(EventRefusal::NotPublished.into());
    }
    store::mark_state(&mut tx, (staff.org_id, event_id), EventState::Draft, app.now()).await?;
    note(&mut tx, staff, event_id, "unpublished").await?;
    tx.commit().await?;
    Ok(())
}

/// Calls an event off for good, in the caller's transaction, when it is not yet; that needs its right.
pub async fn cancel_if_not(app: &AppState, tx: &mut Tx, staff: &Staff, event_id: EventId) -> Result<()> {
    if store::lock_event(tx, staff.org_id, event_id).await?.state == EventState::Cancelled {
        return Ok(());
    }
    staff.may(Permission::PublishEvents)?;
    store::mark_state(tx, (staff.org_id, event_id), EventState::Cancelled, app.now()).await?;
    note(tx, staff, event_id, "cancelled").await
}

/// Calls an event off for good.
pub async fn cancel(app: &AppState, staff: &Staff, event_id: EventId) -> Result<()> {
    let mut tx = app.begin().await?;
    if store::lock_event(&mut tx, staff.org_id, event_id).await?.state == EventState::Cancelled {
        return Err(EventRefusal::Cancelled.into());
    }
    store::mark_state(&mut tx, (staff.org_id, event_id), EventState::Cancelled, app.now()).await?;
    note(&mut tx, staff, event_id, "cancelled").await?;
    tx.commit().await?;
    Ok(())
}
