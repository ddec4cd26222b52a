//! What the browser may ask for about access codes.

use leptos::prelude::*;

use super::model::{AccessForm, CodesDesk, Unlocked};
use crate::{
    error::Result,
    kernel::{CodeId, EventId},
};

/// What a code opens at an event.
#[server(prefix = "/api/fn")]
pub async fn open_access(slug: String, code: String) -> Result<Unlocked> {
    let app = crate::platform::state::AppState::current()?;
    let visitor = crate::accounts::guard::visitor(&app).await?;
    super::actions::open(&app, &visitor, (&slug, &code)).await
}

/// The codes of an event, for the desk.
#[server(prefix = "/api/fn")]
pub async fn list_codes(org: String, event: EventId) -> Result<CodesDesk> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::list(&app, &staff, event).await
}

/// Makes one code that was chosen, or many random ones.
#[server(prefix = "/api/fn")]
pub async fn add_codes(org: String, event: EventId, #[server(default)] form: AccessForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::add(&app, &staff, event, &form).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/codes?done=saved"));
    Ok(())
}

/// Switches a code off; what it kept goes back on sale.
#[server(prefix = "/api/fn")]
pub async fn end_code(org: String, event: EventId, code: CodeId) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::end(&app, &staff, (event, code)).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/codes?done=saved"));
    Ok(())
}
