//! What the desk may ask for.

use leptos::prelude::*;

use super::{Attendee, DeskOrder, Figures, OrderView};
use crate::{error::Result, events::EventHead, kernel::Page};

/// How an event stands now.
#[server(prefix = "/api/fn")]
pub async fn get_dashboard(org: String, event: String) -> Result<Figures> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::SeeSales).await?;
    super::actions::dashboard(&app, &staff, &event).await
}

/// An event's orders that match a search.
#[server(prefix = "/api/fn")]
pub async fn list_event_orders(
    org: String,
    event: String,
    search: String,
    state: String,
    sort: String,
    after: String,
) -> Result<(EventHead, Page<DeskOrder>)> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::SeeOrders).await?;
    super::actions::orders(&app, &staff, &event, super::Search::of_words(search, &state, &sort, &after)).await
}

/// One order with all that happened to it.
#[server(prefix = "/api/fn")]
pub async fn get_event_order(org: String, event: String, order: String) -> Result<OrderView> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::SeeOrders).await?;
    super::actions::order(&app, &staff, &event, &order).await
}

/// An event's ticket holders that match a search.
#[server(prefix = "/api/fn")]
pub async fn list_event_attendees(
    org: String,
    event: String,
    search: String,
    state: String,
    sort: String,
    after: String,
) -> Result<(EventHead, Page<Attendee>)> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::SeeOrders).await?;
    super::actions::attendees(&app, &staff, &event, super::Search::of_words(search, &state, &sort, &after)).await
}
