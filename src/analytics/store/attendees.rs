//! Who holds a ticket, and who of them is in, for a file.

use sqlx::PgConnection;

use crate::{
    error::Result,
    kernel::{EventId, Instant, OrgId, TicketId},
};

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
