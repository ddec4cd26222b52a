//! Make a venue, give it a map, and give the map away again.
mod import;
mod show;

use serde_json::json;

pub use import::{Imported, SentPlan, import, keep_map, new_map};
pub use show::{export, list, page};

use super::{
    model::{VENUES_MAX, VenueForm, VenueRefusal},
    store,
};
use crate::{
    error::{AppError, Result},
    kernel::VenueId,
    orgs::Staff,
    platform::{audit, db::Tx, state::AppState},
};

/// Makes a venue; its map comes later.
pub async fn add(app: &AppState, staff: &Staff, form: &VenueForm) -> Result<VenueId> {
    let new = form.parse()?;
    let venue_id = VenueId::fresh();
    let mut tx = app.begin().await?;
    if store::count_venues(&mut tx, staff.org_id).await? >= VENUES_MAX {
        return Err(VenueRefusal::TooMany.into());
    }
    store::insert_venue(&mut tx, (staff.org_id, venue_id), &new).await?;
    note(&mut tx, staff, venue_id, "added venue").await?;
    tx.commit().await?;
    Ok(venue_id)
}

/// Gives a venue another name or place.
pub async fn change(app: &AppState, staff: &Staff, venue_id: VenueId, form: &VenueForm) -> Result<()> {
    let new = form.parse()?;
    let mut tx = app.begin().await?;
    if !store::update_venue(&mut tx, (staff.org_id, venue_id), &new).await? {
        return Err(AppError::NotFound);
    }
    note(&mut tx, staff, venue_id, "changed venue").await?;
    tx.commit().await?;
    Ok(())
}

async fn note(tx: &mut Tx, staff: &Staff, venue_id: VenueId, verb: &str) -> Result<()> {
    let entry = audit::Entry {
        org_id: Some(staff.org_id),
        actor: staff.actor(),
        verb,
        subject: format!("venue:{venue_id}"),
        detail: json!({}),
    };
    audit::write(tx, entry).await
}
