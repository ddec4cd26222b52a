//! What the browser may ask for about lines.

use leptos::prelude::*;

use super::model::{DeskWaitlist, JoinForm};
use crate::{error::Result, kernel::EventId};

/// Puts somebody in line for a type that is sold out, and leads to their place.
#[server(prefix = "/api/fn")]
pub async fn join_waitlist(form: JoinForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let visitor = crate::accounts::guard::visitor(&app).await?;
    let token = super::actions::join(&app, &visitor, &form).await?;
    leptos_axum::redirect(&format!("/line/{token}"));
    Ok(())
}

/// The lines of an event, for the desk.
#[server(prefix = "/api/fn")]
pub async fn list_waitlist(org: String, event: EventId) -> Result<DeskWaitlist> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::SeeOrders).await?;
    super::actions::list(&app, &staff, event).await
}
