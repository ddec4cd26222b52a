//! What phones at the gate and the desk may ask for.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    client::GateClient,
    model::{GatesBoard, Paired, Pairing, Post, Reading, Scan, Verdict},
};
use crate::{
    error::Result,
    kernel::{DeviceId, EventId},
};

/// Pairs the phone that shows a code.
#[server(prefix = "/api/fn", client = GateClient)]
pub async fn pair_phone(code: String) -> Result<Paired> {
    let app = crate::platform::state::AppState::current()?;
    let visitor = crate::accounts::guard::visitor(&app).await?;
    super::actions::pair(&app, visitor.address, &code).await
}

/// Tells a paired phone its event, list and keys.
#[server(prefix = "/api/fn", client = GateClient)]
pub async fn open_post() -> Result<Post> {
    let app = crate::platform::state::AppState::current()?;
    let scanner = super::guard::scanner(&app).await?;
    super::actions::open_post(&app, &scanner).await
}

/// Answers a reading, and counts it when it lets somebody in.
#[server(prefix = "/api/fn", client = GateClient)]
pub async fn redeem_ticket(reading: Reading) -> Result<Verdict> {
    let app = crate::platform::state::AppState::current()?;
    let scanner = super::guard::scanner(&app).await?;
    super::actions::redeem(&app, &scanner, &reading).await
}

/// Lists what a phone has read lately.
#[server(prefix = "/api/fn", client = GateClient)]
pub async fn list_own_scans() -> Result<Vec<Scan>> {
    let app = crate::platform::state::AppState::current()?;
    let scanner = super::guard::scanner(&app).await?;
    super::actions::recent_scans(&app, &scanner).await
}

/// Shows an event's gates on the desk.
#[server(prefix = "/api/fn")]
pub async fn show_gates(org: String, event: EventId) -> Result<GatesBoard> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::ManageGates).await?;
    super::actions::gates_board(&app, &staff, event).await
}

/// Invites a phone; the page that follows shows its code.
#[server(prefix = "/api/fn")]
pub async fn invite_phone(org: String, event: EventId, gate: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::ManageGates).await?;
    let pairing = super::actions::make_pairing(&app, &staff, event, &gate).await?;
    leptos_axum::redirect(&format!("/desk/{}/events/{event}/gates?pairing={pairing}", staff.slug));
    Ok(())
}

/// Shows the code of an invitation.
#[server(prefix = "/api/fn")]
pub async fn show_pairing(org: String, event: EventId, pairing: Uuid) -> Result<Pairing> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::ManageGates).await?;
    super::actions::show_pairing(&app, &staff, event, pairing).await
}

/// Takes a phone off the gate.
#[server(prefix = "/api/fn")]
pub async fn revoke_phone(org: String, event: EventId, device: DeviceId) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::ManageGates).await?;
    super::actions::revoke_device(&app, &staff, event, device).await?;
    leptos_axum::redirect(&format!("/desk/{}/events/{event}/gates", staff.slug));
    Ok(())
}
