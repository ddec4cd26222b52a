//! What the browser may ask for about venues.

use leptos::prelude::*;

use super::model::{MapLook, VenueForm, VenueList, VenuePage};
use crate::{error::Result, kernel::VenueId};

/// An organizer's venues.
#[server(prefix = "/api/fn")]
pub async fn list_venues(org: String) -> Result<VenueList> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::list(&app, &staff).await
}

/// A venue, and its map as somebody looks at it.
#[server(prefix = "/api/fn")]
pub async fn get_venue(org: String, venue: VenueId, #[server(default)] look: MapLook) -> Result<VenuePage> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::page(&app, &staff, venue, &look).await
}

/// Makes a venue and goes on to its map.
#[server(prefix = "/api/fn")]
pub async fn add_venue(org: String, #[server(default)] form: VenueForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    let venue = super::actions::add(&app, &staff, &form).await?;
    leptos_axum::redirect(&format!("/desk/{org}/venues/{venue}?done=saved"));
    Ok(())
}

/// Gives a venue another name or place.
#[server(prefix = "/api/fn")]
pub async fn change_venue(org: String, venue: VenueId, #[server(default)] form: VenueForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::change(&app, &staff, venue, &form).await?;
    leptos_axum::redirect(&format!("/desk/{org}/venues/{venue}?done=saved"));
    Ok(())
}
