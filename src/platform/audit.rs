//! Who did what, written in the transaction that did it.

use serde_json::Value;

use super::db::Tx;
use crate::{
    error::Result,
    kernel::{Actor, AuditEntryId, OrgId},
};

/// One line of the audit: `verb` is past tense (`published`), `subject` names the thing (`event:…`).
pub struct Entry<'a> {
    pub org_id: Option<OrgId>,
    pub actor: Actor,
    pub verb: &'a str,
    pub subject: String,
    pub detail: Value,
}

/// Writes a line; it cannot be changed afterwards.
pub async fn write(tx: &mut Tx, entry: Entry<'_>) -> Result<()> {
    sqlx::query!(
        "insert into audit_entry (audit_entry_id, org_id, actor, verb, subject, detail)
         values ($1, $2, $3, $4, $5, $6)",
        AuditEntryId::fresh().0,
        entry.org_id.map(|id| id.0),
        entry.actor.to_string(),
        entry.verb,
        entry.subject,
        entry.detail,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
