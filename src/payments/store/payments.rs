//! Statements on payment, `payment_route`, `receipt_directory`.

use std::collections::HashMap;

use sqlx::PgConnection;

use crate::{
    error::{AppError, Result},
    kernel::{Currency, Instant, Money, OrderId, OrgId, PaymentId, PhoneNumber},
    payments::{Notice, Payment, PaymentRefusal, PaymentState, Provider},
    platform::db::{OnConstraint, stored},
};

/// Payments as they are read everywhere, narrowed by what follows their columns.
macro_rules! select_payments {
    ($narrowed:literal, $($value:expr),+ $(,)?) => {
        sqlx::query_as!(
            PaymentRow,
            r#"select org_id as "org_id: OrgId", payment_id as "payment_id: PaymentId", order_id as "order_id: OrderId",
                      state, amount_minor, currency, provider, phone, merchant_request_id, checkout_request_id, receipt,
                      created_at, prompted_at, polls
                 from payment
            "# + $narrowed,
            $($value),+
        )
    };
}

struct PaymentRow {
    org_id: OrgId,
    payment_id: PaymentId,
    order_id: OrderId,
    state: String,
    amount_minor: i64,
    currency: String,
    provider: String,
    phone: String,
    merchant_request_id: Option<String>,
    checkout_request_id: Option<String>,
    receipt: Option<String>,
    created_at: Instant,
    prompted_at: Option<Instant>,
    polls: i32,
}

impl TryFrom<PaymentRow> for Payment {
    type Error = AppError;

    fn try_from(row: PaymentRow) -> Result<Self> {
        let currency: Currency =
            row.currency.parse().map_err(|_| Self::Error::fault_text("payment.currency is unknown"))?;
        let provider = Provider::of_word(&row.provider);
        Ok(Self {
            org_id: row.org_id,
            payment_id: row.payment_id,
            order_id: row.order_id,
            state: PaymentState::of_word(&row.state),
            amount: Money::new(row.amount_minor, currency),
            provider,
            phone: match provider {
                Provider::Mpesa => Some(stored(PhoneNumber::parse_kenyan(&row.phone))?),
                Provider::Cash => None,
            },
            merchant_request_id: row.merchant_request_id,
            checkout_request_id: row.checkout_request_id,
            receipt: row.receipt,
            created_at: row.created_at,
            prompted_at: row.prompted_at,
            polls: row.polls,
        })
    }
}

pub async fn insert_payment(tx: &mut PgConnection, payment: &Payment) -> Result<()> {
    sqlx::query!(
        "insert into payment (org_id, payment_id, order_id, provider, amount_minor, currency, phone, next_poll_at)
         values ($1, $2, $3, 'mpesa', $4, $5, $6, clock_timestamp())",
        payment.org_id.0,
        payment.payment_id.0,
        payment.order_id.0,
        payment.amount.minor,
        payment.amount.currency.code(),
        payment.phone.as_ref().map_or("", PhoneNumber::msisdn),
    )
    .execute(tx)
    .await
    .on_constraint("payment_one_open", PaymentRefusal::AlreadyOpen)?;
    Ok(())
}

pub async fn insert_route(tx: &mut PgConnection, payment: &Payment, secret_hash: &[u8]) -> Result<()> {
    sqlx::query!(
        "insert into payment_route (secret_hash, org_id, payment_id) values ($1, $2, $3)",
        secret_hash,
        payment.org_id.0,
        payment.payment_id.0,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn lock_payment(tx: &mut PgConnection, org_id: OrgId, payment_id: PaymentId) -> Result<Payment> {
    lock_payments(tx, org_id, &[payment_id]).await?.pop().ok_or(AppError::NotFound)
}

/// Locks payments, in order of their ids.
pub async fn lock_payments(tx: &mut PgConnection, org_id: OrgId, payments: &[PaymentId]) -> Result<Vec<Payment>> {
    select_payments!(
        "where org_id = $1
              and payment_id = any($2)
            order by payment_id
              for update",
        org_id.0,
        &payments.iter().map(|id| id.0).collect::<Vec<_>>(),
    )
    .fetch_all(tx)
    .await?
    .into_iter()
    .map(TryInto::try_into)
    .collect()
}

pub async fn get_payment(tx: &mut PgConnection, org_id: OrgId, payment_id: PaymentId) -> Result<Payment> {
    select_payments!(
        "where org_id = $1
              and payment_id = $2",
        org_id.0,
        payment_id.0,
    )
    .fetch_one(tx)
    .await?
    .try_into()
}

/// The newest attempt of an order to be paid by phone.
pub struct LatestPayment {
    pub payment_id: PaymentId,
    pub state: PaymentState,
    /// Why it failed, if it did.
    pub failure: Option<String>,
    pub phone: PhoneNumber,
    /// When the phone was asked.
    pub since: Instant,
}

/// The order's newest attempt.
pub async fn find_latest(tx: &mut PgConnection, org_id: OrgId, order_id: OrderId) -> Result<Option<LatestPayment>> {
    let row = sqlx::query!(
        r#"select payment_id as "payment_id: PaymentId", state, failure, phone, coalesce(prompted_at, created_at) as "since!: Instant"
             from payment
            where org_id = $1
              and order_id = $2
              and provider = 'mpesa'
            order by created_at desc
            limit 1"#,
        org_id.0,
        order_id.0,
    )
    .fetch_optional(tx)
    .await?;
    row.map(|row| {
        let phone = stored(PhoneNumber::parse_kenyan(&row.phone))?;
        Ok(LatestPayment {
            payment_id: row.payment_id,
            state: PaymentState::of_word(&row.state),
            failure: row.failure,
            phone,
            since: row.since,
        })
    })
    .transpose()
}

/// Whether an attempt of the order is still open.
pub async fn has_open(tx: &mut PgConnection, org_id: OrgId, order_id: OrderId) -> Result<bool> {
    let found = sqlx::query_scalar!(
        "select 1
           from payment
          where org_id = $1
            and order_id = $2
            and state in ('created', 'prompting', 'prompted', 'unknown')",
        org_id.0,
        order_id.0,
    )
    .fetch_optional(tx)
    .await?;
    Ok(found.is_some())
}

/// Takes a payment from created to prompting; `false` when somebody has done so before, and must not be asked again.
pub async fn mark_prompting(tx: &mut PgConnection, org_id: OrgId, payment_id: PaymentId) -> Result<bool> {
    let done = sqlx::query!(
        "update payment
            set state = 'prompting',
                prompted_at = clock_timestamp()
          where org_id = $1
            and payment_id = $2
            and state = 'created'",
        org_id.0,
        payment_id.0,
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes the provider's ids. A callback may have been faster, so the state moves only from prompting or unknown.
pub async fn mark_prompted(tx: &mut PgConnection, payment: (OrgId, PaymentId), ids: (&str, &str)) -> Result<()> {
    sqlx::query!(
        "update payment
            set state = case when state in ('prompting', 'unknown') then 'prompted' else state end,
                merchant_request_id = coalesce(merchant_request_id, $3),
                checkout_request_id = coalesce(checkout_request_id, $4)
          where org_id = $1
            and payment_id = $2",
        payment.0.0,
        payment.1.0,
        ids.0,
        ids.1,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Moves an open payment to a state that is not success. Success and review are never overwritten here.
pub async fn mark_not_paid(
    tx: &mut PgConnection,
    payment: (OrgId, PaymentId),
    state: PaymentState,
    failure: Option<&str>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update payment
            set state = $3,
                failure = $4
          where org_id = $1
            and payment_id = $2
            and state in ('created', 'prompting', 'prompted', 'unknown')",
        payment.0.0,
        payment.1.0,
        state.word(),
        failure,
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Marks a payment for a human to look at, unless it has succeeded.
pub async fn mark_review(tx: &mut PgConnection, payment: (OrgId, PaymentId), why: &str) -> Result<()> {
    sqlx::query!(
        "update payment
            set state = 'review',
                failure = $3
          where org_id = $1
            and payment_id = $2
            and state <> 'succeeded'",
        payment.0.0,
        payment.1.0,
        why,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Marks the payments of notices as succeeded.
pub async fn mark_succeeded(tx: &mut PgConnection, org_id: OrgId, notices: &[&Notice]) -> Result<()> {
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

/// Adds the receipt to a payment that was settled by a query, which brings none.
pub async fn add_receipt(tx: &mut PgConnection, payment: (OrgId, PaymentId), receipt: &str) -> Result<()> {
    sqlx::query!(
        "update payment
            set receipt = coalesce(receipt, $3)
          where org_id = $1
            and payment_id = $2",
        payment.0.0,
        payment.1.0,
        receipt,
    )
    .execute(tx)
    .await?;
    Ok(())
}

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

/// Counts one more question to the provider and notes when the next one is due.
pub async fn mark_polled(tx: &mut PgConnection, payment: (OrgId, PaymentId), next_secs: Option<i64>) -> Result<()> {
    sqlx::query!(
        "update payment
            set polls = polls + 1,
                next_poll_at = clock_timestamp() + make_interval(secs => $3)
          where org_id = $1
            and payment_id = $2",
        payment.0.0,
        payment.1.0,
        next_secs.map(|secs| secs as f64),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The captured payments of an order, under their locks.
pub async fn list_captured(tx: &mut PgConnection, org_id: OrgId, order_id: OrderId) -> Result<Vec<Payment>> {
    select_payments!(
        "where org_id = $1
              and order_id = $2
              and state = 'succeeded'
            order by payment_id
              for update",
        org_id.0,
        order_id.0,
    )
    .fetch_all(tx)
    .await?
    .into_iter()
    .map(TryInto::try_into)
    .collect()
}
