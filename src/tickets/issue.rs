//! Issuing tickets for a paid order, and voiding them when its money goes back.

use super::{ManualCode, TicketCode, keys, store};
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
pub(super) struct NewTicket {
    pub ticket_id: TicketId,
    pub seat: Seat,
    pub slot: u32,
    pub code: String,
    pub manual_code: String,
}

/// Issues one signed ticket a seat, in the transaction that marks the order paid. Slots are drawn at random; the
/// database says which were taken, and those are drawn again.
pub async fn issue(app: &AppState, tx: &mut Tx, issue: &Issue) -> Result<()> {
    let rules = store::get_rules(tx, issue.org_id, issue.event_id).await?;
    let products = store::list_products(tx, issue.org_id, issue.event_id).await?;
    let signer = keys::signing_key(tx, app, issue.org_id, issue.event_id).await?;
    let mut missing = issue.seats.clone();
    for _ in 0..DRAWS_MAX {
        let mut tickets = Vec::with_capacity(missing.len());
        for seat in &missing {
            let product = products.iter().find(|(id, _)| *id == seat.ticket_type_id).map(|(_, product)| *product);
            let product = product.ok_or_else(|| AppError::fault_text("a ticket type without a product number"))?;
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
            tickets.push(NewTicket {
                ticket_id: TicketId::fresh(),
                seat: *seat,
                slot,
                code: signer.sign(&code),
                manual_code: ManualCode::make(u64::from_be_bytes(secrets::random())).as_str().to_owned(),
            });
        }
        let stored = store::insert_tickets(tx, issue, &tickets).await?;
        missing.retain(|seat| !stored.contains(&(seat.line_no, seat.seq)));
        if missing.is_empty() {
            return Ok(());
        }
    }
    Err(AppError::fault_text("no free slot for a ticket"))
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
