//! What the desk and the storefront may ask for.

use leptos::prelude::*;

use super::{RoomForm, RoomNotice, RoomPage};
use crate::{error::Result, kernel::EventId};

/// Says whether a room is in front of an event, and what the storefront tells of it.
#[server(prefix = "/api/fn")]
pub async fn find_waiting_room(slug: String) -> Result<Option<RoomNotice>> {
    let app = crate::platform::state::AppState::current()?;
    super::actions::notice(&app, &slug).await
}

/// Shows an event's waiting room on the desk.
#[server(prefix = "/api/fn")]
pub async fn show_waiting_room(org: String, event: EventId) -> Result<RoomPage> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::PublishEvents).await?;
    super::actions::show(&app, &staff, event).await
}

/// Puts a waiting room in front of an event, or changes its settings.
#[server(prefix = "/api/fn")]
pub async fn open_waiting_room(org: String, event: EventId, form: RoomForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::PublishEvents).await?;
    super::actions::open(&app, &staff, event, &form).await?;
    leptos_axum::redirect(&format!("/desk/{}/events/{event}/waiting?done=saved", staff.slug));
    Ok(())
}

/// Pauses a waiting room, lets it go on, or switches it off.
#[server(prefix = "/api/fn")]
pub async fn steer_waiting_room(org: String, event: EventId, to: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::PublishEvents).await?;
    super::actions::steer(&app, &staff, event, &to).await?;
    leptos_axum::redirect(&format!("/desk/{}/events/{event}/waiting", staff.slug));
    Ok(())
}
