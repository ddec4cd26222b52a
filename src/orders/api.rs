//! What the browser may ask for.

use leptos::prelude::*;

use super::{CallOff, ContactForm, HoldForm, MyOrder, OrderPage};
use crate::{error::Result, inventory::WaitingPlace, kernel::EventId};

/// Holds the stock of a basket and leads to its order.
#[server(prefix = "/api/fn")]
pub async fn hold_tickets(form: HoldForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let visitor = crate::accounts::guard::visitor(&app).await?;
    let language = crate::platform::language::Language::of(&expect_context::<http::request::Parts>());
    let started = super::actions::start(&app, &visitor, language, &form).await;
    let token = super::actions::or_wait(&app, &visitor, &form, started).await?;
    leptos_axum::redirect(&format!("/o/{token}"));
    Ok(())
}

/// Everything the page of an order shows, for whoever holds its link.
#[server(prefix = "/api/fn")]
pub async fn get_order(token: String) -> Result<OrderPage> {
    let app = crate::platform::state::AppState::current()?;
    let page = super::actions::show(&app, &token).await?;
    super::link::mark_keepable(&page);
    Ok(page)
}

/// Takes the buyer's contact and asks the phone for the money.
#[server(prefix = "/api/fn")]
pub async fn pay_order(form: ContactForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    super::actions::pay(&app, &form).await?;
    leptos_axum::redirect(&format!("/o/{}", form.token.reveal()));
    Ok(())
}

/// Asks M-Pesa right now how the newest payment of an order stands: "I have paid".
#[server(prefix = "/api/fn")]
pub async fn check_order(token: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    super::actions::check_now(&app, &token).await?;
    leptos_axum::redirect(&format!("/o/{token}"));
    Ok(())
}

/// Lets a basket go and leads back to its event.
#[server(prefix = "/api/fn")]
pub async fn release_order(token: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let slug = super::actions::release(&app, &token).await?;
    leptos_axum::redirect(&format!("/e/{slug}"));
    Ok(())
}

/// Mails an order's tickets again to its buyer.
#[server(prefix = "/api/fn")]
pub async fn resend_tickets(token: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    super::actions::resend(&app, &token).await?;
    leptos_axum::redirect(&format!("/o/{token}?sent=1"));
    Ok(())
}

/// The orders of whoever is signed in.
#[server(prefix = "/api/fn")]
pub async fn list_my_orders() -> Result<Vec<MyOrder>> {
    let app = crate::platform::state::AppState::current()?;
    let who = crate::accounts::guard::signed_in(&app).await?;
    super::actions::list_mine(&app, &who).await
}

/// A place in line, for whoever holds its link.
#[server(prefix = "/api/fn")]
pub async fn get_waiting_place(token: String) -> Result<WaitingPlace> {
    let app = crate::platform::state::AppState::current()?;
    super::actions::show_place(&app, &token).await
}

/// Leaves a line, and lets go what was offered.
#[server(prefix = "/api/fn")]
pub async fn leave_waitlist(token: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    super::actions::leave_line(&app, &token).await?;
    leptos_axum::redirect(&format!("/line/{token}"));
    Ok(())
}

/// Gives an order's money back and voids its tickets.
#[server(prefix = "/api/fn")]
pub async fn refund_order(org: String, order: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::RefundOrders).await?;
    super::actions::refund(&app, &staff, super::link::parse_id(&order)?).await
}

/// Mails an order's tickets again, at the desk's request.
#[server(prefix = "/api/fn")]
pub async fn resend_order(org: String, order: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::SeeOrders).await?;
    super::actions::resend_for(&app, &staff, super::link::parse_id(&order)?).await
}

/// How far the money of an event has gone back, and what calling it off would give back.
#[server(prefix = "/api/fn")]
pub async fn get_call_off(org: String, event: EventId) -> Result<CallOff> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::SeeOrders).await?;
    super::actions::show_call_off(&app, &staff, event).await
}

/// Calls an event off and gives the money of all its orders back; `orders` is how many the question named.
#[server(prefix = "/api/fn")]
pub async fn call_off_event(org: String, event: EventId, orders: u32) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::RefundOrders).await?;
    super::actions::call_off(&app, &staff, event, orders).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/orders?done=refunding"));
    Ok(())
}
