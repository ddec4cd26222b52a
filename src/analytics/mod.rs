//! Numbers and lists for the desk.
//!
//! Reads across every domain's tables, for one organizer at a time; the one licence to cross a border in SQL.
//! Invariant: nothing here writes.
mod api;
mod lists;
mod model;
pub mod pages;
pub mod ui;
mod wish;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod export;
#[cfg(feature = "ssr")]
mod figures;
#[cfg(feature = "ssr")]
mod search;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

#[cfg(feature = "ssr")]
pub use actions::{Lines, attendees_csv};
pub use api::{
    GetDashboard, GetEventOrder, ListEventAttendees, ListEventOrders, get_dashboard, get_event_order,
    list_event_attendees, list_event_orders,
};
#[cfg(feature = "ssr")]
pub use export::{csv_file_name, csv_line, csv_start};
#[cfg(feature = "ssr")]
pub use figures::figures;
pub use lists::{
    Attendee, AuditLine, DeskOrder, NoticeLine, OrderLine, OrderView, PaymentLine, RefundLine, TicketLine,
};
pub use model::{Bucket, Change, Door, Figures, TypeFigures, percent};
#[cfg(feature = "ssr")]
pub use store::{EventKey, Moved, OrderKey, OrderMoved, events_moved, find_order_by_link, orders_moved};
pub use wish::{AttendeeFilter, AttendeeSort, Choice, Filter, OrderFilter, OrderSort, Search, SortKey, Sorting};
