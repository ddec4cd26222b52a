//! What the desk says of one ticket.

use crate::{
    error::{AppError, Result},
    gate::{
        lists::{MarkForm, MarkStanding},
        store,
    },
    kernel::{EventId, FieldErrors, FieldFault, Note, TicketId, Title},
    orgs::Staff,
    platform::{audit, db::Tx, state::AppState},
    tickets::ManualCode,
};

/// Stops a ticket, lets it wait for a yes, or leaves a word for the gatekeeper.
pub async fn mark_ticket(app: &AppState, staff: &Staff, event_id: EventId, form: &MarkForm) -> Result<()> {
    let event = (staff.org_id, event_id);
    let mut tx = app.begin().await?;
    store::find_event(&mut tx, event.0, event.1).await?.ok_or(AppError::NotFound)?;
    let (code, standing, alert) = parse(form)?;
    let ticket_id = store::find_marked(&mut tx, event, code.as_str()).await?;
    let ticket_id = ticket_id.ok_or_else(|| AppError::field("code", FieldFault::NotAChoice))?;
    store::upsert_mark(&mut tx, event, ticket_id, (standing.as_str(), alert.as_str())).await?;
    note(&mut tx, staff, (event_id, ticket_id), "marked for the gate").await?;
    tx.commit().await?;
    Ok(())
}

fn parse(form: &MarkForm) -> Result<(ManualCode, MarkStanding, Note), FieldErrors> {
    let mut errors = FieldErrors::default();
    let code = errors.keep("code", ManualCode::parse(&form.code).ok_or(FieldFault::NotAChoice));
    let standing = errors.keep("standing", MarkStanding::of(&form.standing).ok_or(FieldFault::NotAChoice));
    let alert = errors.keep("alert", Note::parse(&form.alert, Title::MAX));
    let (Some(code), Some(standing), Some(alert)) = (code, standing, alert) else { return Err(errors) };
    if standing == MarkStanding::Good && alert.as_str().is_empty() {
        errors.add("alert", FieldFault::Required);
    }
    errors.unless_any((code, standing, alert))
}

/// Lets a ticket be as any other again.
pub async fn clear_mark(app: &AppState, staff: &Staff, event_id: EventId, ticket_id: TicketId) -> Result<()> {
    let mut tx = app.begin().await?;
    if !store::delete_mark(&mut tx, (staff.org_id, event_id), ticket_id).await? {
        return Err(AppError::NotFound);
    }
    note(&mut tx, staff, (event_id, ticket_id), "cleared for the gate").await?;
    tx.commit().await?;
    Ok(())
}

async fn note(tx: &mut Tx, staff: &Staff, (event_id, ticket_id): (EventId, TicketId), verb: &str) -> Result<()> {
    let entry = audit::Entry {
        org_id: Some(staff.org_id),
        actor: staff.actor(),
        verb,
        subject: format!("ticket:{ticket_id}"),
        detail: serde_json::json!({ "event": event_id }),
    };
    audit::write(tx, entry).await
}
