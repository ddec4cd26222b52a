//! The rows of one event, as they go into the database: a set for each table.

use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::kernel::Instant;

#[derive(Serialize)]
pub struct TypeRow {
    pub ticket_type_id: Uuid,
    pub pool_id: Uuid,
    pub product: u16,
    pub name: &'static str,
    pub price_minor: i64,
    pub capacity: i32,
    pub sold: i32,
}

#[derive(Serialize)]
pub struct OrderRow {
    pub order_id: Uuid,
    pub hold_id: Uuid,
    pub hold_state: &'static str,
    pub code: String,
    pub link_hash: String,
    pub state: &'static str,
    pub ticket_type_id: Uuid,
    pub quantity: i32,
    pub unit_minor: i64,
    pub total_minor: i64,
    pub buyer_name: String,
    pub buyer_email: String,
    pub buyer_phone: String,
    pub account_id: Option<Uuid>,
    pub locale: &'static str,
    pub created_at: Instant,
    pub paid_at: Option<Instant>,
}

#[derive(Serialize)]
pub struct PaymentRow {
    pub payment_id: Uuid,
    pub order_id: Uuid,
    pub state: &'static str,
    pub amount_minor: i64,
    pub provider: &'static str,
    pub phone: String,
    pub merchant_request_id: Option<String>,
    pub checkout_request_id: Option<String>,
    pub receipt: Option<String>,
    pub failure: Option<&'static str>,
    pub created_at: Instant,
    pub settled_at: Instant,
    pub notice_id: Uuid,
    pub result_code: &'static str,
    pub ledger_tx_id: Uuid,
}

#[derive(Serialize)]
pub struct RefundRow {
    pub refund_id: Uuid,
    pub payment_id: Uuid,
    pub amount_minor: i64,
    pub provider_receipt: Option<String>,
    pub created_at: Instant,
    pub settled_at: Instant,
    pub ledger_tx_id: Uuid,
}

#[derive(Serialize)]
pub struct TicketRow {
    pub ticket_id: Uuid,
    pub order_id: Uuid,
    pub seq: i32,
    pub ticket_type_id: Uuid,
    pub slot: u32,
    pub code: String,
    pub manual_code: String,
    pub holder_name: String,
    pub state: &'static str,
    pub issued_at: Instant,
    pub voided_at: Option<Instant>,
    pub revocation_id: Uuid,
}

#[derive(Serialize)]
pub struct MessageRow {
    pub message_id: Uuid,
    pub topic: &'static str,
    pub order_id: Uuid,
    pub recipient: String,
    pub subject: String,
    pub body_text: String,
    pub body_html: String,
    pub created_at: Instant,
}

#[derive(Serialize)]
pub struct AuditRow {
    pub audit_entry_id: Uuid,
    pub actor: String,
    pub verb: &'static str,
    pub subject: String,
    pub created_at: Instant,
}

#[derive(Serialize)]
pub struct DeviceRow {
    pub device_id: Uuid,
    pub name: &'static str,
    pub token_hash: String,
    pub last_seq: i64,
    pub last_seen_at: Option<Instant>,
}

#[derive(Serialize)]
pub struct ScanRow {
    pub scan_id: Uuid,
    pub device_id: Uuid,
    pub device_seq: i64,
    /// What was read, as a digest in hex.
    pub code_hash: String,
    pub ticket_id: Option<Uuid>,
    pub verdict: &'static str,
    pub typed: bool,
    pub scanned_at: Instant,
}

/// All rows of one event.
#[derive(Default)]
pub struct Rows {
    pub types: Vec<TypeRow>,
    pub orders: Vec<OrderRow>,
    pub payments: Vec<PaymentRow>,
    pub refunds: Vec<RefundRow>,
    pub tickets: Vec<TicketRow>,
    pub messages: Vec<MessageRow>,
    pub audit: Vec<AuditRow>,
    pub devices: Vec<DeviceRow>,
    pub scans: Vec<ScanRow>,
}

/// Rows as the database takes them: JSON, which one statement turns back into rows.
pub fn json<T: Serialize>(rows: &[T]) -> Value {
    serde_json::to_value(rows).unwrap_or_default()
}
