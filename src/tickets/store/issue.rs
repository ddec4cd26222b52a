//! Statements on ticket and revocation.

use std::collections::HashSet;

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    error::Result,
    kernel::{EventId, OrderId, OrgId, RevocationId, TicketTypeId},
    tickets::issue::{NewTicket, Rules},
};

pub async fn get_rules(tx: &mut PgConnection, org_id: OrgId, event_id: EventId) -> Result<Rules> {
    let rules = sqlx::query_as!(
        Rules,
        r#"select e.starts_at, e.ends_at, coalesce(sum(p.capacity), 0)::bigint as "capacity!"
             from event e
             left join pool p
               on p.org_id = e.org_id
              and p.event_id = e.event_id
            where e.org_id = $1
              and e.event_id = $2
            group by e.org_id, e.event_id"#,
        org_id.0,
        event_id.0,
    )
    .fetch_one(tx)
    .await?;
    Ok(rules)
}

/// The number that a ticket's code gives its type by.
pub async fn list_products(
    tx: &mut PgConnection,
    org_id: OrgId,
    event_id: EventId,
) -> Result<Vec<(TicketTypeId, u16)>> {
    let rows = sqlx::query!(
        r#"select ticket_type_id as "ticket_type_id: TicketTypeId", product
             from ticket_type
            where org_id = $1
              and event_id = $2"#,
        org_id.0,
        event_id.0,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.ticket_type_id, u16::try_from(row.product).unwrap_or_default())).collect())
}

/// A ticket by its order, line and number.
pub type TicketPlace = (OrderId, i32, i32);

/// Stores tickets of an event, all but those whose slot or typed code is taken; says which were stored.
pub async fn insert_tickets(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    tickets: &[NewTicket<'_>],
) -> Result<HashSet<TicketPlace>> {
    let ids: Vec<_> = tickets.iter().map(|ticket| ticket.ticket_id.0).collect();
    let orders: Vec<_> = tickets.iter().map(|ticket| ticket.order.order_id.0).collect();
    let lines: Vec<_> = tickets.iter().map(|ticket| ticket.seat.line_no).collect();
    let seqs: Vec<_> = tickets.iter().map(|ticket| ticket.seat.seq).collect();
    let types: Vec<_> = tickets.iter().map(|ticket| ticket.seat.ticket_type_id.0).collect();
    let slots: Vec<_> = tickets.iter().map(|ticket| i64::from(ticket.slot)).collect();
    let codes: Vec<_> = tickets.iter().map(|ticket| ticket.code.clone()).collect();
    let manuals: Vec<_> = tickets.iter().map(|ticket| ticket.manual_code.clone()).collect();
    let holders: Vec<_> = tickets.iter().map(|ticket| ticket.order.holder_name.clone()).collect();
    let rows = sqlx::query!(
        r#"insert into ticket
                  (org_id, ticket_id, event_id, order_id, line_no, seq, ticket_type_id, slot, code, manual_code, holder_name)
           select $1, new.ticket_id, $2, new.order_id, new.line_no, new.seq, new.ticket_type_id, new.slot, new.code,
                  new.manual_code, new.holder_name
             from unnest($3::uuid[], $4::uuid[], $5::int[], $6::int[], $7::uuid[], $8::bigint[], $9::text[], $10::text[],
                         $11::text[])
                  as new (ticket_id, order_id, line_no, seq, ticket_type_id, slot, code, manual_code, holder_name)
           on conflict do nothing
           returning order_id as "order_id: OrderId", line_no, seq"#,
        org_id.0,
        event_id.0,
        &ids,
        &orders,
        &lines,
        &seqs,
        &types,
        &slots,
        &codes,
        &manuals,
        &holders,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.order_id, row.line_no, row.seq)).collect())
}

/// A ticket that was voided.
pub struct Voided {
    pub ticket_id: Uuid,
    pub event_id: Uuid,
    pub ticket_type_id: TicketTypeId,
    pub slot: i64,
    pub generation: i16,
}

pub async fn mark_void(tx: &mut PgConnection, org_id: OrgId, order_id: OrderId) -> Result<Vec<Voided>> {
    let rows = sqlx::query_as!(
        Voided,
        r#"update ticket
              set state = 'void',
                  voided_at = clock_timestamp()
            where org_id = $1
              and order_id = $2
              and state = 'valid'
        returning ticket_id, event_id, ticket_type_id as "ticket_type_id: TicketTypeId", slot, generation"#,
        org_id.0,
        order_id.0,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

pub async fn insert_revocations(tx: &mut PgConnection, org_id: OrgId, voided: &[Voided], reason: &str) -> Result<()> {
    let ids: Vec<_> = voided.iter().map(|_| RevocationId::fresh().0).collect();
    let events: Vec<_> = voided.iter().map(|ticket| ticket.event_id).collect();
    let tickets: Vec<_> = voided.iter().map(|ticket| ticket.ticket_id).collect();
    let slots: Vec<_> = voided.iter().map(|ticket| ticket.slot).collect();
    let generations: Vec<_> = voided.iter().map(|ticket| ticket.generation).collect();
    sqlx::query!(
        "insert into revocation (org_id, event_id, revocation_id, ticket_id, slot, generation, reason)
         select $1, gone.event_id, gone.id, gone.ticket_id, gone.slot, gone.generation, $2
           from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::smallint[])
                as gone (id, event_id, ticket_id, slot, generation)",
        org_id.0,
        reason,
        &ids,
        &events,
        &tickets,
        &slots,
        &generations,
    )
    .execute(tx)
    .await?;
    Ok(())
}
