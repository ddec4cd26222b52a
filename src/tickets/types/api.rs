//! What the browser may ask for about ticket types.

use leptos::prelude::*;

use super::model::{TicketTypeForm, TypesDesk};
use crate::{
    error::Result,
    kernel::{EventId, TicketTypeId},
};

/// The ticket types of an event, for their editor.
#[server(prefix = "/api/fn")]
pub async fn list_ticket_types(org: String, event: EventId) -> Result<TypesDesk> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::list(&app, &staff, event).await
}

/// Adds a ticket type.
#[server(prefix = "/api/fn")]
pub async fn add_ticket_type(org: String, event: EventId, #[server(default)] form: TicketTypeForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::add(&app, &staff, event, &form).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/types?done=saved"));
    Ok(())
}

/// Changes a ticket type.
#[server(prefix = "/api/fn")]
pub async fn change_ticket_type(
    org: String,
    event: EventId,
    ticket_type: TicketTypeId,
    #[server(default)] form: TicketTypeForm,
) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::change(&app, &staff, (event, ticket_type), &form).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/types?done=saved"));
    Ok(())
}

/// Takes a ticket type off the list for good.
#[server(prefix = "/api/fn")]
pub async fn archive_ticket_type(org: String, event: EventId, ticket_type: TicketTypeId) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::archive(&app, &staff, event, ticket_type).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/types?done=removed"));
    Ok(())
}
