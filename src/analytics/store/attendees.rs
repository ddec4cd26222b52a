//! Who holds a ticket, and who of them is in.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    analytics::{Attendee, AttendeeFilter, Search},
    error::Result,
    kernel::{Cursor, EventId, Instant, OrderId, OrgId, Page, TicketId, ZoneName},
    platform::zone::local_time,
};

/// Ticket holders on one page.
const PAGE_SIZE: usize = 50;

/// Holders of valid tickets that match, by name. A page starts after the ticket that its cursor names.
pub async fn list_attendees(
    tx: &mut PgConnection,
    org_id: OrgId,
    (event_id, zone): (EventId, &ZoneName),
    search: &Search<AttendeeFilter>,
) -> Result<Page<Attendee>> {
    let after = search.after.as_ref().and_then(|cursor| cursor.0.parse::<Uuid>().ok());
    let rows = sqlx::query!(
        r#"select ticket.ticket_id as "ticket_id: TicketId", ticket.order_id as "order_id: OrderId", orders.code,
                  ticket.holder_name, coalesce(orders.buyer_email, '') as "buyer_email!", ticket_type.name as type_name,
                  ticket.manual_code, entry.admitted_at as "admitted_at?: Instant"
             from ticket
             join orders using (org_id, order_id)
             join ticket_type using (org_id, ticket_type_id)
             left join lateral (
                  select min(admission.admitted_at) as admitted_at
                    from admission
                    join check_in_list using (org_id, list_id)
                   where admission.org_id = ticket.org_id
                     and check_in_list.event_id = ticket.event_id
                     and admission.ticket_id = ticket.ticket_id) as entry on true
            where ticket.org_id = $1
              and ticket.event_id = $2
              and ticket.state = 'valid'
              and ($3::text is null
                   or ticket.holder_name ilike $3
                   or orders.code ilike $3
                   or orders.buyer_email ilike $3
                   or ticket.manual_code ilike replace($3, '-', '')
                   or orders.buyer_phone like $4)
              and ($5::bool is null or $5 = (entry.admitted_at is not null))
              and ($6::uuid is null
                   or (ticket.holder_name, ticket.ticket_id)
                      > (select holder_name, ticket_id from ticket where org_id = $1 and event_id = $2 and ticket_id = $6))
            order by ticket.holder_name, ticket.ticket_id
            limit $7"#,
        org_id.0,
        event_id.0,
        search.pattern(),
        search.phone_pattern(),
        search.filter.is_in(),
        after,
        i64::try_from(PAGE_SIZE + 1).unwrap_or(i64::MAX),
    )
    .fetch_all(tx)
    .await?;
    let attendees = rows.into_iter().map(|row| Attendee {
        ticket_id: row.ticket_id,
        order_id: row.order_id,
        order_code: row.code,
        holder_name: row.holder_name,
        buyer_email: row.buyer_email,
        type_name: row.type_name,
        manual_code: row.manual_code,
        admitted: row.admitted_at.map(|at| local_time(at, zone)),
    });
    Ok(Page::cut(attendees.collect(), PAGE_SIZE, |attendee| Cursor(attendee.ticket_id.to_string())))
}

/// Ticket holders that one read of an export brings.
pub const EXPORT_STEP: i64 = 1_000;

/// One line of the export, as stored.
pub struct AttendeeLine {
    pub ticket_id: TicketId,
    pub order_code: String,
    pub holder_name: String,
    pub buyer_name: String,
    pub buyer_email: String,
    pub buyer_phone: String,
    pub type_name: String,
    pub manual_code: String,
    pub issued_at: Instant,
    pub admitted_at: Option<Instant>,
}

/// The next stretch of the export, in the order of ticket ids, after the ticket that the last stretch ended with.
pub async fn list_attendee_lines(
    tx: &mut PgConnection,
    org_id: OrgId,
    event_id: EventId,
    after: Option<TicketId>,
) -> Result<Vec<AttendeeLine>> {
    let lines = sqlx::query_as!(
        AttendeeLine,
        r#"select ticket.ticket_id as "ticket_id: TicketId", orders.code as order_code, ticket.holder_name,
                  coalesce(orders.buyer_name, '') as "buyer_name!", coalesce(orders.buyer_email, '') as "buyer_email!",
                  coalesce(orders.buyer_phone, '') as "buyer_phone!", ticket_type.name as type_name, ticket.manual_code,
                  ticket.issued_at,
                  (select min(admission.admitted_at)
                     from admission
                     join check_in_list using (org_id, list_id)
                    where admission.org_id = ticket.org_id
                      and check_in_list.event_id = ticket.event_id
                      and admission.ticket_id = ticket.ticket_id) as "admitted_at?: Instant"
             from ticket
             join orders using (org_id, order_id)
             join ticket_type using (org_id, ticket_type_id)
            where ticket.org_id = $1
              and ticket.event_id = $2
              and ticket.state = 'valid'
              and ($3::uuid is null or ticket.ticket_id > $3)
            order by ticket.ticket_id
            limit $4"#,
        org_id.0,
        event_id.0,
        after.map(|id| id.0),
        EXPORT_STEP,
    )
    .fetch_all(tx)
    .await?;
    Ok(lines)
}
