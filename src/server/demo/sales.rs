//! Who bought what, when, and how it was paid.

use uuid::Uuid;

use super::{
    catalogue::{Country, EventPlan},
    names::{Person, person},
    rows::{AuditRow, MessageRow, OrderRow, PaymentRow, RefundRow, Rows, TicketRow, TypeRow},
};
use crate::{
    kernel::{Instant, OrderId},
    orders::{order_code, order_token},
    platform::{
        chance::Chance,
        secrets::{digest, hex},
        state::AppState,
    },
    tickets::{EventSigner, ManualCode, TicketCode},
};

/// Of a hundred orders, so many more were given up, and so many more were paid back.
const GIVEN_UP: i64 = 7;
const PAID_BACK: i64 = 2;

/// How many tickets people take at once.
const QUANTITIES: [i32; 8] = [1, 1, 1, 2, 2, 2, 3, 4];

/// What sales need to know of their event.
pub struct Sale<'a> {
    pub app: &'a AppState,
    pub plan: &'a EventPlan,
    pub signer: &'a EventSigner,
    /// Sales started then.
    pub opened: Instant,
    /// Sales went on until then: now, or the event's end.
    pub until: Instant,
    pub valid_from: Instant,
    pub valid_until: Instant,
    pub slots: u32,
    /// Accounts that bought some of it.
    pub buyer: Option<(Uuid, Person)>,
    pub owner: Uuid,
}

impl Sale<'_> {
    /// Sells what the plan says was sold, and what came to nothing beside it.
    pub fn rows(mut self, chance: &mut Chance, types: Vec<TypeRow>) -> Rows {
        let mut rows = Rows::default();
        let mut taken = std::collections::HashSet::new();
        for kind in &types {
            let mut left = kind.sold;
            while left > 0 {
                let quantity = (*chance.pick(&QUANTITIES)).min(left);
                left -= quantity;
                self.paid_order(chance, (kind, quantity), &mut rows);
                if kind.price_minor > 0 && chance.is_one_of_hundred(PAID_BACK) {
                    self.paid_order(chance, (kind, 1), &mut rows);
                    self.pay_back(chance, &mut rows);
                }
                if kind.price_minor > 0 && chance.is_one_of_hundred(GIVEN_UP) {
                    self.given_up_order(chance, kind, &mut rows);
                }
            }
        }
        // Slots and typed codes are one of their kind in an event.
        for ticket in &mut rows.tickets {
            let product =
                types.iter().find(|kind| kind.ticket_type_id == ticket.ticket_type_id).map_or(0, |kind| kind.product);
            while !taken.insert(ticket.slot) {
                ticket.slot = u32::try_from(chance.below(i64::from(self.slots))).unwrap_or_default();
            }
            ticket.code = self.code(ticket.slot, product);
        }
        rows.types = types;
        rows
    }

    fn code(&self, slot: u32, product: u16) -> String {
        self.signer.sign(&TicketCode {
            key_id: self.signer.key_id(),
            event_reference: self.signer.event_reference(),
            slot,
            generation: 0,
            product,
            flags: 0,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
        })
    }

    /// A moment of the sale; more people buy as the end comes near, and few buy at night.
    fn moment(&self, chance: &mut Chance) -> Instant {
        let whole = self.until.0 - self.opened.0;
        let late = chance.below(whole).max(chance.below(whole));
        let at = self.opened.0 + late;
        let hour = at.div_euclid(3_600_000).rem_euclid(24);
        // From midnight to five by their clocks it is about 21 to 2 by ours; half of those wait for the morning.
        let waits = (21..24).contains(&hour) && chance.is_one_of_hundred(50);
        let at = if waits { at - 9 * 3_600_000 } else { at };
        Instant(at.max(self.opened.0))
    }

    fn order(&mut self, chance: &mut Chance, (kind, quantity): (&TypeRow, i32)) -> OrderRow {
        let created_at = self.moment(chance);
        let order_id = chance.id(created_at);
        let own = self.buyer.take();
        let account_id = own.as_ref().map(|(account_id, _)| *account_id);
        let who = own.map_or_else(|| person(chance, self.plan.country), |(_, person)| person);
        OrderRow {
            order_id,
            hold_id: chance.id(created_at),
            hold_state: "converted",
            code: order_code(&self.app.keys, OrderId(order_id)),
            link_hash: hex(&digest(&order_token(&self.app.keys, OrderId(order_id)))),
            state: "paid",
            ticket_type_id: kind.ticket_type_id,
            quantity,
            unit_minor: kind.price_minor,
            total_minor: kind.price_minor * i64::from(quantity),
            buyer_name: who.name,
            buyer_email: who.email,
            buyer_phone: who.phone,
            account_id,
            locale: if self.plan.country == Country::Kenya && chance.is_one_of_hundred(20) {
                "sw"
            } else {
                self.plan.country.locale()
            },
            created_at,
            paid_at: None,
        }
    }

    fn paid_order(&mut self, chance: &mut Chance, wish: (&TypeRow, i32), rows: &mut Rows) {
        let mut order = self.order(chance, wish);
        let paid_at = Instant((order.created_at.0 + 30_000 + chance.below(150_000)).min(self.until.0));
        order.paid_at = Some(paid_at);
        if order.total_minor > 0 {
            rows.payments.push(payment(chance, &order, self.plan.country, (paid_at, "succeeded", None)));
        }
        for seq in 1..=order.quantity {
            rows.tickets.push(self.ticket(chance, &order, (seq, paid_at)));
        }
        rows.messages.push(self.message(chance, &order, paid_at));
        rows.orders.push(order);
    }

    fn ticket(&self, chance: &mut Chance, order: &OrderRow, (seq, issued_at): (i32, Instant)) -> TicketRow {
        TicketRow {
            ticket_id: chance.id(issued_at),
            order_id: order.order_id,
            seq,
            ticket_type_id: order.ticket_type_id,
            slot: u32::try_from(chance.below(i64::from(self.slots))).unwrap_or_default(),
            code: String::new(),
            manual_code: ManualCode::make(chance.draw()).as_str().to_owned(),
            holder_name: order.buyer_name.clone(),
            state: "valid",
            issued_at,
            voided_at: None,
            revocation_id: chance.id(issued_at),
        }
    }

    fn message(&self, chance: &mut Chance, order: &OrderRow, created_at: Instant) -> MessageRow {
        let link = format!("{}/o/{}", self.app.config.origin(), order_token(&self.app.keys, OrderId(order.order_id)));
        let (title, code) = (self.plan.title, &order.code);
        let (subject, lead) = match order.locale {
            "fr" => (format!("Vos billets pour {title}"), format!("Commande {code} : vos billets sont ici.")),
            "sw" => (format!("Tiketi zako za {title}"), format!("Oda {code}: tiketi zako ziko hapa.")),
            _ => (format!("Your tickets for {title}"), format!("Order {code}: your tickets are here.")),
        };
        MessageRow {
            message_id: chance.id(created_at),
            topic: "order.tickets",
            order_id: order.order_id,
            recipient: order.buyer_email.clone(),
            body_text: format!("{lead}\n\n{link}\n"),
            body_html: format!("<p>{lead}</p><p><a href=\"{link}\">{link}</a></p>"),
            subject,
            created_at,
        }
    }

    /// Gives the last order's money back: its tickets are void, and its buyer was told by whoever did it.
    fn pay_back(&self, chance: &mut Chance, rows: &mut Rows) {
        let (Some(order), Some(payment)) = (rows.orders.last_mut(), rows.payments.last()) else {
            return;
        };
        let at = Instant((payment.settled_at.0 + 3_600_000).min(self.until.0));
        order.state = "refunded";
        rows.refunds.push(RefundRow {
            refund_id: chance.id(at),
            payment_id: payment.payment_id,
            amount_minor: payment.amount_minor,
            provider_receipt: payment.receipt.is_some().then(|| format!("S{}", chance.letters(9))),
            created_at: at,
            settled_at: at,
            ledger_tx_id: chance.id(at),
        });
        for ticket in rows.tickets.iter_mut().filter(|ticket| ticket.order_id == order.order_id) {
            ticket.state = "void";
            ticket.voided_at = Some(at);
        }
        rows.audit.push(AuditRow {
            audit_entry_id: chance.id(at),
            actor: format!("account:{}", self.owner),
            verb: "refunded",
            subject: format!("order:{}", order.order_id),
            created_at: at,
        });
    }

    fn given_up_order(&mut self, chance: &mut Chance, kind: &TypeRow, rows: &mut Rows) {
        let mut order = self.order(chance, (kind, 1));
        let (state, failure, code) = *chance.pick(&[
            ("cancelled", "cancelled_by_buyer", "1032"),
            ("failed", "insufficient_funds", "1"),
            ("failed", "wrong_pin", "2001"),
            ("expired", "timed_out", "1037"),
        ]);
        order.state = "expired";
        order.hold_state = "expired";
        let at = Instant((order.created_at.0 + 60_000).min(self.until.0));
        let mut attempt = payment(chance, &order, self.plan.country, (at, state, Some(failure)));
        attempt.result_code = code;
        // Whoever pays by hand and does not come has tried nothing.
        if attempt.provider == "mpesa" {
            rows.payments.push(attempt);
        }
        rows.orders.push(order);
    }
}

/// One attempt to take an order's money: by M-Pesa, with its answer to our question about it, where M-Pesa serves; by
/// hand elsewhere.
fn payment(
    chance: &mut Chance,
    order: &OrderRow,
    country: Country,
    (settled_at, state, failure): (Instant, &'static str, Option<&'static str>),
) -> PaymentRow {
    let is_mpesa = country == Country::Kenya;
    let merchant = format!("{}-{}-1", chance.below(90_000) + 10_000, chance.below(90_000_000) + 10_000_000);
    let checkout = format!("ws_CO_{}{}", settled_at.0, chance.letters(6));
    let receipt = format!("S{}", chance.letters(9));
    PaymentRow {
        payment_id: chance.id(order.created_at),
        order_id: order.order_id,
        state,
        amount_minor: order.total_minor,
        provider: if is_mpesa { "mpesa" } else { "cash" },
        phone: if is_mpesa { order.buyer_phone.clone() } else { String::new() },
        merchant_request_id: is_mpesa.then_some(merchant),
        checkout_request_id: is_mpesa.then_some(checkout),
        receipt: (is_mpesa && state == "succeeded").then_some(receipt),
        failure,
        created_at: order.created_at,
        settled_at,
        notice_id: chance.id(settled_at),
        result_code: "0",
        ledger_tx_id: chance.id(settled_at),
    }
}
