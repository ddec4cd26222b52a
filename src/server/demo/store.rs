//! Statements that fill an empty database; each writes all rows of one table that it is given, as JSON.
//!
//! Moments come as whole milliseconds. What is written is written once: nothing here changes a row but its own.
mod door;
mod people;
mod sales;

pub use door::{insert_admissions, insert_devices, insert_scans};
pub use people::{
    NewAccount, NewEvent, NewOrg, has_account, has_rows, insert_account, insert_event, insert_member, insert_org,
};
pub use sales::{
    insert_audit, insert_captures, insert_holds, insert_messages, insert_orders, insert_payments, insert_refunds,
    insert_tickets, insert_types,
};
