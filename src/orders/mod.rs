//! From basket to receipt.
//!
//! An order is born as a basket around one hold, turns pending when its payment is under way, and paid in the very
//! transaction that issues its tickets.
//! Invariant: what an order costs is computed here, by the server, from what the desk has set.
mod api;
mod call_off;
mod model;
pub mod pages;
mod quote;
pub mod ui;
mod words;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod apply_tests;
#[cfg(feature = "ssr")]
mod calendar;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod call_off_tests;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod callback_tests;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod code_tests;
#[cfg(feature = "ssr")]
mod jobs;
#[cfg(feature = "ssr")]
mod limit;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod limit_tests;
#[cfg(feature = "ssr")]
mod link;
#[cfg(feature = "ssr")]
mod mail;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod offer_tests;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

#[cfg(feature = "ssr")]
pub use actions::{
    calendar, go_on_with_call_offs, note_mpesa_callback, note_mpesa_reversal, offer_waiting, pay, refund, release,
    show, start, start_showing, sweep,
};
pub use api::{
    CallOffEvent, CheckOrder, GetCallOff, GetOrder, HoldTickets, LeaveWaitlist, ListMyOrders, PayOrder, RefundOrder,
    ReleaseOrder, ResendOrder, ResendTickets, call_off_event, check_order, get_call_off, get_order, get_waiting_place,
    hold_tickets, leave_waitlist, list_my_orders, pay_order, refund_order, release_order, resend_order, resend_tickets,
};
pub use call_off::CallOff;
#[cfg(feature = "ssr")]
pub use jobs::{ApplyNotice, CheckPayment, PromptPayment, RefundEvent, SubmitRefund};
#[cfg(feature = "ssr")]
pub use link::{order_code, order_token};
pub use model::{
    BasketLine, ContactForm, HoldForm, MyOrder, NewContact, OrderPage, OrderRefusal, OrderState, PaymentNews,
    TicketView, WishForm,
};
pub use quote::{Line, quote};
#[cfg(feature = "ssr")]
pub use store::{find_order_by_token, list_progress};
