//! Many payments of one organizer settled at once, when nothing about them is out of the ordinary.

use sqlx::PgConnection;

use super::settle::{book, capture_of};
use crate::{
    error::Result,
    kernel::{OrgId, PaymentId},
    payments::{Book, Notice, Outcome, Payment, store},
};

/// Reads payments under their locks, taken in order of their ids.
pub async fn lock_all(tx: &mut PgConnection, org_id: OrgId, payments: &[PaymentId]) -> Result<Vec<Payment>> {
    store::lock_payments(tx, org_id, payments).await
}

/// Claims the receipts that notices bring; gives the notices whose receipt is theirs, or that bring none.
pub async fn keep_own_receipts<'a>(
    tx: &mut PgConnection,
    org_id: OrgId,
    notices: Vec<&'a Notice>,
) -> Result<Vec<&'a Notice>> {
    let claims = notices.iter().filter_map(|notice| Some((notice.receipt.as_deref()?, notice.payment_id)));
    let owners = store::claim_receipts(tx, org_id, claims.collect()).await?;
    let is_own = |notice: &Notice| match &notice.receipt {
        Some(receipt) => owners.get(receipt) == Some(&notice.payment_id),
        None => true,
    };
    Ok(notices.into_iter().filter(|notice| is_own(notice)).collect())
}

/// Settles locked payments by their notices and books the money to the organizer, who gives tickets for it in the same
/// transaction.
pub async fn settle_all(tx: &mut PgConnection, org_id: OrgId, settled: &[(&Payment, &Notice)]) -> Result<()> {
    let notices: Vec<_> = settled.iter().map(|(_, notice)| *notice).collect();
    store::mark_succeeded(tx, org_id, &notices).await?;
    let movements = settled.iter().map(|(payment, _)| capture_of(payment, Book::Organizer)).collect();
    book(tx, org_id, "capture", movements).await?;
    let ids: Vec<_> = notices.iter().map(|notice| notice.notice_id).collect();
    store::mark_notices(tx, org_id, &ids, Outcome::Applied).await
}
