//! One order, and all that hangs on it.

use sqlx::PgConnection;

use super::event::{currency, order_state};
use crate::{
    analytics::{AuditLine, DeskOrder, NoticeLine, OrderLine, PaymentLine, RefundLine, TicketLine},
    error::Result,
    kernel::{EventId, Instant, Money, OrderId, OrgId, PaymentId, RefundId, TicketId, ZoneName},
    payments::PaymentState,
    platform::zone::local_time,
};

/// Payments, refunds, notices and audit lines shown of one order; more than anybody can make by trying again.
const PARTS_MAX: i64 = 200;

/// An order with the moment it was paid and the buyer's language; another event's order is not found.
pub async fn get_order(
    tx: &mut PgConnection,
    org_id: OrgId,
    (event_id, zone): (EventId, &ZoneName),
    order_id: OrderId,
) -> Result<(DeskOrder, Option<Instant>, String)> {
    let row = sqlx::query!(
        r#"select order_id as "order_id: OrderId", code, state, currency, total_minor, buyer_name, buyer_email, buyer_phone,
                  created_at, paid_at, locale,
                  coalesce((select sum(order_line.quantity)
                              from order_line
                             where order_line.org_id = orders.org_id
                               and order_line.order_id = orders.order_id), 0) as "tickets!"
             from orders
            where org_id = $1
              and event_id = $2
              and order_id = $3"#,
        org_id.0,
        event_id.0,
        order_id.0,
    )
    .fetch_one(tx)
    .await?;
    let order = DeskOrder {
        order_id: row.order_id,
        code: row.code,
        state: order_state(&row.state)?,
        buyer_name: row.buyer_name.unwrap_or_default(),
        buyer_email: row.buyer_email.unwrap_or_default(),
        buyer_phone: row.buyer_phone.unwrap_or_default(),
        total: Money::new(row.total_minor, currency(&row.currency)?),
        tickets: row.tickets,
        created: local_time(row.created_at, zone),
    };
    Ok((order, row.paid_at, row.locale))
}

/// What was ordered.
pub async fn list_order_lines(tx: &mut PgConnection, org_id: OrgId, order_id: OrderId) -> Result<Vec<OrderLine>> {
    let rows = sqlx::query!(
        r#"select ticket_type.name, ticket_type.currency, order_line.quantity, order_line.unit_minor
             from order_line
             join ticket_type using (org_id, ticket_type_id)
            where order_line.org_id = $1
              and order_line.order_id = $2
            order by order_line.line_no"#,
        org_id.0,
        order_id.0,
    )
    .fetch_all(tx)
    .await?;
    let line = |row: (String, String, i32, i64)| {
        let currency = currency(&row.1)?;
        let (quantity, unit) = (i64::from(row.2), Money::new(row.3, currency));
        Ok(OrderLine { name: row.0, quantity, unit, sum: Money::new(unit.minor.saturating_mul(quantity), currency) })
    };
    rows.into_iter().map(|row| line((row.name, row.currency, row.quantity, row.unit_minor))).collect()
}

/// Every attempt to take money for the order, the latest first; what the provider said is not in it yet.
pub async fn list_payments(
    tx: &mut PgConnection,
    org_id: OrgId,
    order_id: OrderId,
    zone: &ZoneName,
) -> Result<Vec<PaymentLine>> {
    let rows = sqlx::query!(
        r#"select payment_id as "payment_id: PaymentId", provider, state, amount_minor, currency, phone, receipt, failure,
                  created_at, settled_at
             from payment
            where org_id = $1
              and order_id = $2
            order by created_at desc, payment_id desc
            limit $3"#,
        org_id.0,
        order_id.0,
        PARTS_MAX,
    )
    .fetch_all(tx)
    .await?;
    let mut payments = Vec::with_capacity(rows.len());
    for row in rows {
        payments.push(PaymentLine {
            payment_id: row.payment_id,
            provider: row.provider,
            state: PaymentState::of_word(&row.state),
            amount: Money::new(row.amount_minor, currency(&row.currency)?),
            phone: row.phone,
            receipt: row.receipt,
            failure: row.failure,
            started: local_time(row.created_at, zone),
            settled: row.settled_at.map(|at| local_time(at, zone)),
            notices: Vec::new(),
        });
    }
    Ok(payments)
}

/// What the provider said about the order's payments, in the order it was heard.
pub async fn list_notices(
    tx: &mut PgConnection,
    org_id: OrgId,
    order_id: OrderId,
    zone: &ZoneName,
) -> Result<Vec<NoticeLine>> {
    let rows = sqlx::query!(
        r#"select provider_notice.payment_id as "payment_id: PaymentId", source, result_code, outcome, received_at
             from payment
             join provider_notice using (org_id, payment_id)
            where payment.org_id = $1
              and payment.order_id = $2
            order by received_at, notice_id
            limit $3"#,
        org_id.0,
        order_id.0,
        PARTS_MAX,
    )
    .fetch_all(tx)
    .await?;
    let notices = rows.into_iter().map(|row| NoticeLine {
        payment_id: row.payment_id,
        source: row.source,
        result_code: row.result_code,
        outcome: row.outcome,
        received: local_time(row.received_at, zone),
    });
    Ok(notices.collect())
}

/// Money that went back, or is on its way.
pub async fn list_order_refunds(
    tx: &mut PgConnection,
    org_id: OrgId,
    order_id: OrderId,
    zone: &ZoneName,
) -> Result<Vec<RefundLine>> {
    let rows = sqlx::query!(
        r#"select refund_id as "refund_id: RefundId", refund.amount_minor, refund.currency, refund.state, refund.reason,
                  refund.provider_receipt, refund.failure, refund.created_at
             from payment
             join refund using (org_id, payment_id)
            where payment.org_id = $1
              and payment.order_id = $2
            order by refund.created_at desc
            limit $3"#,
        org_id.0,
        order_id.0,
        PARTS_MAX,
    )
    .fetch_all(tx)
    .await?;
    let mut refunds = Vec::with_capacity(rows.len());
    for row in rows {
        refunds.push(RefundLine {
            refund_id: row.refund_id,
            amount: Money::new(row.amount_minor, currency(&row.currency)?),
            state: row.state,
            reason: row.reason,
            receipt: row.provider_receipt,
            failure: row.failure,
            started: local_time(row.created_at, zone),
        });
    }
    Ok(refunds)
}

/// The order's tickets, with the moment each was first let in.
pub async fn list_order_tickets(
    tx: &mut PgConnection,
    org_id: OrgId,
    order_id: OrderId,
    zone: &ZoneName,
) -> Result<Vec<TicketLine>> {
    let rows = sqlx::query!(
        r#"select ticket.ticket_id as "ticket_id: TicketId", ticket_type.name, ticket.holder_name, ticket.manual_code, ticket.state,
                  (select min(admitted_at)
                     from admission
                    where admission.org_id = ticket.org_id
                      and admission.ticket_id = ticket.ticket_id
                      and admission.event_id = ticket.event_id) as admitted_at
             from ticket
             join ticket_type using (org_id, ticket_type_id)
            where ticket.org_id = $1
              and ticket.order_id = $2
            order by ticket.line_no, ticket.seq"#,
        org_id.0,
        order_id.0,
    )
    .fetch_all(tx)
    .await?;
    let tickets = rows.into_iter().map(|row| TicketLine {
        ticket_id: row.ticket_id,
        type_name: row.name,
        holder_name: row.holder_name,
        manual_code: row.manual_code,
        state: row.state,
        admitted: row.admitted_at.map(|at| local_time(at, zone)),
    });
    Ok(tickets.collect())
}

/// What people and the system did to the order, the latest first; an account is shown by its name.
pub async fn list_audit(
    tx: &mut PgConnection,
    org_id: OrgId,
    order_id: OrderId,
    zone: &ZoneName,
) -> Result<Vec<AuditLine>> {
    let rows = sqlx::query!(
        r#"select coalesce(account.name, audit_entry.actor) as "actor!", audit_entry.verb, audit_entry.created_at
             from audit_entry
             left join account
               on account.account_id = case when audit_entry.actor like 'account:%' then substr(audit_entry.actor, 9)::uuid end
            where audit_entry.org_id = $1
              and audit_entry.subject = 'order:' || $2::text
            order by audit_entry.created_at desc
            limit $3"#,
        org_id.0,
        order_id.to_string(),
        PARTS_MAX,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| AuditLine { actor: row.actor, verb: row.verb, at: local_time(row.created_at, zone) })
        .collect())
}
