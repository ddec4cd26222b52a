//! Ticket types: what a form about one may say, and whether it can be bought now.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::{
    events::EventHead,
    kernel::{
        Currency, FieldErrors, FieldFault, Instant, LocalTime, Money, Note, TicketTypeId, Title, parse_amount,
        parse_whole,
    },
};

/// Ticket types of one event.
pub const TYPES_MAX: i64 = 50;
/// Tickets of one type.
pub const CAPACITY_MAX: i64 = 1_000_000;
/// Tickets of one type in one order, as the table's constraint says.
pub const ORDER_MAX: i64 = 100;
/// Tickets of one type that one person may be limited to, as the table's constraint says.
pub const BUYER_MAX: i64 = 1_000;
/// Characters of the line below a type's name.
pub const NOTE_MAX: usize = 300;
/// Highest place in the list.
pub const POSITION_MAX: i64 = 999;
/// From here on the number left is told.
pub const FEW_LEFT: u32 = 10;
/// Highest price in major units.
const PRICE_MAX_MAJOR: i64 = 100_000_000;
/// The most that M-Pesa moves at once, in shillings: a dearer ticket could never be paid.
const KES_PRICE_MAX_MAJOR: i64 = 250_000;

/// A ticket type as the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketType {
    pub ticket_type_id: TicketTypeId,
    pub name: String,
    pub note: String,
    pub price: Money,
    pub capacity: u32,
    pub held: u32,
    pub sold: u32,
    pub sale_starts: Option<LocalTime>,
    pub sale_ends: Option<LocalTime>,
    pub order_max: u32,
    /// The most that one person may have.
    pub buyer_max: Option<u32>,
    /// Shown to those alone who have a code for it.
    pub is_hidden: bool,
    pub position: u32,
}

/// The ticket types of an event, with what their editor needs to know of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypesDesk {
    pub event: EventHead,
    pub currency: Currency,
    pub types: Vec<TicketType>,
}

/// Whether a ticket type can be bought now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Availability {
    Plenty,
    /// Only that many are left.
    Few(u32),
    SoldOut,
    /// The sale starts later.
    NotYet(LocalTime),
    Ended,
}

impl Availability {
    /// What is told of so many while the sale is open.
    pub const fn of(free: u32) -> Self {
        match free {
            0 => Self::SoldOut,
            1..=FEW_LEFT => Self::Few(free),
            _ => Self::Plenty,
        }
    }

    /// Whether it can go into a basket.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Plenty | Self::Few(_))
    }
}

/// A ticket type as buyers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnSale {
    pub id: TicketTypeId,
    pub name: String,
    pub note: String,
    pub price: Money,
    pub left: Availability,
    /// The most that one order may take of it, never more than are left.
    pub order_max: u32,
    /// The most that one person may have.
    pub buyer_max: Option<u32>,
    /// Shown to those alone who have a code for it.
    pub is_hidden: bool,
    /// How many are left, and how many an order may take of them; for the server alone.
    #[serde(skip)]
    pub free: u32,
    #[serde(skip)]
    pub order_limit: u32,
}

impl OnSale {
    /// The type with more of it left, for somebody for whom it is kept.
    #[must_use]
    pub fn with_more(self, more: u32) -> Self {
        if more == 0 || !matches!(self.left, Availability::Plenty | Availability::Few(_) | Availability::SoldOut) {
            return self;
        }
        let free = self.free.saturating_add(more);
        Self { left: Availability::of(free), order_max: self.order_limit.min(free), free, ..self }
    }
}

/// When a type is sold: from its own start to its own end, at the latest until the event ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaleWindow {
    pub starts_at: Option<Instant>,
    pub ends_at: Option<Instant>,
    pub event_ends_at: Instant,
}

/// Where a sale stands by the clock alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SalePhase {
    Before(Instant),
    Open,
    Over,
}

impl SaleWindow {
    /// Where the sale stands.
    pub fn phase(self, now: Instant) -> SalePhase {
        let end = self.ends_at.map_or(self.event_ends_at, |end| end.min(self.event_ends_at));
        match self.starts_at {
            _ if now >= end => SalePhase::Over,
            Some(start) if now < start => SalePhase::Before(start),
            _ => SalePhase::Open,
        }
    }
}

/// The raw form about a ticket type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TicketTypeForm {
    pub name: String,
    pub note: String,
    pub price: String,
    pub capacity: String,
    /// Local time of the event; empty for at once.
    pub sale_starts: String,
    /// Local time of the event; empty for until the event ends.
    pub sale_ends: String,
    pub order_max: String,
    /// Empty for any number.
    pub buyer_max: String,
    /// `true` when its box is ticked.
    pub hidden: String,
    pub position: String,
}

/// A checked ticket type that is not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTicketType {
    pub name: Title,
    pub note: Note,
    pub price: Money,
    pub capacity: i32,
    pub sale_starts_at: Option<Instant>,
    pub sale_ends_at: Option<Instant>,
    pub order_max: i32,
    pub buyer_max: Option<i32>,
    pub is_hidden: bool,
    pub position: i32,
}

impl TicketTypeForm {
    /// Checks every field. The currency is the event's; `read_time` reads a local time of the event's zone, which the
    /// server alone can.
    pub fn parse(
        &self,
        currency: Currency,
        read_time: impl Fn(&str) -> Result<Instant, FieldFault>,
    ) -> Result<NewTicketType, FieldErrors> {
        let mut errors = FieldErrors::default();
        let optional = |text: &str| {
            if text.trim().is_empty() { Ok(None) } else { read_time(text).map(Some) }
        };
        let name = errors.keep("name", Title::parse(&self.name));
        let note = errors.keep("note", Note::parse(&self.note, NOTE_MAX));
        let price = errors.keep("price", parse_price(&self.price, currency));
        let capacity = errors.keep("capacity", parse_count(&self.capacity, 1, CAPACITY_MAX));
        let starts = errors.keep("sale_starts", optional(&self.sale_starts));
        let ends = errors.keep("sale_ends", optional(&self.sale_ends));
        let order_max = errors.keep("order_max", parse_count(&self.order_max, 1, ORDER_MAX));
        let buyer_max = errors.keep("buyer_max", parse_buyer_max(&self.buyer_max));
        let position = errors.keep("position", parse_position(&self.position));
        if let (Some(Some(start)), Some(Some(end))) = (starts, ends)
            && end <= start
        {
            errors.add("sale_ends", FieldFault::EndsBeforeStart);
        }
        let (Some(name), Some(note), Some(price), Some(capacity)) = (name, note, price, capacity) else {
            return Err(errors);
        };
        let (Some(sale_starts_at), Some(sale_ends_at), Some(order_max), Some(buyer_max), Some(position)) =
            (starts, ends, order_max, buyer_max, position)
        else {
            return Err(errors);
        };
        errors.unless_any(NewTicketType {
            name,
            note,
            price,
            capacity,
            sale_starts_at,
            sale_ends_at,
            order_max,
            buyer_max,
            is_hidden: self.hidden == "true",
            position,
        })
    }
}

fn parse_price(text: &str, currency: Currency) -> Result<Money, FieldFault> {
    let max = if currency == Currency::Kes { KES_PRICE_MAX_MAJOR } else { PRICE_MAX_MAJOR };
    let price = parse_amount(text, currency, max)?;
    if currency == Currency::Kes && price.whole_major().is_none() {
        return Err(FieldFault::NotWholeShillings);
    }
    // A price of the highest whole amount and some cents is above it.
    if price.minor > max * currency.minor_per_major() {
        return Err(FieldFault::OutOfRange { min: 0, max });
    }
    Ok(price)
}

fn parse_count(text: &str, min: i64, max: i64) -> Result<i32, FieldFault> {
    i32::try_from(parse_whole(text, min, max)?).map_err(|_| FieldFault::OutOfRange { min, max })
}

fn parse_buyer_max(text: &str) -> Result<Option<i32>, FieldFault> {
    if text.trim().is_empty() { Ok(None) } else { parse_count(text, 1, BUYER_MAX).map(Some) }
}

/// An empty place is the first; types of one place stand in the order in which they were made.
fn parse_position(text: &str) -> Result<i32, FieldFault> {
    if text.trim().is_empty() { Ok(0) } else { parse_count(text, 0, POSITION_MAX) }
}

/// Why a ticket type stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum TypeRefusal {
    #[error("An event has at most {TYPES_MAX} ticket types.")]
    TooMany,
}

impl TypeRefusal {
    pub const fn status(self) -> StatusCode {
        match self {
            Self::TooMany => StatusCode::CONFLICT,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> TicketTypeForm {
        TicketTypeForm {
            name: "Regular".into(),
            price: "1500".into(),
            capacity: "200".into(),
            order_max: "10".into(),
            ..TicketTypeForm::default()
        }
    }

    fn hours(text: &str) -> Result<Instant, FieldFault> {
        text.parse().map(|hour: i64| Instant(0).plus_mins(hour * 60)).map_err(|_| FieldFault::NotADate)
    }

    type Spoil = fn(&mut TicketTypeForm);

    #[test]
    fn odd_ticket_types_are_refused_at_the_field() {
        let range = |min, max| FieldFault::OutOfRange { min, max };
        let cases: [(&str, Spoil, FieldFault); 23] = [
            ("name", |f| f.name = String::new(), FieldFault::Required),
            ("name", |f| f.name = "a\u{0}".into(), FieldFault::BadCharacters),
            ("name", |f| f.name = "x".repeat(121), FieldFault::TooLong(120)),
            ("note", |f| f.note = "x".repeat(301), FieldFault::TooLong(300)),
            ("note", |f| f.note = "\u{202e}".into(), FieldFault::BadCharacters),
            ("price", |f| f.price = String::new(), FieldFault::Required),
            ("price", |f| f.price = "-5".into(), range(0, 250_000)),
            ("price", |f| f.price = "250001".into(), range(0, 250_000)),
            ("price", |f| f.price = "99999999999999999999".into(), range(0, 250_000)),
            ("price", |f| f.price = "１５".into(), FieldFault::NotANumber),
            ("price", |f| f.price = "1e3".into(), FieldFault::NotANumber),
            ("price", |f| f.price = "12.50".into(), FieldFault::NotWholeShillings),
            ("capacity", |f| f.capacity = String::new(), FieldFault::Required),
            ("capacity", |f| f.capacity = "0".into(), range(1, 1_000_000)),
            ("capacity", |f| f.capacity = "-1".into(), range(1, 1_000_000)),
            ("capacity", |f| f.capacity = "1000001".into(), range(1, 1_000_000)),
            ("capacity", |f| f.capacity = "1.5".into(), FieldFault::NotANumber),
            ("order_max", |f| f.order_max = "0".into(), range(1, 100)),
            ("order_max", |f| f.order_max = "101".into(), range(1, 100)),
            ("buyer_max", |f| f.buyer_max = "0".into(), range(1, 1_000)),
            ("buyer_max", |f| f.buyer_max = "one".into(), FieldFault::NotANumber),
            ("sale_starts", |f| f.sale_starts = "soon".into(), FieldFault::NotADate),
            ("position", |f| f.position = "1000".into(), range(0, 999)),
        ];
        for (field, spoil, fault) in cases {
            let mut form = form();
            spoil(&mut form);
            assert_eq!(form.parse(Currency::Kes, hours), Err(FieldErrors::one(field, fault)), "{form:?}");
        }
    }

    #[test]
    fn a_sale_ends_after_it_starts() {
        let odd = TicketTypeForm { sale_starts: "5".into(), sale_ends: "5".into(), ..form() };
        assert_eq!(odd.parse(Currency::Kes, hours), Err(FieldErrors::one("sale_ends", FieldFault::EndsBeforeStart)));
        let good = TicketTypeForm { sale_starts: "5".into(), sale_ends: "6".into(), ..form() };
        assert_eq!(good.parse(Currency::Kes, hours).map(|new| new.sale_starts_at), Ok(Some(Instant(18_000_000))));
    }

    #[test]
    fn prices_are_in_the_currency_of_the_event() {
        let price = |text: &str, currency| parse_price(text, currency).map(|money| money.minor);
        assert_eq!(price("1,500", Currency::Kes), Ok(150_000));
        assert_eq!(price("0", Currency::Kes), Ok(0));
        assert_eq!(price("25000", Currency::Ugx), Ok(25_000));
        assert_eq!(price("12.50", Currency::Ngn), Ok(1_250));
        assert!(price("250000.50", Currency::Kes).is_err());
        assert!(price("100000000.01", Currency::Ngn).is_err());
    }

    #[test]
    fn a_sale_is_open_between_its_ends_and_never_after_the_event() {
        let at = |secs| Instant(0).plus_secs(secs);
        let window = SaleWindow { starts_at: Some(at(10)), ends_at: Some(at(50)), event_ends_at: at(40) };
        let cases =
            [(9, SalePhase::Before(at(10))), (10, SalePhase::Open), (39, SalePhase::Open), (40, SalePhase::Over)];
        for (secs, phase) in cases {
            assert_eq!(window.phase(at(secs)), phase, "{secs}");
        }
        let open = SaleWindow { starts_at: None, ends_at: None, event_ends_at: at(40) };
        assert_eq!(open.phase(at(-100)), SalePhase::Open);
    }
}
