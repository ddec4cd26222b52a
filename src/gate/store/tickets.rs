//! SQL that reads tickets for the gate, with all that they did on a list.

use crate::{
    error::Result,
    gate::verdict::{Payment, Standing, Stay, TicketOnFile},
    kernel::{ConditionId, EventId, Instant, ListId, OrderId, OrgId, TicketId},
    platform::db::Tx,
};

/// Tickets of one order that a scan may stand for.
const ADD_ONS_MAX: i64 = 100;

/// Which ticket is meant: by the slot of a signed code, by the code that was typed, or by itself.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    Slot(u32),
    Manual(&'a str),
    Ticket(TicketId),
}

/// A ticket with its mark and its stays on the list.
struct TicketRow {
    ticket_id: TicketId,
    order_id: OrderId,
    generation: i16,
    state: String,
    holder_name: String,
    type_name: String,
    product: i32,
    order_state: String,
    standing: Option<String>,
    alert: Option<String>,
    entries: Option<Vec<i32>>,
    came: Option<Vec<Instant>>,
    left: Option<Vec<Option<Instant>>>,
    gates: Option<Vec<String>>,
    answered: Vec<ConditionId>,
}

/// The ticket that is meant, with its order.
pub async fn find_ticket(
    tx: &mut Tx,
    event: (OrgId, EventId),
    list_id: ListId,
    subject: Subject<'_>,
) -> Result<Option<(TicketOnFile, OrderId)>> {
    let which = match subject {
        Subject::Slot(slot) => Which { slot: Some(i64::from(slot)), ..Which::default() },
        Subject::Manual(code) => Which { manual: Some(code), ..Which::default() },
        Subject::Ticket(ticket_id) => Which { ticket_id: Some(ticket_id), ..Which::default() },
    };
    let rows = list_tickets(tx, event, list_id, which).await?;
    Ok(rows.into_iter().next().map(|row| {
        let order_id = row.order_id;
        (row.into(), order_id)
    }))
}

/// The tickets of an order, those of one type in the order in which they were issued.
pub async fn list_order_tickets(
    tx: &mut Tx,
    event: (OrgId, EventId),
    list_id: ListId,
    order_id: OrderId,
) -> Result<Vec<TicketOnFile>> {
    let which = Which { order_id: Some(order_id), ..Which::default() };
    let rows = list_tickets(tx, event, list_id, which).await?;
    Ok(rows.into_iter().map(TicketOnFile::from).collect())
}

/// One of them is set.
#[derive(Default)]
struct Which<'a> {
    slot: Option<i64>,
    manual: Option<&'a str>,
    ticket_id: Option<TicketId>,
    order_id: Option<OrderId>,
}

async fn list_tickets(
    tx: &mut Tx,
    event: (OrgId, EventId),
    list_id: ListId,
    which: Which<'_>,
) -> Result<Vec<TicketRow>> {
    let rows = sqlx::query_as!(
        TicketRow,
        r#"with wanted as (
               select ticket_id from ticket where org_id = $1 and event_id = $2 and slot = $4
                union all
               select ticket_id from ticket where org_id = $1 and event_id = $2 and manual_code = $5
                union all
               select ticket_id from ticket where org_id = $1 and event_id = $2 and ticket_id = $8
                union all
               (select ticket_id from ticket where org_id = $1 and event_id = $2 and order_id = $6
                 order by line_no, seq limit $7)
           )
           select ticket.ticket_id as "ticket_id: TicketId", ticket.order_id as "order_id: OrderId", ticket.generation,
                  ticket.state, ticket.holder_name, type.name as type_name, type.product, orders.state as order_state,
                  mark.standing as "standing?", mark.alert as "alert?",
                  stay.entries as "entries?", stay.came as "came?: Vec<Instant>",
                  stay.gone as "left?: Vec<Option<Instant>>", stay.gates as "gates?",
                  array(select question_id from scan_answer
                         where scan_answer.org_id = $1 and scan_answer.list_id = $3
                           and scan_answer.ticket_id = ticket.ticket_id) as "answered!: Vec<ConditionId>"
             from wanted
             join ticket on ticket.org_id = $1 and ticket.ticket_id = wanted.ticket_id
             join ticket_type as type on type.org_id = ticket.org_id and type.ticket_type_id = ticket.ticket_type_id
             join orders on orders.org_id = ticket.org_id and orders.order_id = ticket.order_id
             left join gate_mark as mark on mark.org_id = ticket.org_id and mark.ticket_id = ticket.ticket_id
             left join lateral (
                  select array_agg(admission.entry_no order by admission.admitted_at, admission.entry_no) as entries,
                         array_agg(admission.admitted_at order by admission.admitted_at, admission.entry_no) as came,
                         array_agg(admission.left_at order by admission.admitted_at, admission.entry_no) as gone,
                         array_agg(device.name order by admission.admitted_at, admission.entry_no) as gates
                    from admission
                    join scan on scan.org_id = admission.org_id and scan.scan_id = admission.scan_id
                    join gate_device as device on device.org_id = scan.org_id and device.device_id = scan.device_id
                   where admission.org_id = $1
                     and admission.list_id = $3
                     and admission.ticket_id = ticket.ticket_id
             ) as stay on true
            order by ticket.line_no, ticket.seq"#,
        event.0.0,
        event.1.0,
        list_id.0,
        which.slot,
        which.manual,
        which.order_id.map(|id| id.0),
        ADD_ONS_MAX,
        which.ticket_id.map(|id| id.0),
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

impl From<TicketRow> for TicketOnFile {
    fn from(row: TicketRow) -> Self {
        let stays = row.entries.unwrap_or_default().into_iter();
        let stays = stays.zip(row.came.unwrap_or_default()).zip(row.left.unwrap_or_default());
        let stays = stays.zip(row.gates.unwrap_or_default()).map(|(((entry, came), left), gate)| Stay {
            entry: u32::try_from(entry).unwrap_or(u32::MAX),
            came,
            gate,
            left,
        });
        Self {
            ticket_id: row.ticket_id,
            holder: row.holder_name,
            type_name: row.type_name,
            product: u16::try_from(row.product).unwrap_or_default(),
            generation: u8::try_from(row.generation).unwrap_or_default(),
            standing: match (row.state.as_str(), row.standing.as_deref()) {
                ("valid", Some("blocked")) => Standing::Blocked,
                ("valid", _) => Standing::Valid,
                _ => Standing::Void,
            },
            payment: match (row.order_state.as_str(), row.standing.as_deref()) {
                (_, Some("unapproved")) => Payment::Unapproved,
                ("paid" | "part_refunded" | "refunded", _) => Payment::Paid,
                _ => Payment::Unpaid,
            },
            alert: row.alert.filter(|alert| !alert.is_empty()),
            stays: stays.collect(),
            answered: row.answered,
        }
    }
}
