//! SQL for: `event_key`.

use crate::{
    error::Result,
    kernel::{EventId, OrgId},
    platform::db::Tx,
    tickets::EventKey,
};

/// The key that signs, still sealed.
pub struct SealedKey {
    pub key_id: u16,
    pub event_reference: u32,
    pub sealed_private_key: Vec<u8>,
}

/// Adds a signing key unless the event has one.
pub async fn insert_key(tx: &mut Tx, event: (OrgId, EventId), public_key: &[u8], sealed: &[u8]) -> Result<()> {
    sqlx::query!(
        "insert into event_key (org_id, event_id, key_id, public_key, sealed_private_key)
         select $1, $2, coalesce(max(key_id), 0) + 1, $3, $4
           from event_key
          where org_id = $1
            and event_id = $2
         on conflict do nothing",
        event.0.0,
        event.1.0,
        public_key,
        sealed,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn find_signing_key(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<Option<SealedKey>> {
    let row = sqlx::query!(
        "select key_id, sealed_private_key, reference
           from event_key
           join event using (org_id, event_id)
          where org_id = $1
            and event_id = $2
            and event_key.state = 'signing'",
        org_id.0,
        event_id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    // The ranges are the table's own constraints.
    Ok(row.map(|row| SealedKey {
        key_id: u16::try_from(row.key_id).unwrap_or_default(),
        event_reference: u32::try_from(row.reference).unwrap_or_default(),
        sealed_private_key: row.sealed_private_key,
    }))
}

pub async fn list_keys(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<Vec<EventKey>> {
    let rows = sqlx::query!(
        "select key_id, public_key, reference, event_key.state = 'withdrawn' as \"is_withdrawn!\"
           from event_key
           join event using (org_id, event_id)
          where org_id = $1
            and event_id = $2
          order by key_id",
        org_id.0,
        event_id.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    let keys = rows.into_iter().map(|row| EventKey {
        key_id: u16::try_from(row.key_id).unwrap_or_default(),
        event_reference: u32::try_from(row.reference).unwrap_or_default(),
        public: row.public_key.try_into().unwrap_or_default(),
        is_withdrawn: row.is_withdrawn,
    });
    Ok(keys.collect())
}
