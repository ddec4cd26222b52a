//! Statements: orders and their links, and what their page shows.
mod orders;
mod page;
mod progress;

pub use orders::{
    EventPlace, NewOrder, Order, find_event_place, find_order_by_token, insert_links, insert_order_lines,
    insert_orders, list_lines, lock_order, mark_basket, mark_ended, mark_expired_with_holds, mark_paid, mark_pending,
    mark_released, parse_currency,
};
pub use page::{OrderHead, TicketRow, list_basket, list_orders_of_account, list_tickets, load_head};
pub use progress::list_progress;
