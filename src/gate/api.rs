//! What phones at the gate and the desk may ask for.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    client::GateClient,
    lists::{ConditionForm, ListForm, ListsDesk, MarkForm, WindowForm},
    model::{GatesBoard, Paired, Pairing, Post, Reading, Scan},
    verdict::Verdict,
};
use crate::{
    error::Result,
    kernel::{ConditionId, DeviceId, EventId, ListId, TicketId},
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

/// Takes back what a scan of this phone did.
#[server(prefix = "/api/fn", client = GateClient)]
pub async fn undo_scan(seq: i64, reason: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let scanner = super::guard::scanner(&app).await?;
    super::actions::undo(&app, &scanner, seq, &reason).await
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
pub async fn invite_phone(org: String, event: EventId, gate: String, list: ListId, role: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::ManageGates).await?;
    let new = super::actions::NewPairing { gate: &gate, list, role: &role };
    let pairing = super::actions::make_pairing(&app, &staff, event, &new).await?;
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

/// Shows an event's check-in lists on the desk.
#[server(prefix = "/api/fn")]
pub async fn show_lists(org: String, event: EventId) -> Result<ListsDesk> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::ManageGates).await?;
    super::actions::lists_desk(&app, &staff, event).await
}

/// Adds a check-in list.
#[server(prefix = "/api/fn")]
pub async fn add_check_in_list(org: String, event: EventId, #[server(default)] form: ListForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::ManageGates).await?;
    super::actions::add_list(&app, &staff, event, &form).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/lists"));
    Ok(())
}

/// Changes a check-in list.
#[server(prefix = "/api/fn")]
pub async fn change_check_in_list(
    org: String,
    event: EventId,
    list: ListId,
    #[server(default)] form: ListForm,
) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::ManageGates).await?;
    super::actions::change_list(&app, &staff, (event, list), &form).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/lists"));
    Ok(())
}

/// Adds hours to a check-in list.
#[server(prefix = "/api/fn")]
pub async fn add_list_window(
    org: String,
    event: EventId,
    list: ListId,
    #[server(default)] form: WindowForm,
) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::ManageGates).await?;
    super::actions::add_window(&app, &staff, (event, list), &form).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/lists"));
    Ok(())
}

/// Adds a gate, an alert or a question to a check-in list.
#[server(prefix = "/api/fn")]
pub async fn add_list_condition(
    org: String,
    event: EventId,
    list: ListId,
    #[server(default)] form: ConditionForm,
) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::ManageGates).await?;
    super::actions::add_condition(&app, &staff, (event, list), &form).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/lists"));
    Ok(())
}

/// Takes hours, a gate, an alert or a question off a check-in list.
#[server(prefix = "/api/fn")]
pub async fn remove_list_condition(org: String, event: EventId, list: ListId, condition: ConditionId) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::ManageGates).await?;
    super::actions::remove_condition(&app, &staff, (event, list), condition).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/lists"));
    Ok(())
}

/// Says something of one ticket to the gate.
#[server(prefix = "/api/fn")]
pub async fn mark_ticket(org: String, event: EventId, #[server(default)] form: MarkForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::ManageGates).await?;
    super::actions::mark_ticket(&app, &staff, event, &form).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/lists"));
    Ok(())
}

/// Takes back what was said of a ticket.
#[server(prefix = "/api/fn")]
pub async fn clear_ticket_mark(org: String, event: EventId, ticket: TicketId) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let staff = crate::orgs::guard::staff(&app, &org, crate::orgs::Permission::ManageGates).await?;
    super::actions::clear_mark(&app, &staff, event, ticket).await?;
    leptos_axum::redirect(&format!("/desk/{org}/events/{event}/lists"));
    Ok(())
}
