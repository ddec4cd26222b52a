//! Statements that settle many payments of one organizer at once.

use std::collections::{HashMap, HashSet};

use sqlx::PgConnection;

use crate::{
    error::Result,
    kernel::{LedgerTxId, NoticeId, OrgId, PaymentId},
    payments::{Notice, Outcome, ledger::Entry},
};

/// Claims receipts for payments, in order of the receipts; says whose each is now.
pub async fn claim_receipts(
    tx: &mut PgConnection,
    org_id: OrgId,
    mut claims: Vec<(&str, PaymentId)>,
) -> Result<HashMap<String, PaymentId>> {
    claims.sort_unstable_by_key(|(receipt, _)| *receipt);
    let receipts: Vec<_> = claims.iter().map(|(receipt, _)| (*receipt).to_owned()).collect();
    let payments: Vec<_> = claims.iter().map(|(_, payment_id)| payment_id.0).collect();
    sqlx::query!(
        "insert into receipt_directory (provider, receipt, org_id, payment_id)
         select 'mpesa', claim.receipt, $1, claim.payment_id
           from unnest($2::text[], $3::uuid[]) with ordinality as claim (receipt, payment_id, no)
          order by claim.no
             on conflict do nothing",
        org_id.0,
        &receipts,
        &payments,
    )
    .execute(&mut *tx)
    .await?;
    let rows = sqlx::query!(
        r#"select receipt, payment_id as "payment_id: PaymentId"
             from receipt_directory
            where provider = 'mpesa'
              and receipt = any($1)"#,
        &receipts,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.receipt, row.payment_id)).collect())
}

/// Marks the payments of notices as succeeded.
pub async fn mark_all_succeeded(tx: &mut PgConnection, org_id: OrgId, notices: &[&Notice]) -> Result<()> {
    let ids: Vec<_> = notices.iter().map(|notice| notice.payment_id.0).collect();
    let receipts: Vec<_> = notices.iter().map(|notice| notice.receipt.clone()).collect();
    let merchant_ids: Vec<_> = notices.iter().map(|notice| notice.merchant_request_id.clone()).collect();
    let checkout_ids: Vec<_> = notices.iter().map(|notice| notice.checkout_request_id.clone()).collect();
    sqlx::query!(
        "update payment p
            set state = 'succeeded',
                failure = null,
                settled_at = clock_timestamp(),
                next_poll_at = null,
                receipt = coalesce(p.receipt, said.receipt),
                merchant_request_id = coalesce(p.merchant_request_id, said.merchant_request_id),
                checkout_request_id = coalesce(p.checkout_request_id, said.checkout_request_id)
           from unnest($2::uuid[], $3::text[], $4::text[], $5::text[])
                as said (payment_id, receipt, merchant_request_id, checkout_request_id)
          where p.org_id = $1
            and p.payment_id = said.payment_id",
        org_id.0,
        &ids,
        &receipts as &[Option<String>],
        &merchant_ids as &[Option<String>],
        &checkout_ids as &[Option<String>],
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Says what became of notices.
pub async fn mark_notices(tx: &mut PgConnection, org_id: OrgId, notices: &[NoticeId], outcome: Outcome) -> Result<()> {
    sqlx::query!(
        "update provider_notice
            set outcome = $3,
                applied_at = clock_timestamp()
          where org_id = $1
            and notice_id = any($2)",
        org_id.0,
        &notices.iter().map(|id| id.0).collect::<Vec<_>>(),
        outcome.word(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A movement of money about to be booked.
pub struct Movement {
    pub ledger_tx_id: LedgerTxId,
    pub ref_id: uuid::Uuid,
    pub entries: Vec<Entry>,
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
pub async fn insert_all_entries(tx: &mut PgConnection, org_id: OrgId, movements: &[Movement]) -> Result<()> {
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
