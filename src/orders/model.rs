//! Orders, their states and their forms.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::{
    inventory::Wish,
    kernel::{
        EmailAddress, FieldErrors, FieldFault, Instant, LocalTime, Money, PhoneNumber, SecretText, Title, parse_whole,
    },
};

/// Different ticket types in one basket at most.
pub const LINES_MAX: usize = 20;

/// Where a purchase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Stock is held; nothing has been asked yet.
    Basket,
    /// A payment is under way.
    Pending,
    Paid,
    PartRefunded,
    Refunded,
    /// The hold ended before money came.
    Expired,
    Cancelled,
    /// Money came, but there was nothing left to give for it; it is on its way back.
    Failed,
}

impl OrderState {
    pub const ALL: [Self; 8] = [
        Self::Basket,
        Self::Pending,
        Self::Paid,
        Self::PartRefunded,
        Self::Refunded,
        Self::Expired,
        Self::Cancelled,
        Self::Failed,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Basket => "basket",
            Self::Pending => "pending",
            Self::Paid => "paid",
            Self::PartRefunded => "part_refunded",
            Self::Refunded => "refunded",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }

    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether the buyer holds tickets for it.
    pub const fn has_tickets(self) -> bool {
        matches!(self, Self::Paid | Self::PartRefunded)
    }
}

/// One row of the ticket picker, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishForm {
    pub ticket_type: String,
    pub quantity: String,
}

/// The ticket picker, as sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldForm {
    /// The event's address.
    pub event: String,
    /// The client's key for this purchase: the same key gives the same order.
    pub key: String,
    /// An access code, or nothing.
    #[serde(default)]
    pub code: String,
    #[serde(default)]
    pub wishes: Vec<WishForm>,
}

/// The field a row's quantity is typed into, as `FieldErrors` names it.
pub fn quantity_field(row: usize) -> String {
    format!("wishes[{row}][quantity]")
}

impl HoldForm {
    /// Reads the quantities; rows left at zero or empty are not wished for.
    pub fn parse(&self) -> Result<Vec<Wish>, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut wishes: Vec<Wish> = Vec::new();
        for (row, wish) in self.wishes.iter().enumerate() {
            let field = quantity_field(row);
            if wish.quantity.trim().is_empty() {
                continue;
            }
            let quantity = errors.keep(&field, parse_whole(&wish.quantity, 0, 100));
            let ticket_type = errors.keep(&field, wish.ticket_type.parse().map_err(|_| FieldFault::NotAChoice));
            let (Some(quantity), Some(ticket_type_id)) = (quantity, ticket_type) else {
                continue;
            };
            if wishes.iter().any(|other| other.ticket_type_id == ticket_type_id) || row >= LINES_MAX {
                errors.add(&field, FieldFault::NotAChoice);
            } else if quantity > 0 {
                wishes.push(Wish { ticket_type_id, quantity: u32::try_from(quantity).unwrap_or(0) });
            }
        }
        if wishes.is_empty() && errors.is_empty() {
            errors.add(&quantity_field(0), FieldFault::Required);
        }
        errors.unless_any(wishes)
    }
}

/// Who buys, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactForm {
    /// The order's link, which is all the proof a buyer needs.
    pub token: SecretText,
    /// The client's key for this payment.
    pub key: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub phone: String,
}

/// Who buys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContact {
    pub name: Title,
    pub email: EmailAddress,
    /// The phone that is asked for the money; a free order needs none.
    pub phone: Option<PhoneNumber>,
}

impl ContactForm {
    pub fn parse(&self, is_free: bool) -> Result<NewContact, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", Title::parse(&self.name));
        let email = errors.keep("email", EmailAddress::parse(&self.email));
        let phone =
            if is_free { Some(None) } else { errors.keep("phone", PhoneNumber::parse_kenyan(&self.phone)).map(Some) };
        match (name, email, phone) {
            (Some(name), Some(email), Some(phone)) => Ok(NewContact { name, email, phone }),
            _ => Err(errors),
        }
    }
}

/// One line of a basket, as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasketLine {
    pub name: String,
    pub quantity: u32,
    pub unit: Money,
    pub sum: Money,
}

/// A ticket, as its holder sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketView {
    pub line_no: i32,
    pub seq: i32,
    pub type_name: String,
    pub holder: String,
    /// The code in a QR symbol, as SVG text made by the server.
    pub qr_svg: String,
    /// Twelve characters for cracked screens, in groups.
    pub manual_code: String,
    pub is_valid: bool,
}

/// How the newest payment of an order stands, for the buyer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PaymentNews {
    /// The prompt is on its way to the phone, or on it; it ends at about `until`.
    Asking { phone: String, until: Instant },
    /// M-Pesa's answer was lost: it may or may not ask.
    Checking { phone: String },
    /// It did not go through; why, in a word that `payments` has a sentence for.
    NotPaid { failure: String },
    /// The facts contradict each other, and a human looks.
    Review,
}

/// An order in a buyer's own list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyOrder {
    pub token: String,
    pub code: String,
    pub state: OrderState,
    pub event_title: String,
    pub place: String,
    pub starts: LocalTime,
    pub total: Money,
    pub ticket_count: u32,
}

/// Everything an order's page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPage {
    pub token: String,
    pub code: String,
    pub state: OrderState,
    pub event_title: String,
    pub event_slug: String,
    pub venue: String,
    pub place: String,
    pub picture: Option<String>,
    pub organizer: String,
    pub starts: LocalTime,
    pub ends: LocalTime,
    pub lines: Vec<BasketLine>,
    pub total: Money,
    /// Whether M-Pesa can move this total.
    pub is_payable: bool,
    pub buyer_name: String,
    pub buyer_email: String,
    pub buyer_phone: String,
    /// Until when the stock is held, by the server's clock.
    pub held_until: Option<Instant>,
    /// The server's clock, so that a phone whose clock is wrong still counts right.
    pub now: Instant,
    pub payment: Option<PaymentNews>,
    pub tickets: Vec<TicketView>,
    /// Money on its way back, if any.
    pub refunding: Option<Money>,
}

/// Why an order does not go on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum OrderRefusal {
    #[error("These tickets are not on sale right now.")]
    NotOnSale,
    #[error("At most {max} of one kind in an order.")]
    TooMany { max: u32 },
    #[error("One person may have {max} of these tickets; you have {had}.")]
    TooManyForOne { max: u32, had: u32 },
    #[error("One person may have {max} tickets for this event; you have {had}.")]
    TooManyForOneAtEvent { max: u32, had: u32 },
    #[error("This order is closed.")]
    Closed,
    #[error("This order is too large.")]
    TooLarge,
    #[error("There is nothing to refund.")]
    NothingToRefund,
    #[error("This event was called off. Nothing was charged.")]
    CalledOff,
    #[error("Meanwhile there are {now} paid orders. Look again.")]
    CountChanged { now: u32 },
}

impl OrderRefusal {
    pub const fn status(&self) -> StatusCode {
        StatusCode::CONFLICT
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::TicketTypeId;

    fn form(rows: &[(&str, &str)]) -> HoldForm {
        let wishes = rows
            .iter()
            .map(|(ticket_type, quantity)| WishForm {
                ticket_type: (*ticket_type).into(),
                quantity: (*quantity).into(),
            })
            .collect();
        HoldForm { event: "x".into(), key: "0123456789abcdef".into(), code: String::new(), wishes }
    }

    const A: &str = "01920000-0000-7000-8000-00000000000a";
    const B: &str = "01920000-0000-7000-8000-00000000000b";

    #[test]
    fn rows_left_alone_are_not_wished_for() {
        let wishes = form(&[(A, "2"), (B, "0")]).parse().expect("a wish");
        assert_eq!(wishes, [Wish { ticket_type_id: A.parse::<TicketTypeId>().expect("an id"), quantity: 2 }]);
    }

    #[test]
    fn odd_quantities_are_refused_at_their_row() {
        for text in ["-1", "1.5", "1e3", "２", "101", "9223372036854775808", "two", "\u{0}"] {
            let errors = form(&[(A, "1"), (B, text)]).parse().expect_err(text);
            assert!(errors.of(&quantity_field(1)).is_some(), "{text}");
        }
        assert!(form(&[(A, "0")]).parse().is_err(), "nothing chosen");
        assert!(form(&[]).parse().is_err(), "nothing sent");
        assert!(form(&[("nonsense", "1")]).parse().is_err(), "no such type");
        assert!(form(&[(A, "1"), (A, "1")]).parse().is_err(), "the same type twice");
    }

    #[test]
    fn a_free_order_asks_for_no_phone() {
        let contact = ContactForm { name: "Amina".into(), email: "amina@example.org".into(), ..ContactForm::default() };
        assert!(contact.parse(true).is_ok_and(|contact| contact.phone.is_none()));
        assert_eq!(contact.parse(false).expect_err("no phone").of("phone"), Some(&FieldFault::Required));
    }

    #[test]
    fn states_and_words_are_the_same_list() {
        for state in OrderState::ALL {
            assert_eq!(OrderState::of_word(state.word()), Some(state));
        }
        assert_eq!(OrderState::of_word("nonsense"), None);
    }
}
