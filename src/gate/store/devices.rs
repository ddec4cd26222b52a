//! SQL for: `gate_device`; reads event, `check_in_list` and scan.

use super::PairingRow;
use crate::{
    error::Result,
    kernel::{DeviceId, EventId, Instant, ListId, OrgId, ZoneName},
    platform::db::Tx,
};

/// A paired phone with all that its scans are judged by.
pub struct DeviceRow {
    pub event_id: EventId,
    pub list_id: ListId,
    pub name: String,
    pub token_hash: Vec<u8>,
    pub last_seq: i64,
    pub is_revoked: bool,
    pub role: String,
    pub event_title: String,
    pub zone: String,
}

/// Adds the phone that used an invitation up.
pub async fn insert_device(
    tx: &mut Tx,
    device_id: DeviceId,
    pairing: &PairingRow,
    token: (&[u8], Instant),
) -> Result<()> {
    sqlx::query!(
        "insert into gate_device (org_id, device_id, event_id, list_id, name, role, token_hash, expires_at, last_seen_at)
         values ($1, $2, $3, $4, $5, $8, $6, $7, now())",
        pairing.org_id.0,
        device_id.0,
        pairing.event_id.0,
        pairing.list_id.0,
        pairing.device_name,
        token.0,
        token.1 as Instant,
        pairing.role,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn find_device(tx: &mut Tx, org_id: OrgId, device_id: DeviceId) -> Result<Option<DeviceRow>> {
    let row = sqlx::query_as!(
        DeviceRow,
        "select device.event_id as \"event_id: EventId\", device.list_id as \"list_id: ListId\", device.name, device.token_hash,
                device.last_seq, device.revoked_at is not null as \"is_revoked!\",
                device.role, event.title as event_title, event.zone
           from gate_device as device
           join event on event.org_id = device.org_id and event.event_id = device.event_id
          where device.org_id = $1
            and device.device_id = $2",
        org_id.0,
        device_id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row)
}

/// Whether there was such a phone, still paired.
pub async fn mark_device_revoked(
    tx: &mut Tx,
    event: (OrgId, EventId),
    device_id: DeviceId,
    now: Instant,
) -> Result<bool> {
    let done = sqlx::query!(
        "update gate_device
            set revoked_at = $4
          where org_id = $1
            and event_id = $2
            and device_id = $3
            and revoked_at is null",
        event.0.0,
        event.1.0,
        device_id.0,
        now as Instant,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A phone and what it counted.
pub struct CountedDevice {
    pub device_id: DeviceId,
    pub name: String,
    pub list: String,
    pub role: String,
    pub last_seen_at: Option<Instant>,
    pub expires_at: Instant,
    pub is_revoked: bool,
    pub admitted: i64,
    pub refused: i64,
}

impl CountedDevice {
    pub fn last_seen(&self, zone: &ZoneName) -> Option<crate::kernel::LocalTime> {
        self.last_seen_at.map(|at| crate::platform::zone::local_time(at, zone))
    }
}

/// An event's phones, the newest first.
pub async fn list_devices(tx: &mut Tx, org_id: OrgId, event_id: EventId, limit: i64) -> Result<Vec<CountedDevice>> {
    let rows = sqlx::query_as!(
        CountedDevice,
        "select device.device_id as \"device_id: DeviceId\", device.name, list.name as list, device.role,
                device.last_seen_at, device.expires_at,
                device.revoked_at is not null as \"is_revoked!\",
                count(*) filter (where scan.verdict = 'admitted' and undo.scan_id is null) as \"admitted!\",
                count(scan.scan_id) filter (where scan.verdict not in ('admitted', 'let_out')) as \"refused!\"
           from gate_device as device
           join check_in_list as list using (org_id, list_id)
           left join scan on scan.org_id = device.org_id and scan.device_id = device.device_id
           left join scan_undo as undo on undo.org_id = scan.org_id and undo.scan_id = scan.scan_id
          where device.org_id = $1
            and device.event_id = $2
          group by device.org_id, device.device_id, list.name
          order by device.revoked_at is not null, device.created_at desc
          limit $3",
        org_id.0,
        event_id.0,
        limit,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}
