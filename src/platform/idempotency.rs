//! One key, one effect, one answer.

use std::collections::HashMap;

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

/// A key, the request that it stands for, and what is to be known by it.
pub struct Asked<'a> {
    pub key: &'a Key,
    pub request: String,
    pub subject_id: Uuid,
}

/// Claims a key for a subject in the caller's transaction; see `claim_all`.
pub async fn claim(tx: &mut Tx, org_id: OrgId, scope: &str, asked: Asked<'_>) -> Result<Claim> {
    claim_all(tx, org_id, scope, &[asked]).await?.pop().unwrap_or(Err(AppError::BadKey))
}

/// Claims keys for subjects in the caller's transaction. A second request with the same key waits for the first one's
/// commit, then gets its subject; with another request the key is refused. Among equal keys the first one counts.
pub async fn claim_all(tx: &mut Tx, org_id: OrgId, scope: &str, asked: &[Asked<'_>]) -> Result<Vec<Result<Claim>>> {
    // Sorted, so that two nodes with the same keys wait for each other in one order. The sort keeps equals in theirs.
    let mut sorted: Vec<_> = asked.iter().collect();
    sorted.sort_by(|a, b| a.key.0.cmp(&b.key.0));
    let hash = |asked: &Asked<'_>| Sha256::digest(asked.request.as_bytes()).to_vec();
    let keys: Vec<_> = sorted.iter().map(|asked| asked.key.0.clone()).collect();
    let hashes: Vec<_> = sorted.iter().map(|asked| hash(asked)).collect();
    let subjects: Vec<_> = sorted.iter().map(|asked| asked.subject_id).collect();
    let inserted = insert_keys(tx, org_id, scope, (&keys, &hashes, &subjects)).await?;
    if inserted.len() == asked.len() {
        return Ok(asked.iter().map(|_| Ok(Claim::First)).collect());
    }
    let known = find_keys(tx, org_id, scope, &keys).await?;
    let answer = |asked: &Asked<'_>| match known.get(&asked.key.0) {
        Some((_, subject_id)) if *subject_id == asked.subject_id && inserted.contains(subject_id) => Ok(Claim::First),
        Some((request_hash, subject_id)) if *request_hash == hash(asked) => Ok(Claim::Again(*subject_id)),
        _ => Err(AppError::KeyReused),
    };
    Ok(asked.iter().map(answer).collect())
}

async fn insert_keys(
    tx: &mut Tx,
    org_id: OrgId,
    scope: &str,
    (keys, hashes, subjects): (&[String], &[Vec<u8>], &[Uuid]),
) -> Result<Vec<Uuid>> {
    let inserted = sqlx::query_scalar!(
        "insert into idempotency_key (org_id, scope, key, request_hash, subject_id)
         select $1, $2, fresh.key, fresh.request_hash, fresh.subject_id
           from unnest($3::text[], $4::bytea[], $5::uuid[]) with ordinality as fresh (key, request_hash, subject_id, no)
          order by fresh.no
             on conflict do nothing
         returning subject_id",
        org_id.0,
        scope,
        keys,
        hashes,
        subjects,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(inserted)
}

async fn find_keys(
    tx: &mut Tx,
    org_id: OrgId,
    scope: &str,
    keys: &[String],
) -> Result<HashMap<String, (Vec<u8>, Uuid)>> {
    let rows = sqlx::query!(
        "select key, request_hash, subject_id
           from idempotency_key
          where org_id = $1
            and scope = $2
            and key = any($3)",
        org_id.0,
        scope,
        keys,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.key, (row.request_hash, row.subject_id))).collect())
}

/// Forgets the keys of subjects that came to nothing in the same transaction, so that they may be used again. A key that
/// stands for another subject stays.
pub async fn let_go(tx: &mut Tx, org_id: OrgId, scope: &str, gone: &[(&Key, Uuid)]) -> Result<()> {
    if gone.is_empty() {
        return Ok(());
    }
    let (keys, subjects): (Vec<_>, Vec<_>) = gone.iter().map(|(key, subject_id)| (key.0.clone(), *subject_id)).unzip();
    sqlx::query!(
        "delete from idempotency_key
          using unnest($3::text[], $4::uuid[]) as gone (key, subject_id)
          where idempotency_key.org_id = $1
            and idempotency_key.scope = $2
            and idempotency_key.key = gone.key
            and idempotency_key.subject_id = gone.subject_id",
        org_id.0,
        scope,
        &keys,
        &subjects,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
