//! SQL for: scan, admission; reads ticket, `ticket_type`, event.

use crate::{
    error::Result,
    kernel::{DeviceId, EventId, Instant, ListId, OrgId, ScanId, TicketId},
    platform::db::Tx,
};

/// Which ticket is meant: by the slot of a signed code, or by the code that was typed.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    Slot(u32),
    Manual(&'a str),
}

/// A ticket with its latest admission on the list.
pub struct TicketRow {
    pub ticket_id: TicketId,
    pub generation: i16,
    pub state: String,
    pub holder_name: String,
    pub type_name: String,
    pub is_on_list: bool,
    pub entry_no: Option<i32>,
    pub admitted_at: Option<Instant>,
    pub gate: Option<String>,
}

pub async fn find_ticket(
    tx: &mut Tx,
    event: (OrgId, EventId),
    list_id: ListId,
    subject: Subject<'_>,
) -> Result<Option<TicketRow>> {
    let (slot, manual) = match subject {
        Subject::Slot(slot) => (Some(i64::from(slot)), None),
        Subject::Manual(code) => (None, Some(code)),
    };
    let row = sqlx::query_as!(
        TicketRow,
        "select ticket.ticket_id as \"ticket_id: TicketId\", ticket.generation, ticket.state, ticket.holder_name,
                type.name as type_name,
                (not exists (select from check_in_list_type as any_type
                              where any_type.org_id = $1 and any_type.list_id = $3)
                 or exists (select from check_in_list_type as own_type
                             where own_type.org_id = $1 and own_type.list_id = $3
                               and own_type.ticket_type_id = ticket.ticket_type_id)) as \"is_on_list!\",
                last.entry_no as \"entry_no?\", last.admitted_at as \"admitted_at?\", last.gate as \"gate?\"
           from ticket
           join ticket_type as type on type.org_id = ticket.org_id and type.ticket_type_id = ticket.ticket_type_id
           left join lateral (
                select admission.entry_no, admission.admitted_at, device.name as gate
                  from admission
                  join scan on scan.org_id = admission.org_id and scan.scan_id = admission.scan_id
                  join gate_device as device on device.org_id = scan.org_id and device.device_id = scan.device_id
                 where admission.org_id = $1
                   and admission.list_id = $3
                   and admission.ticket_id = ticket.ticket_id
                 order by admission.entry_no desc
                 limit 1
           ) as last on true
          where ticket.org_id = $1
            and ticket.event_id = $2
            and (ticket.slot = $4 or ticket.manual_code = $5)",
        event.0.0,
        event.1.0,
        list_id.0,
        slot,
        manual,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row)
}

/// Takes an entry of a ticket, or gives `false` when another scan has taken it. `admission_once` decides.
pub async fn insert_admission(tx: &mut Tx, scan: &NewScan, ticket_id: TicketId, entry: u32) -> Result<bool> {
    let done = sqlx::query!(
        "insert into admission (org_id, list_id, ticket_id, entry_no, event_id, scan_id, admitted_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict do nothing",
        scan.org_id.0,
        scan.list_id.0,
        ticket_id.0,
        i32::try_from(entry).unwrap_or(i32::MAX),
        scan.event_id.0,
        scan.scan_id.0,
        scan.received_at as Instant,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

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
    pub scanned_at: Instant,
    pub received_at: Instant,
}

/// Writes a reading and notes that its phone is there, or gives `false` when this phone has used the number before.
pub async fn insert_scan(tx: &mut Tx, scan: &NewScan, ticket_id: Option<TicketId>, verdict: &str) -> Result<bool> {
    let done = sqlx::query!(
        "with seen as (
             update gate_device
                set last_seq = greatest(last_seq, $6),
                    last_seen_at = $10
              where org_id = $1
                and device_id = $5
         )
         insert into scan (org_id, scan_id, event_id, list_id, device_id, device_seq, code_hash, typed, scanned_at, received_at,
                           ticket_id, verdict)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
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
        ticket_id.map(|id| id.0),
        verdict,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A reading of before: what it said, of which code, and which entry it took.
pub struct ScanRow {
    pub verdict: String,
    pub code_hash: Vec<u8>,
    pub entry_no: Option<i32>,
}

pub async fn find_scan(tx: &mut Tx, org_id: OrgId, device_id: DeviceId, seq: i64) -> Result<Option<ScanRow>> {
    let row = sqlx::query_as!(
        ScanRow,
        "select scan.verdict, scan.code_hash, admission.entry_no as \"entry_no?\"
           from scan
           left join admission on admission.org_id = scan.org_id and admission.list_id = scan.list_id
                              and admission.ticket_id = scan.ticket_id and admission.scan_id = scan.scan_id
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
    pub received_at: Instant,
    pub verdict: String,
    pub is_typed: bool,
    pub gate: String,
    pub holder_name: Option<String>,
    pub type_name: Option<String>,
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
        "select scan.received_at, scan.verdict, scan.typed as is_typed, device.name as gate,
                ticket.holder_name as \"holder_name?\", type.name as \"type_name?\"
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
