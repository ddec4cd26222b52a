//! One key, one effect, one answer.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::db::Tx;
use crate::{
    error::{AppError, Result},
    kernel::OrgId,
};

/// A key that a client made and keeps until it has its answer: 16 to 100 printable ASCII characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    pub fn parse(text: &str) -> Result<Self> {
        let fits = (16..=100).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        if fits { Ok(Self(text.to_owned())) } else { Err(AppError::BadKey) }
    }
}

/// What a key stands for.
pub enum Claim {
    /// The key is new, and now stands for `subject_id`.
    First,
    /// The same request was made before, with this subject.
    Again(Uuid),
}

/// Claims a key for a subject in the caller's transaction. A second request with the same key waits for the first one's
/// commit, then gets its subject; with another request the key is refused.
pub async fn claim(
    tx: &mut Tx,
    org_id: OrgId,
    scope: &str,
    key: &Key,
    request: &str,
    subject_id: Uuid,
) -> Result<Claim> {
    let hash = Sha256::digest(request.as_bytes()).to_vec();
    let inserted = sqlx::query!(
        "insert into idempotency_key (org_id, scope, key, request_hash, subject_id)
         values ($1, $2, $3, $4, $5)
         on conflict do nothing",
        org_id.0,
        scope,
        key.0,
        hash,
        subject_id,
    )
    .execute(&mut **tx)
    .await?;
    if inserted.rows_affected() == 1 {
        return Ok(Claim::First);
    }
    let found = sqlx::query!(
        "select request_hash, subject_id
           from idempotency_key
          where org_id = $1
            and scope = $2
            and key = $3",
        org_id.0,
        scope,
        key.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    if found.request_hash == hash { Ok(Claim::Again(found.subject_id)) } else { Err(AppError::KeyReused) }
}
