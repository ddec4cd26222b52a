//! SQL for: scan, `scan_answer`; reads ticket, `ticket_type`, event.

use serde_json::Value;

use crate::{
    error::Result,
    gate::verdict::{Answer, Direction},
    kernel::{DeviceId, EventId, Instant, ListId, OrgId, ScanId, TicketId},
    platform::db::Tx,
};

/// A reading about to be written.
pub struct NewScan {
    pub org_id: OrgId,
    pub event_id: EventId,
    pub list_id: ListId,
    pub device_id: DeviceId,
    pub scan_id: ScanId,
    pub seq: i64,
    pub code_hash: Vec<u8>,
    pub is_typed: bool,
    pub direction: Direction,
    pub is_paid_here: bool,
    pub override_reason: Option<String>,
    pub scanned_at: Instant,
    pub received_at: Instant,
}

/// What a reading was answered.
pub struct Said<'a> {
    pub ticket_id: Option<TicketId>,
    pub verdict: &'a str,
    /// The whole answer, without the holder's name.
    pub whole: Value,
}

/// Writes a reading and notes that its phone is there, or gives `false` when this phone has used the number before.
pub async fn insert_scan(tx: &mut Tx, scan: &NewScan, said: Said<'_>) -> Result<bool> {
    let done = sqlx::query!(
        "with seen as (
             update gate_device
                set last_seq = greatest(last_seq, $6),
                    last_seen_at = $10
              where org_id = $1
                and device_id = $5
         )
         insert into scan (org_id, scan_id, event_id, list_id, device_id, device_seq, code_hash, typed, scanned_at, received_at,
                           ticket_id, verdict, direction, is_paid_here, override_reason, said)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         on conflict on constraint scan_once_per_device do nothing",
        scan.org_id.0,
        scan.scan_id.0,
        scan.event_id.0,
        scan.list_id.0,
        scan.device_id.0,
        scan.seq,
        scan.code_hash,
        scan.is_typed,
        scan.scanned_at as Instant,
        scan.received_at as Instant,
        said.ticket_id.map(|id| id.0),
        said.verdict,
        scan.direction.as_str(),
        scan.is_paid_here,
        scan.override_reason,
        said.whole,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes down what was answered at the door.
pub async fn insert_answers(tx: &mut Tx, scan: &NewScan, ticket_id: TicketId, answers: &[Answer]) -> Result<()> {
    let questions: Vec<_> = answers.iter().map(|answer| answer.question.0).collect();
    let texts: Vec<_> = answers.iter().map(|answer| answer.text.trim().to_owned()).collect();
    sqlx::query!(
        "insert into scan_answer (org_id, scan_id, question_id, list_id, ticket_id, answer)
         select $1, $2, given.question_id, $3, $4, given.answer
           from unnest($5::uuid[], $6::text[]) as given (question_id, answer)
         on conflict do nothing",
        scan.org_id.0,
        scan.scan_id.0,
        scan.list_id.0,
        ticket_id.0,
        &questions,
        &texts,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A reading of before: what it said, of which code, whose ticket it was, and what became of it.
pub struct ScanRow {
    pub scan_id: ScanId,
    pub list_id: ListId,
    pub ticket_id: Option<TicketId>,
    pub verdict: String,
    pub said: Option<Value>,
    pub code_hash: Vec<u8>,
    pub received_at: Instant,
    pub holder_name: Option<String>,
    /// The entry that it took, or ended.
    pub entry_no: Option<i32>,
    pub is_undone: bool,
}

pub async fn find_scan(tx: &mut Tx, org_id: OrgId, device_id: DeviceId, seq: i64) -> Result<Option<ScanRow>> {
    let row = sqlx::query_as!(
        ScanRow,
        "select scan.scan_id as \"scan_id: ScanId\", scan.list_id as \"list_id: ListId\",
                scan.ticket_id as \"ticket_id: TicketId\", scan.verdict, scan.said, scan.code_hash, scan.received_at,
                ticket.holder_name as \"holder_name?\",
                (select entry_no from admission
                  where admission.org_id = scan.org_id and admission.list_id = scan.list_id
                    and admission.ticket_id = scan.ticket_id
                    and scan.scan_id in (admission.scan_id, admission.left_scan_id)
                  order by admitted_at desc, entry_no desc
                  limit 1) as entry_no,
                exists (select from scan_undo
                         where scan_undo.org_id = scan.org_id and scan_undo.scan_id = scan.scan_id) as \"is_undone!\"
           from scan
           left join ticket on ticket.org_id = scan.org_id and ticket.ticket_id = scan.ticket_id
          where scan.org_id = $1
            and scan.device_id = $2
            and scan.device_seq = $3",
        org_id.0,
        device_id.0,
        seq,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row)
}

/// Another event, by the reference in its codes: whose keys to check with, and its title when everybody may know it.
pub struct StrangerRow {
    pub org_id: OrgId,
    pub event_id: EventId,
    pub title: String,
}

pub async fn find_stranger(tx: &mut Tx, reference: u32) -> Result<Option<StrangerRow>> {
    let row = sqlx::query_as!(
        StrangerRow,
        "select event.org_id as \"org_id: OrgId\", event.event_id as \"event_id: EventId\", event.title
           from event_directory as directory
           join event on event.org_id = directory.org_id and event.event_id = directory.event_id
          where directory.reference = $1
            and event.state = 'published'",
        i64::from(reference),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row)
}

/// A reading for a list.
pub struct ShownScan {
    pub seq: i64,
    pub received_at: Instant,
    pub verdict: String,
    pub is_typed: bool,
    pub gate: String,
    pub holder_name: Option<String>,
    pub type_name: Option<String>,
    pub override_reason: Option<String>,
    pub is_undone: bool,
}

/// An event's readings, the latest first; one phone's alone when it is named.
pub async fn list_scans(
    tx: &mut Tx,
    event: (OrgId, EventId),
    device_id: Option<DeviceId>,
    limit: i64,
) -> Result<Vec<ShownScan>> {
    let rows = sqlx::query_as!(
        ShownScan,
        "select scan.device_seq as seq, scan.received_at, scan.verdict, scan.typed as is_typed, device.name as gate,
                ticket.holder_name as \"holder_name?\", type.name as \"type_name?\",
                scan.override_reason,
                exists (select from scan_undo
                         where scan_undo.org_id = scan.org_id and scan_undo.scan_id = scan.scan_id) as \"is_undone!\"
           from scan
           join gate_device as device on device.org_id = scan.org_id and device.device_id = scan.device_id
           left join ticket on ticket.org_id = scan.org_id and ticket.ticket_id = scan.ticket_id
           left join ticket_type as type on type.org_id = ticket.org_id and type.ticket_type_id = ticket.ticket_type_id
          where scan.org_id = $1
            and scan.event_id = $2
            and ($3::uuid is null or scan.device_id = $3)
          order by scan.received_at desc
          limit $4",
        event.0.0,
        event.1.0,
        device_id.map(|id| id.0),
        limit,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

/// How many tickets of an event are in, and how many are out there.
pub async fn count_tally(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<(i64, i64)> {
    let row = sqlx::query!(
        "select (select count(distinct ticket_id) from admission where org_id = $1 and event_id = $2) as \"admitted!\",
                (select count(*) from ticket where org_id = $1 and event_id = $2 and state = 'valid') as \"expected!\"",
        org_id.0,
        event_id.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.admitted, row.expected))
}
