//! `/o/:token`, `/o/:token/t/:line/:seq`, `/my/tickets`
mod my_tickets;
mod order;
mod ticket;

pub use my_tickets::MyTicketsPage;
pub use order::OrderPage;
pub use ticket::TicketPage;
