//! Reads across all tables; every statement names its organizer.
mod attendees;
mod event;
mod live;
mod orders;
mod series;
mod totals;

pub use attendees::{AttendeeLine, list_attendee_lines};
pub use event::{currency, order_state};
pub use live::{EventKey, Moved, OrderKey, OrderMoved, events_moved, find_order_by_link, orders_moved};
pub use orders::{
    get_order, list_audit, list_notices, list_order_lines, list_order_refunds, list_order_tickets, list_payments,
};
pub use series::{Unit, Window, list_admitted, list_sold};
pub use totals::{TypeRow, get_money, get_people, get_recent_sales, list_doors, list_draws, list_types};
