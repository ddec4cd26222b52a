//! The lists of the desk: orders, one order, ticket holders.

use serde::{Deserialize, Serialize};

use crate::{
    events::EventHead,
    kernel::{LocalTime, Money, OrderId, PaymentId, RefundId, TicketId},
    orders::OrderState,
    payments::PaymentState,
};

/// One order in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskOrder {
    pub order_id: OrderId,
    pub code: String,
    pub state: OrderState,
    pub buyer_name: String,
    pub buyer_email: String,
    pub buyer_phone: String,
    pub total: Money,
    pub tickets: i64,
    pub created: LocalTime,
}

/// One order with all that happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderView {
    pub event: EventHead,
    pub order: DeskOrder,
    pub paid: Option<LocalTime>,
    pub locale: String,
    pub lines: Vec<OrderLine>,
    pub payments: Vec<PaymentLine>,
    pub refunds: Vec<RefundLine>,
    pub tickets: Vec<TicketLine>,
    pub audit: Vec<AuditLine>,
    /// Whether the reader may give money back.
    pub may_refund: bool,
}

impl OrderView {
    /// What was paid and has not gone back, nor is on its way back.
    pub fn refundable(&self) -> Money {
        let paid: i64 = self
            .payments
            .iter()
            .filter(|payment| payment.state == PaymentState::Succeeded)
            .map(|payment| payment.amount.minor)
            .sum();
        let back: i64 =
            self.refunds.iter().filter(|refund| refund.state != "failed").map(|refund| refund.amount.minor).sum();
        Money::new(paid - back, self.order.total.currency)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    pub name: String,
    pub quantity: i64,
    pub unit: Money,
    pub sum: Money,
}

/// One attempt to take money, with what the provider said about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentLine {
    pub payment_id: PaymentId,
    pub provider: String,
    pub state: PaymentState,
    pub amount: Money,
    pub phone: String,
    pub receipt: Option<String>,
    pub failure: Option<String>,
    pub started: LocalTime,
    pub settled: Option<LocalTime>,
    pub notices: Vec<NoticeLine>,
}

/// Something the provider said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    pub payment_id: PaymentId,
    pub source: String,
    pub result_code: String,
    pub outcome: Option<String>,
    pub received: LocalTime,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundLine {
    pub refund_id: RefundId,
    pub amount: Money,
    pub state: String,
    pub reason: String,
    pub receipt: Option<String>,
    pub failure: Option<String>,
    pub started: LocalTime,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketLine {
    pub ticket_id: TicketId,
    pub type_name: String,
    pub holder_name: String,
    pub manual_code: String,
    pub state: String,
    pub admitted: Option<LocalTime>,
}

/// Who did what to the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// A member's name, or what stands behind it: a device, the system.
    pub actor: String,
    pub verb: String,
    pub at: LocalTime,
}

/// Somebody who holds a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    pub ticket_id: TicketId,
    pub order_id: OrderId,
    pub order_code: String,
    pub holder_name: String,
    pub buyer_email: String,
    pub type_name: String,
    pub manual_code: String,
    pub admitted: Option<LocalTime>,
}
