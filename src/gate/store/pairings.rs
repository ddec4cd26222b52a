//! SQL for: `check_in_list`, `gate_pairing`; reads event.

use crate::{
    error::Result,
    kernel::{AccountId, DeviceId, EventId, Instant, ListId, OrgId},
    platform::db::Tx,
};

/// What a gate must know of its event.
pub struct EventRow {
    pub ends_at: Instant,
}

pub async fn find_event(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<Option<EventRow>> {
    let row = sqlx::query!(
        "select ends_at
           from event
          where org_id = $1
            and event_id = $2",
        org_id.0,
        event_id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| EventRow { ends_at: row.ends_at }))
}

/// Adds the list that every event has, unless it is there.
pub async fn insert_list(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<()> {
    sqlx::query!(
        "insert into check_in_list (org_id, list_id, event_id, name)
         values ($1, $2, $3, '')
         on conflict on constraint check_in_list_name_once do nothing",
        org_id.0,
        ListId::fresh().0,
        event_id.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The list that every event has.
pub async fn find_list(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<Option<ListId>> {
    let list_id = sqlx::query_scalar!(
        "select list_id as \"list_id: ListId\"
           from check_in_list
          where org_id = $1
            and event_id = $2
            and name = ''",
        org_id.0,
        event_id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(list_id)
}

/// Whether an event has this list.
pub async fn has_list(tx: &mut Tx, event: (OrgId, EventId), list_id: ListId) -> Result<bool> {
    let has = sqlx::query_scalar!(
        r#"select exists (select from check_in_list where org_id = $1 and event_id = $2 and list_id = $3) as "has!""#,
        event.0.0,
        event.1.0,
        list_id.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(has)
}

/// A one-time invitation for a phone.
pub struct PairingRow {
    pub org_id: OrgId,
    pub event_id: EventId,
    pub list_id: ListId,
    pub device_name: String,
    pub role: String,
    pub made_by: AccountId,
    pub expires_at: Instant,
    pub is_used: bool,
}

pub async fn insert_pairing(tx: &mut Tx, code_hash: &[u8], pairing: &PairingRow) -> Result<()> {
    sqlx::query!(
        "insert into gate_pairing (code_hash, org_id, event_id, list_id, device_name, role, made_by, expires_at)
         values ($1, $2, $3, $4, $5, $8, $6, $7)",
        code_hash,
        pairing.org_id.0,
        pairing.event_id.0,
        pairing.list_id.0,
        pairing.device_name,
        pairing.made_by.0,
        pairing.expires_at as Instant,
        pairing.role,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn find_pairing(tx: &mut Tx, code_hash: &[u8]) -> Result<Option<PairingRow>> {
    let row = sqlx::query_as!(
        PairingRow,
        "select org_id as \"org_id: OrgId\", event_id as \"event_id: EventId\", list_id as \"list_id: ListId\", device_name, role,
                made_by as \"made_by: AccountId\", expires_at, used_at is not null as \"is_used!\"
           from gate_pairing
          where code_hash = $1",
        code_hash,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row)
}

/// Uses an invitation up, or gives `None` when it is unknown, used or over. Two phones at once: one gets it.
pub async fn mark_pairing_used(
    tx: &mut Tx,
    code_hash: &[u8],
    device_id: DeviceId,
    now: Instant,
) -> Result<Option<PairingRow>> {
    let row = sqlx::query_as!(
        PairingRow,
        "update gate_pairing
            set used_at = $3,
                device_id = $2
          where code_hash = $1
            and used_at is null
            and expires_at > $3
         returning org_id as \"org_id: OrgId\", event_id as \"event_id: EventId\", list_id as \"list_id: ListId\", device_name, role,
                   made_by as \"made_by: AccountId\", expires_at, true as \"is_used!\"",
        code_hash,
        device_id.0,
        now as Instant,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row)
}
