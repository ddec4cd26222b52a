//! What the browser may ask for about an event's stock.

use leptos::prelude::*;

use super::model::{BlockForm, PoolForm, StockDesk};
use crate::{
    error::Result,
    kernel::{BlockId, EventId, PoolId},
};

/// The pools of an event, for the desk.
#[server(prefix = "/api/fn")]
pub async fn list_stock(org: String, event: EventId) -> Result<StockDesk> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::list(&app, &staff, event).await
}

/// Makes a shared pool.
#[server(prefix = "/api/fn")]
pub async fn add_pool(org: String, event: EventId, #[server(default)] form: PoolForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::add(&app, &staff, event, &form).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/stock?done=saved"));
    Ok(())
}

/// Changes a shared pool: its name, its size, the types that draw on it.
#[server(prefix = "/api/fn")]
pub async fn change_pool(org: String, event: EventId, pool: PoolId, #[server(default)] form: PoolForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::change(&app, &staff, (event, pool), &form).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/stock?done=saved"));
    Ok(())
}

/// Removes a shared pool; the types that drew on it keep their own.
#[server(prefix = "/api/fn")]
pub async fn remove_pool(org: String, event: EventId, pool: PoolId) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::remove(&app, &staff, (event, pool)).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/stock?done=removed"));
    Ok(())
}

/// Sets stock of a pool aside.
#[server(prefix = "/api/fn")]
pub async fn block_stock(org: String, event: EventId, form: BlockForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::block(&app, &staff, event, &form).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/stock?done=saved"));
    Ok(())
}

/// Puts stock that was set aside back on sale.
#[server(prefix = "/api/fn")]
pub async fn release_block(org: String, event: EventId, block: BlockId) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::release_block(&app, &staff, (event, block)).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/stock?done=saved"));
    Ok(())
}

/// Limits how many tickets of the event one person may have.
#[server(prefix = "/api/fn")]
pub async fn limit_buyers(org: String, event: EventId, #[server(default)] most: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::EditEvents).await?;
    super::actions::limit_buyers(&app, &staff, event, &most).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/stock?done=saved"));
    Ok(())
}
