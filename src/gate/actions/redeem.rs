//! One ticket at the door: read, decided, written, answered.

use std::time::Duration;

use serde_json::Value;

use crate::{
    error::{AppError, Result},
    gate::{
        guard::Scanner,
        model::{CODE_CHARS_MAX, DeviceRole, GateRefusal, Reading},
        store::{self, NewScan, NewStay, Said, Subject},
        verdict::{Answer, Attempt, Direction, TicketOnFile, Verdict, decide_among, of_fault},
    },
    kernel::{Note, OrderId, ScanId, TicketId, Title},
    platform::{
        audit,
        db::Tx,
        limits::{self, Limit},
        sabotage::Weakness,
        secrets,
        state::AppState,
    },
    tickets::{self, CodeFault, ManualCode, TicketCode},
};

/// Codes typed by one phone: ten at once, then one every six seconds. A typed code carries no signature, so it must
/// not be guessed.
const TYPED: Limit = Limit { bucket: "typed code", burst: 10, period_secs: 6 };
/// Scans of one ticket that may take each other's entry before this one gives up.
const TRIES_MAX: u32 = 8;
/// Questions answered with one scan.
const ANSWERS_MAX: usize = 20;
/// How long a sabotaged gate waits between counting its house and filling it: long enough for every rival to count the same.
const RACE_WIDTH: Duration = Duration::from_millis(400);

/// What a reading was of.
enum Found {
    Ticket { subject: Box<TicketOnFile>, order_id: OrderId, generation: Option<u8> },
    Nothing(Verdict),
}

/// A reading that was looked through.
struct Wish<'a> {
    code: &'a str,
    manual: Option<ManualCode>,
    reading: &'a Reading,
}

/// Answers a reading and writes it down, both in one transaction. The same number from the same phone gets the same
/// answer again and changes nothing.
pub async fn redeem(app: &AppState, scanner: &Scanner, reading: &Reading) -> Result<Verdict> {
    let wish = read(scanner, reading)?;
    if wish.manual.is_some() {
        limits::take(app, TYPED, &scanner.device_id.to_string()).await?;
    }
    let scan = new_scan(app, scanner, &wish);
    let mut tx = app.begin_in_lane().await?;
    if let Some(verdict) = answer_again(&mut tx, scanner, &scan).await? {
        return Ok(verdict);
    }
    let (verdict, ticket) = answer(app, &mut tx, (scanner, &scan), &wish).await?;
    if !write(&mut tx, (scanner, &scan), (&verdict, ticket.as_ref()), &reading.answers).await? {
        // The same reading was sent twice at once, and the other one was first: its answer is the answer.
        tx.rollback().await?;
        let mut tx = app.begin_in_lane().await?;
        return answer_again(&mut tx, scanner, &scan).await?.ok_or(AppError::Busy);
    }
    tx.commit().await?;
    app.live.touch(&super::board::topic(scanner.event_id));
    Ok(verdict)
}

fn read<'a>(scanner: &Scanner, reading: &'a Reading) -> Result<Wish<'a>> {
    let answers = &reading.answers;
    if reading.seq < 1
        || reading.code.chars().count() > CODE_CHARS_MAX
        || answers.len() > ANSWERS_MAX
        || !answers.iter().all(|answer| Note::parse(&answer.text, Answer::CHARS_MAX).is_ok())
    {
        return Err(AppError::BadRequest);
    }
    if let Some(reason) = &reading.override_reason {
        if scanner.role != DeviceRole::Supervisor || Title::parse(reason).is_err() {
            return Err(GateRefusal::SupervisorOnly.into());
        }
    }
    let code = reading.code.trim_matches(['\r', '\n', '\t']);
    let manual = if code.starts_with("T1:") { None } else { ManualCode::parse(code) };
    Ok(Wish { code, manual, reading })
}

fn new_scan(app: &AppState, scanner: &Scanner, wish: &Wish<'_>) -> NewScan {
    let reading = wish.reading;
    NewScan {
        org_id: scanner.org_id,
        event_id: scanner.event_id,
        list_id: scanner.rules.list_id,
        device_id: scanner.device_id,
        scan_id: ScanId::fresh(),
        seq: reading.seq,
        code_hash: secrets::digest(wish.code),
        is_typed: reading.is_typed,
        direction: reading.direction,
        is_paid_here: reading.is_paid_here,
        override_reason: reading.override_reason.as_ref().map(|reason| reason.trim().to_owned()),
        scanned_at: reading.scanned_at,
        received_at: app.now(),
    }
}

/// What the same reading was answered before, word for word.
async fn answer_again(tx: &mut Tx, scanner: &Scanner, scan: &NewScan) -> Result<Option<Verdict>> {
    let Some(before) = store::find_scan(tx, scanner.org_id, scanner.device_id, scan.seq).await? else {
        return Ok(None);
    };
    if before.code_hash != scan.code_hash {
        return Err(GateRefusal::SequenceReused.into());
    }
    let said = before.said.map(|said| named(said, before.holder_name.unwrap_or_default()));
    Ok(Some(said.and_then(|said| serde_json::from_value(said).ok()).unwrap_or(Verdict::Unknown)))
}

/// An answer with another name of the holder: the log keeps none.
fn named(mut said: Value, name: String) -> Value {
    let inner = said.as_object_mut().and_then(|said| said.values_mut().next());
    if let Some(known) = inner.and_then(|inner| inner.get_mut("who")).and_then(|who| who.get_mut("name")) {
        *known = Value::String(name);
    }
    said
}

/// Decides, and does what was decided. Another scan of the same ticket may be first: then the question is asked anew,
/// and the other one is history.
async fn answer(
    app: &AppState,
    tx: &mut Tx,
    (scanner, scan): (&Scanner, &NewScan),
    wish: &Wish<'_>,
) -> Result<(Verdict, Option<TicketOnFile>)> {
    let rules = &scanner.rules;
    for _ in 0..TRIES_MAX {
        let inside = count_house(app, tx, scanner, scan).await?;
        let (subject, order_id, generation) = match find(tx, scanner, wish).await? {
            Found::Ticket { subject, order_id, generation } => (subject, order_id, generation),
            Found::Nothing(verdict) => return Ok((verdict, None)),
        };
        let others = if rules.takes_add_ons && !rules.lets_in(subject.product) {
            let event = (scanner.org_id, scanner.event_id);
            store::list_order_tickets(tx, event, rules.list_id, order_id).await?
        } else {
            Vec::new()
        };
        let attempt = Attempt {
            now: scan.received_at,
            gate: &scanner.gate,
            direction: scan.direction,
            generation,
            inside,
            answers: &wish.reading.answers,
            is_paid_here: scan.is_paid_here,
            is_override: scan.override_reason.is_some(),
        };
        let (about, verdict) = decide_among(rules, (&subject, &others), wish.reading.choice, &attempt);
        if take(tx, (scanner, scan), (about, &verdict), inside).await? {
            return Ok((verdict, Some(about.clone())));
        }
    }
    Err(AppError::Busy)
}

/// How many are in, where the list has a limit. The list stays locked until the commit, so that nobody else counts the
/// same house.
async fn count_house(app: &AppState, tx: &mut Tx, scanner: &Scanner, scan: &NewScan) -> Result<u32> {
    if scanner.rules.inside_max.is_none() || scan.direction == Direction::Exit {
        return Ok(0);
    }
    let (org_id, list_id) = (scan.org_id, scan.list_id);
    let is_forgetful = app.sabotage.is_on(Weakness::ForgetfulGate);
    if !is_forgetful {
        store::lock_list(tx, org_id, list_id).await?;
    }
    let inside = store::count_inside(tx, org_id, list_id, scanner.rules.in_since(scan.received_at)).await?;
    if is_forgetful {
        tokio::time::sleep(RACE_WIDTH).await;
    }
    Ok(inside)
}

/// Writes what a verdict means for the ticket; `false` when another scan was first.
async fn take(
    tx: &mut Tx,
    (scanner, scan): (&Scanner, &NewScan),
    (ticket, verdict): (&TicketOnFile, &Verdict),
    inside: u32,
) -> Result<bool> {
    let (rules, ticket_id) = (&scanner.rules, ticket.ticket_id);
    match verdict {
        Verdict::Admitted { entry, entries_max, is_override, .. } => {
            // Who counts as out since the hour must be out before coming in again.
            let since = rules.in_since(scan.received_at);
            let is_left_open = |since| ticket.stays.iter().any(|stay| stay.left.is_none() && stay.came < since);
            if let Some(since) = since.filter(|since| is_left_open(*since)) {
                store::end_stays(tx, scan, ticket_id, (since, Some(since))).await?;
            }
            let stay = NewStay {
                ticket_id,
                entry: *entry,
                entries_max: *entries_max,
                is_override: *is_override,
                needs_exit: rules.entry.needs_exit && !is_override,
                house: rules
                    .inside_max
                    .filter(|_| ticket.open_stay(rules, scan.received_at).is_none())
                    .map(|inside_max| (inside.saturating_add(1), inside_max)),
            };
            store::insert_stay(tx, scan, &stay).await
        }
        Verdict::LetOut { was_in: true, .. } => store::end_stays(tx, scan, ticket_id, (scan.received_at, None)).await,
        _ => Ok(true),
    }
}

/// Writes the reading down with its answer, and what else must be known later; `false` when it was there already.
async fn write(
    tx: &mut Tx,
    (scanner, scan): (&Scanner, &NewScan),
    (verdict, ticket): (&Verdict, Option<&TicketOnFile>),
    answers: &[Answer],
) -> Result<bool> {
    let whole = serde_json::to_value(verdict).map_err(|error| AppError::fault(&error))?;
    let said = Said {
        ticket_id: ticket.map(|ticket| ticket.ticket_id),
        verdict: verdict.name().as_str(),
        whole: named(whole, String::new()),
    };
    if !store::insert_scan(tx, scan, said).await? {
        return Ok(false);
    }
    let (Verdict::Admitted { is_override, .. }, Some(ticket)) = (verdict, ticket) else {
        return Ok(true);
    };
    let is_asked = |answer: &&Answer| scanner.rules.questions_of(ticket.product).any(|asked| asked.accepts(answer));
    let answers: Vec<_> = answers.iter().filter(is_asked).cloned().collect();
    if !answers.is_empty() {
        store::insert_answers(tx, scan, ticket.ticket_id, &answers).await?;
    }
    if *is_override {
        note_override(tx, scanner, scan, ticket.ticket_id).await?;
    }
    Ok(true)
}

async fn note_override(tx: &mut Tx, scanner: &Scanner, scan: &NewScan, ticket_id: TicketId) -> Result<()> {
    let entry = audit::Entry {
        org_id: Some(scanner.org_id),
        actor: scanner.actor(),
        verb: "let in against the rules",
        subject: format!("ticket:{ticket_id}"),
        detail: serde_json::json!({ "event": scanner.event_id, "gate": scanner.gate, "reason": scan.override_reason }),
    };
    audit::write(tx, entry).await
}

/// From what was read to a ticket on file.
async fn find(tx: &mut Tx, scanner: &Scanner, wish: &Wish<'_>) -> Result<Found> {
    let event = (scanner.org_id, scanner.event_id);
    let (subject, generation) = if let Some(manual) = &wish.manual {
        (Subject::Manual(manual.as_str()), None)
    } else {
        let keys = tickets::event_keys(tx, scanner.org_id, scanner.event_id).await?;
        match TicketCode::read(wish.code).and_then(|signed| signed.verify(&keys)) {
            Ok(ticket) => (Subject::Slot(ticket.slot), Some(ticket.generation)),
            Err(CodeFault::WrongEvent { event_reference }) => return stranger(tx, wish.code, event_reference).await,
            Err(fault) => return Ok(Found::Nothing(of_fault(fault))),
        }
    };
    let found = store::find_ticket(tx, event, scanner.rules.list_id, subject).await?;
    Ok(found.map_or(Found::Nothing(Verdict::Unknown), |(ticket, order_id)| Found::Ticket {
        subject: Box::new(ticket),
        order_id,
        generation,
    }))
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
