//! One ticket at the door: read, decided, written, answered.

use crate::{
    error::{AppError, Result},
    gate::{
        guard::Scanner,
        model::{CODE_CHARS_MAX, GateRefusal, Reading, Verdict, VerdictName},
        store::{self, NewScan, Subject, TicketRow},
        verdict::{Entry, TicketOnFile, decide, of_fault},
    },
    kernel::{ScanId, TicketId},
    platform::{
        db::Tx,
        limits::{self, Limit},
        secrets,
        state::AppState,
        zone::local_time,
    },
    tickets::{self, CodeFault, ManualCode, TicketCode},
};

/// Codes typed by one phone: ten at once, then one every six seconds. A typed code carries no signature, so it must
/// not be guessed.
const TYPED: Limit = Limit { bucket: "typed code", burst: 10, period_secs: 6 };
/// Scans of one ticket that may take each other's entry before this one gives up.
const TRIES_MAX: u32 = 8;

/// What a reading was of.
enum Found {
    Ticket { subject: Box<TicketRow>, generation: Option<u8> },
    Nothing(Verdict),
}

/// Answers a reading and writes it down, both in one transaction. The same number from the same phone gets the same
/// answer again and changes nothing.
pub async fn redeem(app: &AppState, scanner: &Scanner, reading: &Reading) -> Result<Verdict> {
    if reading.seq < 1 || reading.code.chars().count() > CODE_CHARS_MAX {
        return Err(AppError::BadRequest);
    }
    let code = reading.code.trim_matches(['\r', '\n', '\t']);
    let manual = if code.starts_with("T1:") { None } else { ManualCode::parse(code) };
    if manual.is_some() {
        limits::take(app, TYPED, &scanner.device_id.to_string()).await?;
    }
    let scan = new_scan(app, scanner, reading, code);
    let mut tx = app.begin_in_lane().await?;
    if let Some(verdict) = answer_again(&mut tx, scanner, &scan, (code, manual.as_ref())).await? {
        return Ok(verdict);
    }
    let (verdict, ticket_id) = answer(&mut tx, scanner, &scan, (code, manual.as_ref())).await?;
    if !store::insert_scan(&mut tx, &scan, ticket_id, verdict.name().as_str()).await? {
        // The same reading was sent twice at once, and the other one was first: its answer is the answer.
        tx.rollback().await?;
        let mut tx = app.begin_in_lane().await?;
        let again = answer_again(&mut tx, scanner, &scan, (code, manual.as_ref())).await?;
        return again.ok_or(AppError::Busy);
    }
    tx.commit().await?;
    app.live.touch(&super::board::topic(scanner.event_id));
    Ok(verdict)
}

fn new_scan(app: &AppState, scanner: &Scanner, reading: &Reading, code: &str) -> NewScan {
    NewScan {
        org_id: scanner.org_id,
        event_id: scanner.event_id,
        list_id: scanner.list.list_id,
        device_id: scanner.device_id,
        scan_id: ScanId::fresh(),
        seq: reading.seq,
        code_hash: secrets::digest(code),
        is_typed: reading.is_typed,
        scanned_at: reading.scanned_at,
        received_at: app.now(),
    }
}

/// What the same reading was answered before.
async fn answer_again(
    tx: &mut Tx,
    scanner: &Scanner,
    scan: &NewScan,
    code: (&str, Option<&ManualCode>),
) -> Result<Option<Verdict>> {
    let Some(before) = store::find_scan(tx, scanner.org_id, scanner.device_id, scan.seq).await? else {
        return Ok(None);
    };
    if before.code_hash != scan.code_hash {
        return Err(GateRefusal::SequenceReused.into());
    }
    let found = find(tx, scanner, code).await?;
    Ok(Some(recall(scanner, &before, found)))
}

/// Says again what was said; what it carries is looked up, what it says is not decided anew.
fn recall(scanner: &Scanner, before: &store::ScanRow, found: Found) -> Verdict {
    let Found::Ticket { subject, .. } = found else {
        return match found {
            Found::Nothing(verdict) => verdict,
            Found::Ticket { .. } => Verdict::Unknown,
        };
    };
    let ticket = on_file(scanner, &subject);
    let (holder, type_name) = (ticket.holder, ticket.type_name);
    match (VerdictName::of(&before.verdict), ticket.last_entry) {
        (VerdictName::Admitted, _) => {
            let entry = before.entry_no.and_then(|entry| u32::try_from(entry).ok()).unwrap_or(1);
            Verdict::Admitted { holder, type_name, entry, entries_max: scanner.list.entries_max }
        }
        (VerdictName::AlreadyIn, Some(last)) => Verdict::AlreadyIn { holder, type_name, at: last.at, gate: last.gate },
        (VerdictName::NotYet, _) => Verdict::NotYet { holder, type_name, opens: scanner.list.opens.clone() },
        (VerdictName::NoLonger, _) => Verdict::NoLongerValid { holder, type_name, ended: scanner.list.closes.clone() },
        (VerdictName::NotOnList, _) => Verdict::NotOnList { holder, type_name },
        (VerdictName::WrongEvent, _) => Verdict::WrongEvent { title: None },
        (VerdictName::Revoked, _) => Verdict::Revoked,
        (VerdictName::Replaced, _) => Verdict::Replaced,
        (VerdictName::Forged, _) => Verdict::Forged,
        (VerdictName::Unknown | VerdictName::AlreadyIn, _) => Verdict::Unknown,
    }
}

/// Decides, and takes the entry when there is one to take. Another scan of the same ticket may take it first: then the
/// question is asked anew, and the other one is history.
async fn answer(
    tx: &mut Tx,
    scanner: &Scanner,
    scan: &NewScan,
    code: (&str, Option<&ManualCode>),
) -> Result<(Verdict, Option<TicketId>)> {
    for _ in 0..TRIES_MAX {
        let (subject, generation) = match find(tx, scanner, code).await? {
            Found::Ticket { subject, generation } => (subject, generation),
            Found::Nothing(verdict) => return Ok((verdict, None)),
        };
        let ticket_id = subject.ticket_id;
        let verdict = decide(&on_file(scanner, &subject), generation, &scanner.list, scan.received_at);
        let Verdict::Admitted { entry, .. } = verdict else {
            return Ok((verdict, Some(ticket_id)));
        };
        if store::insert_admission(tx, scan, ticket_id, entry).await? {
            return Ok((verdict, Some(ticket_id)));
        }
    }
    Err(AppError::Busy)
}

/// From what was read to a ticket on file.
async fn find(tx: &mut Tx, scanner: &Scanner, (code, manual): (&str, Option<&ManualCode>)) -> Result<Found> {
    let event = (scanner.org_id, scanner.event_id);
    let (subject, generation) = if let Some(manual) = manual {
        (Subject::Manual(manual.as_str()), None)
    } else {
        let keys = tickets::event_keys(tx, scanner.org_id, scanner.event_id).await?;
        match TicketCode::read(code).and_then(|signed| signed.verify(&keys)) {
            Ok(ticket) => (Subject::Slot(ticket.slot), Some(ticket.generation)),
            Err(CodeFault::WrongEvent { event_reference }) => return stranger(tx, code, event_reference).await,
            Err(fault) => return Ok(Found::Nothing(of_fault(fault))),
        }
    };
    let row = store::find_ticket(tx, event, scanner.list.list_id, subject).await?;
    Ok(row.map_or(Found::Nothing(Verdict::Unknown), |row| Found::Ticket { subject: Box::new(row), generation }))
}

/// A ticket of another event, by that event's own keys; what only claims to be one is forged.
async fn stranger(tx: &mut Tx, code: &str, reference: u32) -> Result<Found> {
    let Some(event) = store::find_stranger(tx, reference).await? else {
        return Ok(Found::Nothing(Verdict::WrongEvent { title: None }));
    };
    let keys = tickets::event_keys(tx, event.org_id, event.event_id).await?;
    let is_real = TicketCode::read(code).is_ok_and(|signed| signed.verify(&keys).is_ok());
    Ok(Found::Nothing(if is_real { Verdict::WrongEvent { title: Some(event.title) } } else { Verdict::Forged }))
}

fn on_file(scanner: &Scanner, row: &TicketRow) -> TicketOnFile {
    let last_entry = match (row.entry_no, row.admitted_at, &row.gate) {
        (Some(entry), Some(at), Some(gate)) => Some(Entry {
            entry: u32::try_from(entry).unwrap_or(u32::MAX),
            at: local_time(at, &scanner.zone),
            gate: gate.clone(),
        }),
        _ => None,
    };
    TicketOnFile {
        holder: row.holder_name.clone(),
        type_name: row.type_name.clone(),
        generation: u8::try_from(row.generation).unwrap_or_default(),
        is_void: row.state != "valid",
        is_on_list: row.is_on_list,
        last_entry,
    }
}
