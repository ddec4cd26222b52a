//! SQL for: admission, `scan_undo`.

use super::{NewScan, ScanRow};
use crate::{
    error::Result,
    gate::{guard::Scanner, model::GateRefusal},
    kernel::{Instant, ListId, OrgId, ScanId, TicketId},
    platform::db::{OnConstraint, Tx},
};

/// A stay that begins, with the rule it is given under.
pub struct NewStay {
    pub ticket_id: TicketId,
    pub entry: u32,
    pub entries_max: u32,
    pub is_override: bool,
    pub needs_exit: bool,
    /// How many are in with it, of how many that may be.
    pub house: Option<(u32, u32)>,
}

/// Takes an entry of a ticket, or gives `false` when another scan was first. `admission_once` and `admission_once_inside`
/// decide.
pub async fn insert_stay(tx: &mut Tx, scan: &NewScan, stay: &NewStay) -> Result<bool> {
    let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let done = sqlx::query!(
        "insert into admission (org_id, list_id, ticket_id, entry_no, event_id, scan_id, admitted_at, entries_max, is_override,
                                needs_exit, inside_no, inside_max)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict do nothing",
        scan.org_id.0,
        scan.list_id.0,
        stay.ticket_id.0,
        number(stay.entry),
        scan.event_id.0,
        scan.scan_id.0,
        scan.received_at as Instant,
        number(stay.entries_max),
        stay.is_override,
        stay.needs_exit,
        stay.house.map(|(inside, _)| number(inside)),
        stay.house.map(|(_, inside_max)| number(inside_max)),
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends the open stays of a ticket that began before a moment, or all of them; says whether there were any.
pub async fn end_stays(
    tx: &mut Tx,
    scan: &NewScan,
    ticket_id: TicketId,
    ended: (Instant, Option<Instant>),
) -> Result<bool> {
    let (at, before) = ended;
    let done = sqlx::query!(
        "update admission
            set left_at = greatest(admitted_at, $4),
                left_scan_id = case when $5::timestamptz is null then $6::uuid end
          where org_id = $1
            and list_id = $2
            and ticket_id = $3
            and left_at is null
            and ($5::timestamptz is null or admitted_at < $5::timestamptz)",
        scan.org_id.0,
        scan.list_id.0,
        ticket_id.0,
        at as Instant,
        before as Option<Instant>,
        scan.scan_id.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// How many tickets are in, of those that came since a moment.
pub async fn count_inside(tx: &mut Tx, org_id: OrgId, list_id: ListId, since: Option<Instant>) -> Result<u32> {
    let count = sqlx::query_scalar!(
        "select count(distinct ticket_id) as \"count!\"
           from admission
          where org_id = $1
            and list_id = $2
            and left_at is null
            and ($3::timestamptz is null or admitted_at >= $3)",
        org_id.0,
        list_id.0,
        since as Option<Instant>,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The same for several lists, each with its own moment.
pub async fn count_houses(
    tx: &mut Tx,
    org_id: OrgId,
    lists: &[(ListId, Option<Instant>)],
) -> Result<Vec<(ListId, i64)>> {
    let ids: Vec<_> = lists.iter().map(|(id, _)| id.0).collect();
    let since: Vec<_> = lists.iter().map(|(_, since)| *since).collect();
    let rows = sqlx::query!(
        r#"select asked.list_id as "list_id!: ListId", count(distinct admission.ticket_id) as "inside!"
             from unnest($2::uuid[], $3::timestamptz[]) as asked (list_id, since)
             join admission on admission.org_id = $1
                           and admission.list_id = asked.list_id
                           and admission.left_at is null
                           and (asked.since is null or admission.admitted_at >= asked.since)
            group by asked.list_id"#,
        org_id.0,
        &ids,
        &since as &[Option<Instant>],
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.list_id, row.inside)).collect())
}

/// Writes down that a scan no longer counts, or gives `false` when that was written before.
pub async fn insert_undo(
    tx: &mut Tx,
    scanner: &Scanner,
    scan_id: ScanId,
    (reason, now): (&str, Instant),
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into scan_undo (org_id, scan_id, event_id, device_id, reason, undone_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict on constraint scan_undone_once do nothing",
        scanner.org_id.0,
        scan_id.0,
        scanner.event_id.0,
        scanner.device_id.0,
        reason,
        now as Instant,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes an entry back, unless its holder went out meanwhile.
pub async fn delete_stay(tx: &mut Tx, org_id: OrgId, scan: &ScanRow) -> Result<bool> {
    let done = sqlx::query!(
        "delete from admission
          where org_id = $1
            and list_id = $2
            and scan_id = $3
            and left_at is null",
        org_id.0,
        scan.list_id.0,
        scan.scan_id.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes an exit back, unless its holder came in again meanwhile: `admission_once_inside` sees to that.
pub async fn reopen_stays(tx: &mut Tx, org_id: OrgId, scan: &ScanRow) -> Result<bool> {
    let done = sqlx::query!(
        "update admission
            set left_at = null,
                left_scan_id = null
          where org_id = $1
            and list_id = $2
            and left_scan_id = $3",
        org_id.0,
        scan.list_id.0,
        scan.scan_id.0,
    )
    .execute(&mut **tx)
    .await
    .on_constraint("admission_once_inside", GateRefusal::NotTheLastMove)?;
    Ok(done.rows_affected() > 0)
}
