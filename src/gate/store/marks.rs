//! SQL for: `gate_mark`; reads ticket and `ticket_type`.

use crate::{
    error::Result,
    gate::lists::MARKS_MAX,
    kernel::{EventId, OrgId, TicketId},
    platform::db::Tx,
};

/// A marked ticket.
pub struct MarkRow {
    pub ticket_id: TicketId,
    pub holder_name: String,
    pub type_name: String,
    pub standing: String,
    pub alert: String,
}

/// An event's marked tickets, the latest first.
pub async fn list_marks(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<Vec<MarkRow>> {
    let rows = sqlx::query_as!(
        MarkRow,
        r#"select mark.ticket_id as "ticket_id: TicketId", ticket.holder_name, type.name as type_name, mark.standing, mark.alert
             from gate_mark as mark
             join ticket on ticket.org_id = mark.org_id and ticket.ticket_id = mark.ticket_id
             join ticket_type as type on type.org_id = ticket.org_id and type.ticket_type_id = ticket.ticket_type_id
            where mark.org_id = $1
              and mark.event_id = $2
            order by mark.updated_at desc
            limit $3"#,
        org_id.0,
        event_id.0,
        MARKS_MAX,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

/// A ticket of an event by the code that people type.
pub async fn find_marked(tx: &mut Tx, event: (OrgId, EventId), manual: &str) -> Result<Option<TicketId>> {
    let ticket_id = sqlx::query_scalar!(
        r#"select ticket_id as "ticket_id: TicketId"
             from ticket
            where org_id = $1
              and event_id = $2
              and manual_code = $3"#,
        event.0.0,
        event.1.0,
        manual,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(ticket_id)
}

/// Says this of a ticket, and no longer what was said before.
pub async fn upsert_mark(tx: &mut Tx, event: (OrgId, EventId), ticket_id: TicketId, mark: (&str, &str)) -> Result<()> {
    sqlx::query!(
        "insert into gate_mark (org_id, ticket_id, event_id, standing, alert)
         values ($1, $2, $3, $4, $5)
         on conflict (org_id, ticket_id) do update
            set standing = excluded.standing,
                alert = excluded.alert,
                updated_at = now()",
        event.0.0,
        ticket_id.0,
        event.1.0,
        mark.0,
        mark.1,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn delete_mark(tx: &mut Tx, event: (OrgId, EventId), ticket_id: TicketId) -> Result<bool> {
    let done = sqlx::query!(
        "delete from gate_mark
          where org_id = $1
            and event_id = $2
            and ticket_id = $3",
        event.0.0,
        event.1.0,
        ticket_id.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
