//! Statements on `ledger_tx`, `ledger_entry`.

use std::collections::HashSet;

use sqlx::PgConnection;

use crate::{
    error::Result,
    kernel::{LedgerTxId, OrgId},
    payments::ledger::Entry,
};

/// A movement of money about to be booked.
pub struct Movement {
    pub ledger_tx_id: LedgerTxId,
    pub ref_id: uuid::Uuid,
    pub entries: Vec<Entry>,
}

impl Movement {
    /// A movement for a payment or a refund, under an id of its own.
    pub fn of(ref_id: uuid::Uuid, entries: Vec<Entry>) -> Self {
        Self { ledger_tx_id: LedgerTxId::fresh(), ref_id, entries }
    }
}

/// Starts movements of one kind; says which were new.
pub async fn insert_ledger_txs(
    tx: &mut PgConnection,
    org_id: OrgId,
    kind: &str,
    movements: &[Movement],
) -> Result<HashSet<LedgerTxId>> {
    let rows = sqlx::query_scalar!(
        r#"insert into ledger_tx (org_id, ledger_tx_id, kind, ref)
           select $1, movement.id, $2, movement.ref
             from unnest($3::uuid[], $4::uuid[]) as movement (id, ref)
               on conflict on constraint ledger_tx_once do nothing
        returning ledger_tx_id as "ledger_tx_id: LedgerTxId""#,
        org_id.0,
        kind,
        &movements.iter().map(|movement| movement.ledger_tx_id.0).collect::<Vec<_>>(),
        &movements.iter().map(|movement| movement.ref_id).collect::<Vec<_>>(),
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().collect())
}

/// Writes the entries of movements.
pub async fn insert_ledger_entries(tx: &mut PgConnection, org_id: OrgId, movements: &[Movement]) -> Result<()> {
    let (mut ids, mut numbers, mut books) = (Vec::new(), Vec::new(), Vec::new());
    let (mut currencies, mut amounts) = (Vec::new(), Vec::new());
    for movement in movements {
        for (no, entry) in (1..).zip(&movement.entries) {
            ids.push(movement.ledger_tx_id.0);
            numbers.push(no);
            books.push(entry.book.word().to_owned());
            currencies.push(entry.amount.currency.code().to_owned());
            amounts.push(entry.amount.minor);
        }
    }
    sqlx::query!(
        "insert into ledger_entry (org_id, ledger_tx_id, entry_no, book, currency, amount_minor)
         select $1, entry.id, entry.no, entry.book, entry.currency, entry.amount
           from unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::bigint[])
                as entry (id, no, book, currency, amount)",
        org_id.0,
        &ids,
        &numbers,
        &books,
        &currencies,
        &amounts,
    )
    .execute(tx)
    .await?;
    Ok(())
}
