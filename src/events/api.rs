//! What the browser may ask for about events.

use leptos::prelude::*;

use super::{
    form::EventForm,
    model::{DeskFilter, DeskHit, DeskList, Discovery, DiscoveryForm, Event, EventPage},
};
use crate::{
    error::Result,
    kernel::{Cursor, EventId},
};

/// A page of what is on.
#[server(prefix = "/api/fn")]
pub async fn discover_events(#[server(default)] form: DiscoveryForm) -> Result<Discovery> {
    let app = crate::platform::state::AppState::current()?;
    super::actions::discover(&app, &form).await
}

/// All that an event's page shows.
#[server(prefix = "/api/fn")]
pub async fn get_event_page(slug: String) -> Result<EventPage> {
    let app = crate::platform::state::AppState::current()?;
    super::actions::page(&app, &slug).await
}

/// An organizer's events.
#[server(prefix = "/api/fn")]
pub async fn list_desk_events(org: String, filter: DeskFilter, after: Option<Cursor>) -> Result<DeskList> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::member(&app, &org).await?;
    super::actions::desk_list(&app, &staff, filter, after.as_ref()).await
}

/// Events of an organizer by their titles, to go to.
#[server(prefix = "/api/fn")]
pub async fn find_desk_events(org: String, search: String) -> Result<Vec<DeskHit>> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::member(&app, &org).await?;
    super::actions::find_for_desk(&app, &staff, &search).await
}

/// What the form about a new event starts with: country, zone and currency of the organizer.
#[server(prefix = "/api/fn")]
pub async fn get_event_start(org: String) -> Result<EventForm> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::start_form(&app, &staff).await
}

/// An event, to be edited.
#[server(prefix = "/api/fn")]
pub async fn get_desk_event(org: String, event: EventId) -> Result<Event> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::get_for_desk(&app, &staff, event).await
}

/// Makes a draft and goes on to its ticket types.
#[server(prefix = "/api/fn")]
pub async fn draft_event(org: String, #[server(default)] form: EventForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    let event = super::actions::draft(&app, &staff, &form).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/types?done=saved"));
    Ok(())
}

/// Changes what an event says.
#[server(prefix = "/api/fn")]
pub async fn change_event(org: String, event: EventId, #[server(default)] form: EventForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::change(&app, &staff, event, &form).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/edit?done=saved"));
    Ok(())
}

/// Takes the picture away.
#[server(prefix = "/api/fn")]
pub async fn remove_event_picture(org: String, event: EventId) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::set_picture(&app, &staff, event, None).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/edit?done=saved"));
    Ok(())
}

/// Puts an event on sale.
#[server(prefix = "/api/fn")]
pub async fn publish_event(org: String, event: EventId) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::PublishEvents).await?;
    super::actions::publish(&app, &staff, event).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/edit?done=published"));
    Ok(())
}

/// Takes an event offline.
#[server(prefix = "/api/fn")]
pub async fn unpublish_event(org: String, event: EventId) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::PublishEvents).await?;
    super::actions::unpublish(&app, &staff, event).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/edit?done=offline"));
    Ok(())
}

/// Calls an event off for good.
#[server(prefix = "/api/fn")]
pub async fn cancel_event(org: String, event: EventId) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::PublishEvents).await?;
    super::actions::cancel(&app, &staff, event).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/edit?done=cancelled"));
    Ok(())
}
