//! Parts of the purchase, from the picker to the ticket.
mod call_off;
mod pay_form;
mod prompt;
mod states;
mod summary;
mod ticket_card;
mod ticket_picker;

pub use call_off::CallOffCard;
pub use pay_form::PayForm;
pub use prompt::PromptWait;
pub use states::{Closed, order_state_words};
pub use summary::{EventStrip, Summary};
pub use ticket_card::TicketCard;
pub use ticket_picker::TicketPicker;
