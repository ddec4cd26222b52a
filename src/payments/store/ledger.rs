//! Statements on `ledger_tx`, `ledger_entry`.

use sqlx::PgConnection;

use crate::{
    error::Result,
    kernel::{LedgerTxId, OrgId},
    payments::ledger::Entry,
};

/// Starts a movement; `false` when this payment or refund has been booked before.
pub async fn insert_ledger_tx(
    tx: &mut PgConnection,
    org_id: OrgId,
    id: LedgerTxId,
    of: (&str, uuid::Uuid),
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into ledger_tx (org_id, ledger_tx_id, kind, ref)
         values ($1, $2, $3, $4)
         on conflict on constraint ledger_tx_once do nothing",
        org_id.0,
        id.0,
        of.0,
        of.1,
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn insert_ledger_entries(
    tx: &mut PgConnection,
    org_id: OrgId,
    id: LedgerTxId,
    entries: &[Entry],
) -> Result<()> {
    let books: Vec<_> = entries.iter().map(|entry| entry.book.word().to_owned()).collect();
    let currencies: Vec<_> = entries.iter().map(|entry| entry.amount.currency.code().to_owned()).collect();
    let amounts: Vec<_> = entries.iter().map(|entry| entry.amount.minor).collect();
    sqlx::query!(
        "insert into ledger_entry (org_id, ledger_tx_id, entry_no, book, currency, amount_minor)
         select $1, $2, entry.no, entry.book, entry.currency, entry.amount
           from unnest($3::text[], $4::text[], $5::bigint[]) with ordinality as entry (book, currency, amount, no)",
        org_id.0,
        id.0,
        &books,
        &currencies,
        &amounts,
    )
    .execute(tx)
    .await?;
    Ok(())
}
