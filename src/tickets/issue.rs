//! Issuing tickets for a paid order, and voiding them when its money goes back.

use std::collections::BTreeMap;

use super::{EventSigner, ManualCode, TicketCode, keys, store};
use crate::{
    error::{AppError, Result},
    kernel::{EventId, Instant, OrderId, OrgId, TicketId, TicketTypeId},
    platform::{db::Tx, secrets, state::AppState},
};

/// A ticket's code is good from so long before the event's start to so long after its end; the door's own list is
/// narrower, and says so in better words.
const VALID_BEFORE_MINS: i64 = 24 * 60;
const VALID_AFTER_MINS: i64 = 12 * 60;

/// How often fresh slots are drawn for tickets whose slot was taken, before something must be wrong.
const DRAWS_MAX: usize = 12;

/// One ticket to be issued.
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    pub line_no: i32,
    pub seq: i32,
    pub ticket_type_id: TicketTypeId,
}

/// The order that tickets are issued for.
#[derive(Clone, Debug)]
pub struct Issue {
    pub org_id: OrgId,
    pub event_id: EventId,
    pub order_id: OrderId,
    pub holder_name: String,
    pub seats: Vec<Seat>,
}

/// A ticket with its code, about to be stored.
pub(super) struct NewTicket<'a> {
    pub ticket_id: TicketId,
    pub order: &'a Issue,
    pub seat: Seat,
    pub slot: u32,
    pub code: String,
    pub manual_code: String,
}

/// Issues one signed ticket a seat, in the transaction that marks the order paid.
pub async fn issue(app: &AppState, tx: &mut Tx, issue: &Issue) -> Result<()> {
    issue_all(app, tx, std::slice::from_ref(issue)).await
}

/// Issues the tickets of orders of one organizer, whatever their events.
pub async fn issue_all(app: &AppState, tx: &mut Tx, orders: &[Issue]) -> Result<()> {
    let mut by_event: BTreeMap<(OrgId, EventId), Vec<(&Issue, Seat)>> = BTreeMap::new();
    for order in orders {
        let seats = order.seats.iter().map(|seat| (order, *seat));
        by_event.entry((order.org_id, order.event_id)).or_default().extend(seats);
    }
    for (event, seats) in by_event {
        issue_event(app, tx, event, seats).await?;
    }
    Ok(())
}

/// Issues tickets of one event. Slots are drawn at random; the database says which were taken, and those are drawn again.
async fn issue_event(
    app: &AppState,
    tx: &mut Tx,
    event: (OrgId, EventId),
    mut missing: Vec<(&Issue, Seat)>,
) -> Result<()> {
    let rules = store::get_rules(tx, event.0, event.1).await?;
    let products = store::list_products(tx, event.0, event.1).await?;
    let signer = keys::signing_key(tx, app, event.0, event.1).await?;
    for _ in 0..DRAWS_MAX {
        let mut tickets = Vec::with_capacity(missing.len());
        for (order, seat) in &missing {
            let product = products.iter().find(|(id, _)| *id == seat.ticket_type_id).map(|(_, product)| *product);
            let product = product.ok_or_else(|| AppError::fault_text("a ticket type without a product number"))?;
            tickets.push(draw(&signer, &rules, (order, *seat), product));
        }
        let stored = store::insert_tickets(tx, event, &tickets).await?;
        missing.retain(|(order, seat)| !stored.contains(&(order.order_id, seat.line_no, seat.seq)));
        if missing.is_empty() {
            return Ok(());
        }
    }
    Err(AppError::fault_text("no free slot for a ticket"))
}

/// A signed ticket with a slot that may be taken.
fn draw<'a>(signer: &EventSigner, rules: &Rules, (order, seat): (&'a Issue, Seat), product: u16) -> NewTicket<'a> {
    let slot = draw_slot(rules.capacity);
    let code = TicketCode {
        key_id: signer.key_id(),
        event_reference: signer.event_reference(),
        slot,
        generation: 0,
        product,
        flags: 0,
        valid_from: rules.starts_at.plus_mins(-VALID_BEFORE_MINS),
        valid_until: rules.ends_at.plus_mins(VALID_AFTER_MINS),
    };
    NewTicket {
        ticket_id: TicketId::fresh(),
        order,
        seat,
        slot,
        code: signer.sign(&code),
        manual_code: ManualCode::make(u64::from_be_bytes(secrets::random())).as_str().to_owned(),
    }
}

/// A random slot below the first power of two that is at least four times the capacity.
fn draw_slot(capacity: i64) -> u32 {
    let range = u32::try_from(capacity.max(256).saturating_mul(4)).unwrap_or(u32::MAX).checked_next_power_of_two();
    let random = u32::from_be_bytes(secrets::random());
    range.map_or(random, |range| random & (range - 1))
}

/// What the tickets of an event have in common.
pub(super) struct Rules {
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub capacity: i64,
}

/// Voids an order's valid tickets and puts them into the revocation feed. Gives what they were, by type.
pub async fn void_order(tx: &mut Tx, of: (OrgId, OrderId), reason: &str) -> Result<Vec<(TicketTypeId, u32)>> {
    let voided = store::mark_void(tx, of.0, of.1).await?;
    store::insert_revocations(tx, of.0, &voided, reason).await?;
    let mut by_type: Vec<(TicketTypeId, u32)> = Vec::new();
    for ticket in &voided {
        match by_type.iter_mut().find(|(id, _)| *id == ticket.ticket_type_id) {
            Some((_, count)) => *count += 1,
            None => by_type.push((ticket.ticket_type_id, 1)),
        }
    }
    Ok(by_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_stay_within_four_times_the_capacity() {
        for capacity in [0, 1, 300, 50_000, i64::MAX] {
            let range = 2_u64.pow(32).min((4 * capacity.clamp(256, 1 << 40)).unsigned_abs().next_power_of_two());
            assert!((0..100).all(|_| u64::from(draw_slot(capacity)) < range), "{capacity}");
        }
    }
}
