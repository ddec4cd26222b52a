//! Numbers and lists for the desk.
//!
//! Reads across every domain's tables, for one organizer at a time; the one licence to cross a border in SQL.
//! Invariant: nothing here writes.
mod lists;
mod model;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod export;
#[cfg(feature = "ssr")]
mod figures;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub use actions::{attendees, attendees_csv, order, orders};
#[cfg(feature = "ssr")]
pub use figures::figures;
pub use lists::{
    Attendee, AttendeeFilter, AuditLine, DeskOrder, NoticeLine, OrderDetail, OrderFilter, OrderLine, PaymentLine, RefundLine, Search,
    TicketLine,
};
pub use model::{Bucket, Change, Door, EventHead, Figures, TypeFigures, percent};
#[cfg(feature = "ssr")]
pub use store::{EventKey, Moved, OrderKey, OrderMoved, events_moved, find_order_by_link, orders_moved};
