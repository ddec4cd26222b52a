//! Statements on refund and `refund_route`.

use sqlx::PgConnection;

use crate::{
    error::Result,
    kernel::{Currency, Money, OrderId, OrgId, PaymentId, RefundId},
    payments::PaymentRefusal,
    platform::db::OnConstraint,
};

/// Money about to go back.
#[derive(Clone, Debug)]
pub struct NewRefund {
    pub org_id: OrgId,
    pub refund_id: RefundId,
    pub payment_id: PaymentId,
    pub amount: Money,
    pub reason: String,
}

/// A refund with what its provider needs to know.
#[derive(Clone, Debug)]
pub struct RefundRow {
    pub org_id: OrgId,
    pub refund_id: RefundId,
    pub payment_id: PaymentId,
    pub order_id: OrderId,
    pub state: String,
    pub amount: Money,
    pub receipt: Option<String>,
}

pub async fn insert_refund(tx: &mut PgConnection, refund: &NewRefund) -> Result<()> {
    sqlx::query!(
        "insert into refund (org_id, refund_id, payment_id, amount_minor, currency, reason)
         values ($1, $2, $3, $4, $5, $6)",
        refund.org_id.0,
        refund.refund_id.0,
        refund.payment_id.0,
        refund.amount.minor,
        refund.amount.currency.code(),
        refund.reason,
    )
    .execute(tx)
    .await
    .on_constraint("refund_one_open", PaymentRefusal::NotRefundable)?;
    Ok(())
}

/// Minor units of a payment that went back or are on their way.
pub async fn sum_refunds(tx: &mut PgConnection, org_id: OrgId, payment_id: PaymentId) -> Result<i64> {
    let sum = sqlx::query_scalar!(
        r#"select coalesce(sum(amount_minor), 0)::bigint as "sum!"
             from refund
            where org_id = $1
              and payment_id = $2
              and state <> 'failed'"#,
        org_id.0,
        payment_id.0,
    )
    .fetch_one(tx)
    .await?;
    Ok(sum)
}

pub async fn insert_refund_route(tx: &mut PgConnection, org_id: OrgId, refund_id: RefundId, hash: &[u8]) -> Result<()> {
    sqlx::query!(
        "insert into refund_route (secret_hash, org_id, refund_id) values ($1, $2, $3)",
        hash,
        org_id.0,
        refund_id.0,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn find_refund_route(tx: &mut PgConnection, hash: &[u8]) -> Result<Option<(OrgId, RefundId)>> {
    let row = sqlx::query!(
        r#"select org_id as "org_id: OrgId", refund_id as "refund_id: RefundId"
             from refund_route
            where secret_hash = $1"#,
        hash,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| (row.org_id, row.refund_id)))
}

pub async fn lock_refund(tx: &mut PgConnection, org_id: OrgId, refund_id: RefundId) -> Result<RefundRow> {
    let row = sqlx::query!(
        r#"select r.payment_id as "payment_id: PaymentId", p.order_id as "order_id: OrderId", r.state,
                  r.amount_minor, r.currency, p.receipt
             from refund r
             join payment p
               on p.org_id = r.org_id
              and p.payment_id = r.payment_id
            where r.org_id = $1
              and r.refund_id = $2
              for update of r"#,
        org_id.0,
        refund_id.0,
    )
    .fetch_one(tx)
    .await?;
    let currency: Currency =
        row.currency.parse().map_err(|_| crate::error::AppError::fault_text("refund.currency is unknown"))?;
    Ok(RefundRow {
        org_id,
        refund_id,
        payment_id: row.payment_id,
        order_id: row.order_id,
        state: row.state,
        amount: Money::new(row.amount_minor, currency),
        receipt: row.receipt,
    })
}

/// Notes that the provider has been asked; `false` when it had been before.
pub async fn mark_refund_submitted(tx: &mut PgConnection, org_id: OrgId, refund_id: RefundId) -> Result<bool> {
    let done = sqlx::query!(
        "update refund
            set state = 'submitted',
                submitted_at = clock_timestamp()
          where org_id = $1
            and refund_id = $2
            and state = 'requested'",
        org_id.0,
        refund_id.0,
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn mark_refund_succeeded(tx: &mut PgConnection, refund: &RefundRow, receipt: Option<&str>) -> Result<()> {
    sqlx::query!(
        "update refund
            set state = 'succeeded',
                provider_receipt = $3,
                settled_at = clock_timestamp()
          where org_id = $1
            and refund_id = $2",
        refund.org_id.0,
        refund.refund_id.0,
        receipt,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Ends a refund that did not go through: a human looks at `review`; `failed` may be tried again with a new one.
pub async fn mark_refund_failed(tx: &mut PgConnection, refund: &RefundRow, state: &str, why: &str) -> Result<()> {
    sqlx::query!(
        "update refund
            set state = $3,
                failure = $4
          where org_id = $1
            and refund_id = $2
            and state in ('requested', 'submitted')",
        refund.org_id.0,
        refund.refund_id.0,
        state,
        why,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Whether a captured payment was booked as owed to its buyer, because there was no ticket to give for it.
pub async fn is_owed_to_buyer(tx: &mut PgConnection, org_id: OrgId, payment_id: PaymentId) -> Result<bool> {
    let found = sqlx::query_scalar!(
        "select 1
           from ledger_tx t
           join ledger_entry e
             on e.org_id = t.org_id
            and e.ledger_tx_id = t.ledger_tx_id
          where t.org_id = $1
            and t.kind = 'capture'
            and t.ref = $2
            and e.book = 'buyer'",
        org_id.0,
        payment_id.0,
    )
    .fetch_optional(tx)
    .await?;
    Ok(found.is_some())
}
