//! Taking an entry or an exit back that was a mistake.

use crate::{
    error::{AppError, Result},
    gate::{
        guard::Scanner,
        model::{DeviceRole, GateRefusal, UNDO_SECS},
        store::{self, ScanRow, Subject},
        verdict::{Direction, VerdictName},
    },
    kernel::{TicketId, Title},
    platform::{audit, db::Tx, state::AppState},
};

/// Takes back what one of this phone's own scans did. The scan stays in the log, and so does the reason; taking back
/// twice changes nothing.
pub async fn undo(app: &AppState, scanner: &Scanner, seq: i64, reason: &str) -> Result<()> {
    let reason = Title::parse(reason).map_err(|fault| AppError::field("reason", fault))?;
    let now = app.now();
    let mut tx = app.begin_in_lane().await?;
    let scan = store::find_scan(&mut tx, scanner.org_id, scanner.device_id, seq).await?;
    let scan = scan.ok_or(GateRefusal::NothingToUndo)?;
    if scan.is_undone {
        return Ok(());
    }
    if scanner.role == DeviceRole::Steward && now.secs_since(scan.received_at) > UNDO_SECS {
        return Err(GateRefusal::UndoTooLate.into());
    }
    let ticket_id = take_back(&mut tx, scanner, &scan).await?;
    if !store::insert_undo(&mut tx, scanner, scan.scan_id, (reason.as_str(), now)).await? {
        return Ok(());
    }
    let entry = audit::Entry {
        org_id: Some(scanner.org_id),
        actor: scanner.actor(),
        verb: "took a scan back",
        subject: format!("ticket:{ticket_id}"),
        detail: serde_json::json!({ "event": scanner.event_id, "scan": scan.scan_id, "reason": reason }),
    };
    audit::write(&mut tx, entry).await?;
    tx.commit().await?;
    app.live.touch(&super::board::topic(scanner.event_id));
    Ok(())
}

/// Undoes the last move of a ticket, and nothing that lies below another.
async fn take_back(tx: &mut Tx, scanner: &Scanner, scan: &ScanRow) -> Result<TicketId> {
    let direction = match VerdictName::of(&scan.verdict) {
        VerdictName::Admitted => Direction::Entry,
        VerdictName::LetOut => Direction::Exit,
        _ => return Err(GateRefusal::NothingToUndo.into()),
    };
    let entry = scan.entry_no.and_then(|entry| u32::try_from(entry).ok());
    let (Some(ticket_id), Some(entry)) = (scan.ticket_id, entry) else {
        return Err(GateRefusal::NothingToUndo.into());
    };
    let event = (scanner.org_id, scanner.event_id);
    let found = store::find_ticket(tx, event, scan.list_id, Subject::Ticket(ticket_id)).await?;
    let (ticket, _) = found.ok_or(AppError::NotFound)?;
    let is_taken_back = ticket.is_last_move(entry, direction)
        && match direction {
            Direction::Entry => store::delete_stay(tx, scanner.org_id, scan).await?,
            Direction::Exit => store::reopen_stays(tx, scanner.org_id, scan).await?,
        };
    if is_taken_back { Ok(ticket_id) } else { Err(GateRefusal::NotTheLastMove.into()) }
}
