//! Statements: tickets and revocations, and the keys of events.
mod issue;
mod keys;

pub use issue::{get_rules, insert_revocations, insert_tickets, list_products, mark_void};
pub use keys::{find_signing_key, insert_key, list_keys};
