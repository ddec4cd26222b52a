//! Statements: orders and their links, what one person has, what an order's page shows, and events that are called off.
mod buyers;
mod call_off;
mod many;
mod orders;
mod page;
mod progress;

pub use buyers::{Buyer, get_limits, list_had, lock_turns};
pub use call_off::{count_call_off, find_call_off, insert_call_off, list_kept, list_unfinished_call_offs};
pub use many::{list_lines, list_lines_of, list_tickets, list_tickets_of, mark_paid};
pub use orders::{
    EventPlace, NewOrder, Order, find_event_place, find_order_by_token, get_event_place, insert_links,
    insert_order_lines, insert_orders, lock_order, lock_orders, mark_basket, mark_emails, mark_ended,
    mark_expired_with_holds, mark_pending, mark_released, parse_currency,
};
pub use page::{OrderHead, TicketRow, list_basket, list_orders_of_account, load_head, load_heads};
pub use progress::list_progress;
