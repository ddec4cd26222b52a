//! `gate_device`, scan, admission.

use serde_json::Value;
use sqlx::PgConnection;

use crate::{
    error::Result,
    kernel::{EventId, Instant, ListId, OrgId},
};

/// Adds phones that were paired with the list; they stop being good at `expires_at`.
pub async fn insert_devices(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    (list_id, expires_at): (ListId, Instant),
    devices: Value,
) -> Result<()> {
    sqlx::query!(
        "insert into gate_device (org_id, device_id, event_id, list_id, name, token_hash, last_seq, last_seen_at, expires_at)
         select $1, device_id, $2, $3, name, decode(token_hash, 'hex'), last_seq, to_timestamp(last_seen_at / 1000.0), $4
           from jsonb_to_recordset($5) as r (device_id uuid, name text, token_hash text, last_seq bigint, last_seen_at bigint)",
        org_id.0,
        event_id.0,
        list_id.0,
        expires_at as Instant,
        devices,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Adds readings, received a moment after they were made.
pub async fn insert_scans(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    list_id: ListId,
    scans: &Value,
) -> Result<()> {
    sqlx::query!(
        "insert into scan (org_id, scan_id, event_id, list_id, device_id, device_seq, code_hash, ticket_id, verdict, typed, scanned_at,
                           received_at)
         select $1, scan_id, $2, $3, device_id, device_seq, decode(code_hash, 'hex'), ticket_id, verdict, typed, to_timestamp(scanned_at / 1000.0),
                to_timestamp(scanned_at / 1000.0) + interval '200 milliseconds'
           from jsonb_to_recordset($4) as r (scan_id uuid, device_id uuid, device_seq bigint, code_hash text, ticket_id uuid, verdict text,
                    typed bool, scanned_at bigint)",
        org_id.0,
        event_id.0,
        list_id.0,
        scans,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Counts the readings that let somebody in.
pub async fn insert_admissions(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    list_id: ListId,
    scans: &Value,
) -> Result<()> {
    sqlx::query!(
        "insert into admission (org_id, list_id, ticket_id, entry_no, event_id, scan_id, admitted_at)
         select $1, $3, ticket_id, 1, $2, scan_id, to_timestamp(scanned_at / 1000.0)
           from jsonb_to_recordset($4) as r (scan_id uuid, ticket_id uuid, verdict text, scanned_at bigint)
          where verdict = 'admitted'",
        org_id.0,
        event_id.0,
        list_id.0,
        scans,
    )
    .execute(tx)
    .await?;
    Ok(())
}
