//! `ticket_type`, pool, hold, orders, payment, ledger, refund, ticket, revocation, message, `audit_entry`.

use serde_json::Value;
use sqlx::PgConnection;

use crate::{
    error::Result,
    kernel::{EventId, OrgId},
};

/// Adds ticket types, each with a pool of its own that knows what is sold.
pub async fn insert_types(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    currency: &str,
    rows: Value,
) -> Result<()> {
    sqlx::query!(
        "with new as (
             select ticket_type_id, pool_id, product, name, price_minor, capacity, sold
               from jsonb_to_recordset($4) as r (ticket_type_id uuid, pool_id uuid, product int, name text, price_minor bigint,
                                                 capacity int, sold int)
         ), stock as (
             insert into pool (org_id, pool_id, event_id, name, capacity, sold, own_type)
             select $1, pool_id, $2, name, capacity, sold, ticket_type_id from new
         ), kind as (
             insert into ticket_type (org_id, ticket_type_id, event_id, product, name, price_minor, currency, position)
             select $1, ticket_type_id, $2, product, name, price_minor, $3, product from new
         )
         insert into ticket_type_pool (org_id, ticket_type_id, pool_id)
         select $1, ticket_type_id, pool_id from new",
        org_id.0,
        event_id.0,
        currency,
        rows,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Adds the holds that orders were born with; each ended when its order was paid or given up.
pub async fn insert_holds(tx: &mut PgConnection, org_id: OrgId, event_id: EventId, orders: &Value) -> Result<()> {
    sqlx::query!(
        "with new as (
             select hold_id, hold_state, ticket_type_id, quantity, to_timestamp(created_at / 1000.0) as created_at
               from jsonb_to_recordset($3) as r (hold_id uuid, hold_state text, ticket_type_id uuid, quantity int, created_at bigint)
         ), held as (
             insert into hold (org_id, hold_id, event_id, state, expires_at, created_at)
             select $1, hold_id, $2, hold_state, created_at + interval '10 minutes', created_at from new
         )
         insert into hold_line (org_id, hold_id, ticket_type_id, quantity)
         select $1, hold_id, ticket_type_id, quantity from new",
        org_id.0,
        event_id.0,
        orders,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Adds orders of one line each, with the digests of their links.
pub async fn insert_orders(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    currency: &str,
    orders: &Value,
) -> Result<()> {
    sqlx::query!(
        "with new as (
             select order_id, hold_id, code, link_hash, state, ticket_type_id, quantity, unit_minor, total_minor, buyer_name,
                    buyer_email, buyer_phone, account_id, locale, to_timestamp(created_at / 1000.0) as created_at,
                    to_timestamp(paid_at / 1000.0) as paid_at
               from jsonb_to_recordset($4) as r (order_id uuid, hold_id uuid, code text, link_hash text, state text,
                        ticket_type_id uuid, quantity int, unit_minor bigint, total_minor bigint, buyer_name text,
                        buyer_email text, buyer_phone text, account_id uuid, locale text, created_at bigint, paid_at bigint)
         ), bought as (
             insert into orders (org_id, order_id, event_id, hold_id, code, state, currency, total_minor, buyer_name,
                                 buyer_email, buyer_phone, account_id, locale, created_at, updated_at, paid_at)
             select $1, order_id, $2, hold_id, code, state, $3, total_minor, buyer_name, buyer_email, buyer_phone, account_id,
                    locale, created_at, coalesce(paid_at, created_at), paid_at
               from new
         ), link as (
             insert into order_link (link_hash, org_id, order_id)
             select decode(link_hash, 'hex'), $1, order_id from new
         )
         insert into order_line (org_id, order_id, line_no, ticket_type_id, quantity, unit_minor)
         select $1, order_id, 1, ticket_type_id, quantity, unit_minor from new",
        org_id.0,
        event_id.0,
        currency,
        orders,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Adds payments with the provider's answers, and the receipts of those that succeeded.
pub async fn insert_payments(tx: &mut PgConnection, org_id: OrgId, currency: &str, payments: &Value) -> Result<()> {
    sqlx::query!(
        "with new as (
             select payment_id, order_id, state, amount_minor, provider, phone, merchant_request_id, checkout_request_id, receipt, failure,
                    notice_id, result_code, to_timestamp(created_at / 1000.0) as created_at,
                    to_timestamp(settled_at / 1000.0) as settled_at
               from jsonb_to_recordset($3) as r (payment_id uuid, order_id uuid, state text, amount_minor bigint, provider text, phone text,
                        merchant_request_id text, checkout_request_id text, receipt text, failure text, notice_id uuid,
                        result_code text, created_at bigint, settled_at bigint)
         ), paid as (
             insert into payment (org_id, payment_id, order_id, provider, state, amount_minor, currency, phone,
                                  merchant_request_id, checkout_request_id, receipt, failure, prompted_at, settled_at, polls,
                                  created_at, updated_at)
             select $1, payment_id, order_id, provider, state, amount_minor, $2, phone, merchant_request_id, checkout_request_id,
                    receipt, failure, case when provider = 'mpesa' then created_at end, settled_at,
                    case when provider = 'mpesa' then 1 else 0 end, created_at, settled_at
               from new
         ), said as (
             insert into provider_notice (org_id, notice_id, payment_id, dedupe_key, source, body, result_code, amount_minor,
                                          receipt, outcome, received_at, applied_at)
             select $1, notice_id, payment_id, 'demo', 'query',
                    jsonb_build_object('CheckoutRequestID', checkout_request_id, 'ResultCode', result_code), result_code,
                    case when receipt is not null then amount_minor end, receipt, 'applied', settled_at, settled_at
               from new
              where provider = 'mpesa'
         )
         insert into receipt_directory (provider, receipt, org_id, payment_id)
         select provider, receipt, $1, payment_id from new where receipt is not null",
        org_id.0,
        currency,
        payments,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Books what was captured: the provider holds it, the organizer is owed it.
pub async fn insert_captures(tx: &mut PgConnection, org_id: OrgId, currency: &str, payments: &Value) -> Result<()> {
    sqlx::query!(
        "with new as (
             select ledger_tx_id, payment_id, amount_minor, to_timestamp(settled_at / 1000.0) as settled_at
               from jsonb_to_recordset($3) as r (ledger_tx_id uuid, payment_id uuid, amount_minor bigint, settled_at bigint, state text)
              where state = 'succeeded'
         ), booked as (
             insert into ledger_tx (org_id, ledger_tx_id, kind, ref, created_at)
             select $1, ledger_tx_id, 'capture', payment_id, settled_at from new
         )
         insert into ledger_entry (org_id, ledger_tx_id, entry_no, book, currency, amount_minor)
         select $1, ledger_tx_id, side.entry_no, side.book, $2, side.sign * amount_minor
           from new, (values (1, 'provider', 1), (2, 'organizer', -1)) as side (entry_no, book, sign)",
        org_id.0,
        currency,
        payments,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Adds refunds that arrived, and books them.
pub async fn insert_refunds(tx: &mut PgConnection, org_id: OrgId, currency: &str, refunds: Value) -> Result<()> {
    sqlx::query!(
        "with new as (
             select refund_id, payment_id, amount_minor, provider_receipt, ledger_tx_id,
                    to_timestamp(created_at / 1000.0) as created_at, to_timestamp(settled_at / 1000.0) as settled_at
               from jsonb_to_recordset($3) as r (refund_id uuid, payment_id uuid, amount_minor bigint, provider_receipt text,
                        ledger_tx_id uuid, created_at bigint, settled_at bigint)
         ), given as (
             insert into refund (org_id, refund_id, payment_id, amount_minor, currency, state, reason, provider_receipt,
                                 submitted_at, settled_at, created_at, updated_at)
             select $1, refund_id, payment_id, amount_minor, $2, 'succeeded', 'requested by the buyer', provider_receipt,
                    created_at, settled_at, created_at, settled_at
               from new
         ), booked as (
             insert into ledger_tx (org_id, ledger_tx_id, kind, ref, created_at)
             select $1, ledger_tx_id, 'refund', refund_id, settled_at from new
         )
         insert into ledger_entry (org_id, ledger_tx_id, entry_no, book, currency, amount_minor)
         select $1, ledger_tx_id, side.entry_no, side.book, $2, side.sign * amount_minor
           from new, (values (1, 'provider', -1), (2, 'organizer', 1)) as side (entry_no, book, sign)",
        org_id.0,
        currency,
        refunds,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Adds tickets; those that are void go into the feed that gates read.
pub async fn insert_tickets(tx: &mut PgConnection, org_id: OrgId, event_id: EventId, tickets: &Value) -> Result<()> {
    sqlx::query!(
        "with new as (
             select ticket_id, order_id, seq, ticket_type_id, slot, code, manual_code, holder_name, state, revocation_id,
                    to_timestamp(issued_at / 1000.0) as issued_at, to_timestamp(voided_at / 1000.0) as voided_at
               from jsonb_to_recordset($3) as r (ticket_id uuid, order_id uuid, seq int, ticket_type_id uuid, slot bigint,
                        code text, manual_code text, holder_name text, state text, revocation_id uuid, issued_at bigint,
                        voided_at bigint)
         ), issued as (
             insert into ticket (org_id, ticket_id, event_id, order_id, line_no, seq, ticket_type_id, slot, code, manual_code,
                                 holder_name, state, issued_at, voided_at)
             select $1, ticket_id, $2, order_id, 1, seq, ticket_type_id, slot, code, manual_code, holder_name, state, issued_at,
                    voided_at
               from new
         )
         insert into revocation (org_id, event_id, revocation_id, ticket_id, slot, generation, reason, created_at)
         select $1, $2, revocation_id, ticket_id, slot, 0, 'refunded', voided_at from new where state = 'void'",
        org_id.0,
        event_id.0,
        tickets,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Adds the mails that brought the tickets; they went out long ago.
pub async fn insert_messages(tx: &mut PgConnection, org_id: OrgId, messages: Value) -> Result<()> {
    sqlx::query!(
        "insert into message (message_id, org_id, topic, subject_key, recipient, subject, body_text, body_html, sent_at, created_at)
         select message_id, $1, topic, order_id::text, recipient, subject, body_text, body_html,
                to_timestamp(created_at / 1000.0), to_timestamp(created_at / 1000.0)
           from jsonb_to_recordset($2) as r (message_id uuid, topic text, order_id uuid, recipient text, subject text,
                    body_text text, body_html text, created_at bigint)",
        org_id.0,
        messages,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Adds who did what.
pub async fn insert_audit(tx: &mut PgConnection, org_id: OrgId, entries: Value) -> Result<()> {
    sqlx::query!(
        "insert into audit_entry (audit_entry_id, org_id, actor, verb, subject, created_at)
         select audit_entry_id, $1, actor, verb, subject, to_timestamp(created_at / 1000.0)
           from jsonb_to_recordset($2) as r (audit_entry_id uuid, actor text, verb text, subject text, created_at bigint)",
        org_id.0,
        entries,
    )
    .execute(tx)
    .await?;
    Ok(())
}
