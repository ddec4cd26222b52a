//! Statements on `provider_notice`.

use std::collections::HashMap;

use serde_json::Value;
use sqlx::PgConnection;

use crate::{
    error::Result,
    kernel::{NoticeId, OrgId, PaymentId},
    payments::{Notice, Outcome},
};

/// Something a provider said, about to be stored.
#[derive(Clone, Debug)]
pub struct NewNotice {
    pub org_id: OrgId,
    pub payment_id: PaymentId,
    pub is_own_query: bool,
    pub dedupe_key: String,
    pub body: Value,
    pub result_code: String,
    pub amount_minor: Option<i64>,
    pub receipt: Option<String>,
}

impl NewNotice {
    fn source(&self) -> &'static str {
        if self.is_own_query { "query" } else { "callback" }
    }
}

/// The payments whose callback paths have these hashes.
pub async fn find_routes(
    tx: &mut PgConnection,
    secret_hashes: &[Vec<u8>],
) -> Result<HashMap<Vec<u8>, (OrgId, PaymentId)>> {
    let rows = sqlx::query!(
        r#"select secret_hash, org_id as "org_id: OrgId", payment_id as "payment_id: PaymentId"
             from payment_route
            where secret_hash = any($1)"#,
        secret_hashes,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.secret_hash, (row.org_id, row.payment_id))).collect())
}

/// Stores what providers said, raw, all but what was said before, by callback or by query; says what is new.
pub async fn insert_notices(tx: &mut PgConnection, notices: &[NewNotice]) -> Result<Vec<(OrgId, NoticeId)>> {
    let dedupe_keys: Vec<_> = notices.iter().map(|notice| notice.dedupe_key.clone()).collect();
    let sources: Vec<_> = notices.iter().map(|notice| notice.source().to_owned()).collect();
    let bodies: Vec<_> = notices.iter().map(|notice| notice.body.clone()).collect();
    let codes: Vec<_> = notices.iter().map(|notice| notice.result_code.clone()).collect();
    let amounts: Vec<_> = notices.iter().map(|notice| notice.amount_minor).collect();
    let receipts: Vec<_> = notices.iter().map(|notice| notice.receipt.clone()).collect();
    let rows = sqlx::query!(
        r#"insert into provider_notice
                  (org_id, notice_id, payment_id, dedupe_key, source, body, result_code, amount_minor, receipt)
           select said.org_id, said.notice_id, said.payment_id, said.dedupe_key, said.source, said.body, said.result_code,
                  said.amount_minor, said.receipt
             from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::jsonb[], $7::text[], $8::bigint[],
                         $9::text[])
                  as said (org_id, notice_id, payment_id, dedupe_key, source, body, result_code, amount_minor, receipt)
            order by said.org_id, said.payment_id, said.dedupe_key
               on conflict on constraint provider_notice_once do nothing
        returning org_id as "org_id: OrgId", notice_id as "notice_id: NoticeId""#,
        &notices.iter().map(|notice| notice.org_id.0).collect::<Vec<_>>(),
        &notices.iter().map(|_| NoticeId::fresh().0).collect::<Vec<_>>(),
        &notices.iter().map(|notice| notice.payment_id.0).collect::<Vec<_>>(),
        &dedupe_keys,
        &sources,
        &bodies,
        &codes,
        &amounts as &[Option<i64>],
        &receipts as &[Option<String>],
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.org_id, row.notice_id)).collect())
}

pub async fn find_notice(tx: &mut PgConnection, org_id: OrgId, notice_id: NoticeId) -> Result<Option<Notice>> {
    let row = sqlx::query!(
        r#"select payment_id as "payment_id: PaymentId", source, result_code, amount_minor, receipt, applied_at is not null as "is_applied!",
                  body #>> '{Body,stkCallback,MerchantRequestID}' as merchant_request_id,
                  coalesce(body #>> '{Body,stkCallback,CheckoutRequestID}', body ->> 'CheckoutRequestID') as checkout_request_id
             from provider_notice
            where org_id = $1
              and notice_id = $2"#,
        org_id.0,
        notice_id.0,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| Notice {
        org_id,
        notice_id,
        payment_id: row.payment_id,
        is_own_query: row.source == "query",
        merchant_request_id: row.merchant_request_id,
        checkout_request_id: row.checkout_request_id,
        result_code: row.result_code,
        amount_minor: row.amount_minor,
        receipt: row.receipt,
        is_applied: row.is_applied,
    }))
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

/// Notices that have waited longer than their job should have taken.
pub async fn list_late_notices(tx: &mut PgConnection, limit: i64) -> Result<Vec<(OrgId, NoticeId)>> {
    let rows = sqlx::query!(
        r#"select org_id as "org_id: OrgId", notice_id as "notice_id: NoticeId"
             from provider_notice
            where applied_at is null
              and received_at < clock_timestamp() - interval '20 seconds'
            order by received_at
            limit $1"#,
        limit,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.org_id, row.notice_id)).collect())
}

/// Whether the provider gave an id to another payment, of whatever organizer.
pub async fn is_id_of_another(tx: &mut PgConnection, payment_id: PaymentId, checkout_request_id: &str) -> Result<bool> {
    let is_known = sqlx::query_scalar!(
        r#"select exists (
               select
                 from payment
                where checkout_request_id = $1
                  and payment_id <> $2
           ) as "is_known!""#,
        checkout_request_id,
        payment_id.0,
    )
    .fetch_one(tx)
    .await?;
    Ok(is_known)
}
