//! What the desk may ask for.

use leptos::prelude::*;

use super::{PlanForm, RehearsalPage};
use crate::{error::Result, kernel::EventId};

/// Reads what an organizer expects, and leads to the rehearsal of it.
#[server(prefix = "/api/fn")]
pub async fn plan_rehearsal(org: String, event: EventId, form: PlanForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::SeeSales).await?;
    let query = super::actions::plan(&app, &staff, event, &form).await?;
    leptos_axum::redirect(&format!("/desk/{}/events/{event}/rehearsal?{query}#outcome", staff.slug));
    Ok(())
}

/// Plays an on-sale that was planned; without a plan there is only the form for one.
#[server(prefix = "/api/fn")]
pub async fn show_rehearsal(org: String, event: EventId, form: PlanForm) -> Result<RehearsalPage> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::SeeSales).await?;
    super::actions::show(&app, &staff, event, form).await
}
