//! The desk's pages about one event's sales.
mod attendees;
mod dashboard;
mod order;
mod orders;

pub use attendees::AttendeesPage;
pub use dashboard::DashboardPage;
pub use order::DeskOrderPage;
pub use orders::OrdersPage;
