//! `/o/:token`, `/o/:token/t/:line/:seq`, `/my/tickets`, `/line/:token`
mod my_tickets;
mod order;
mod ticket;
mod waiting;

pub use my_tickets::MyTicketsPage;
pub use order::OrderPage;
pub use ticket::TicketPage;
pub use waiting::WaitingPage;
