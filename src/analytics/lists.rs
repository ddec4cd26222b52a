//! The lists of the desk: orders, one order, ticket holders.

use serde::{Deserialize, Serialize};

use crate::{
    events::EventHead,
    kernel::{Cursor, LocalTime, Money, OrderId, PaymentId, RefundId, TicketId},
};

/// Longest text that is searched for.
pub const SEARCH_MAX: usize = 100;

/// Which orders to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderFilter {
    #[default]
    All,
    Paid,
    Pending,
    Refunded,
    /// Nothing came of them.
    Ended,
}

impl OrderFilter {
    pub const ALL: [Self; 5] = [Self::All, Self::Paid, Self::Pending, Self::Refunded, Self::Ended];

    /// The word in an address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Paid => "paid",
            Self::Pending => "pending",
            Self::Refunded => "refunded",
            Self::Ended => "ended",
        }
    }

    /// Reads the word of an address; any other word shows all.
    pub fn of_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.as_str() == word).unwrap_or_default()
    }

    /// The stored states that it lets through.
    pub const fn states(self) -> &'static [&'static str] {
        match self {
            Self::All => &["basket", "pending", "paid", "part_refunded", "refunded", "expired", "cancelled", "failed"],
            Self::Paid => &["paid", "part_refunded"],
            Self::Pending => &["basket", "pending"],
            Self::Refunded => &["part_refunded", "refunded"],
            Self::Ended => &["expired", "cancelled", "failed"],
        }
    }
}

/// Which ticket holders to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttendeeFilter {
    #[default]
    All,
    In,
    NotIn,
}

impl AttendeeFilter {
    pub const ALL: [Self; 3] = [Self::All, Self::In, Self::NotIn];

    /// The word in an address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::In => "in",
            Self::NotIn => "not_in",
        }
    }

    /// Reads the word of an address; any other word shows all.
    pub fn of_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.as_str() == word).unwrap_or_default()
    }

    /// Whether somebody has to be in, has to be out, or either.
    pub const fn is_in(self) -> Option<bool> {
        match self {
            Self::All => None,
            Self::In => Some(true),
            Self::NotIn => Some(false),
        }
    }
}

/// What to look for, and from where on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search<F> {
    pub text: String,
    pub filter: F,
    pub after: Option<Cursor>,
}

impl<F> Search<F> {
    /// What an address asks for.
    pub fn of_words(text: String, filter: F, after: &str) -> Self {
        Self { text, filter, after: (!after.is_empty()).then(|| Cursor(after.to_owned())) }
    }

    /// The text as a pattern for `ilike`, with its own wildcards taken literally; `None` when there is nothing to look for.
    pub fn pattern(&self) -> Option<String> {
        let text: String = self.text.trim().chars().filter(|c| !c.is_control()).take(SEARCH_MAX).collect();
        let literal = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        (!literal.is_empty()).then(|| format!("%{literal}%"))
    }

    /// The digits of a phone number as they are stored, whichever way somebody typed it: `0712 345` finds `254712345…`.
    pub fn phone_pattern(&self) -> Option<String> {
        let text = self.text.trim();
        if text.is_empty() || !text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')')) {
            return None;
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).take(20).collect();
        let national = digits.trim_start_matches('0');
        (national.len() >= 3).then(|| format!("%{national}%"))
    }
}

/// One order in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskOrder {
    pub order_id: OrderId,
    pub code: String,
    pub state: String,
    pub buyer_name: String,
    pub buyer_email: String,
    pub buyer_phone: String,
    pub total: Money,
    pub tickets: i64,
    pub created: LocalTime,
}

/// One order with all that happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderView {
    pub event: EventHead,
    pub order: DeskOrder,
    pub paid: Option<LocalTime>,
    pub locale: String,
    pub lines: Vec<OrderLine>,
    pub payments: Vec<PaymentLine>,
    pub refunds: Vec<RefundLine>,
    pub tickets: Vec<TicketLine>,
    pub audit: Vec<AuditLine>,
    /// Whether the reader may give money back.
    pub may_refund: bool,
}

impl OrderView {
    /// What was paid and has not gone back, nor is on its way back.
    pub fn refundable(&self) -> Money {
        let paid: i64 = self
            .payments
            .iter()
            .filter(|payment| payment.state == "succeeded")
            .map(|payment| payment.amount.minor)
            .sum();
        let back: i64 =
            self.refunds.iter().filter(|refund| refund.state != "failed").map(|refund| refund.amount.minor).sum();
        Money::new(paid - back, self.order.total.currency)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    pub name: String,
    pub quantity: i64,
    pub unit: Money,
    pub sum: Money,
}

/// One attempt to take money, with what the provider said about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentLine {
    pub payment_id: PaymentId,
    pub provider: String,
    pub state: String,
    pub amount: Money,
    pub phone: String,
    pub receipt: Option<String>,
    pub failure: Option<String>,
    pub started: LocalTime,
    pub settled: Option<LocalTime>,
    pub notices: Vec<NoticeLine>,
}

/// Something the provider said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    pub payment_id: PaymentId,
    pub source: String,
    pub result_code: String,
    pub outcome: Option<String>,
    pub received: LocalTime,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundLine {
    pub refund_id: RefundId,
    pub amount: Money,
    pub state: String,
    pub reason: String,
    pub receipt: Option<String>,
    pub failure: Option<String>,
    pub started: LocalTime,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketLine {
    pub ticket_id: TicketId,
    pub type_name: String,
    pub holder_name: String,
    pub manual_code: String,
    pub state: String,
    pub admitted: Option<LocalTime>,
}

/// Who did what to the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// A member's name, or what stands behind it: a device, the system.
    pub actor: String,
    pub verb: String,
    pub at: LocalTime,
}

/// Somebody who holds a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    pub ticket_id: TicketId,
    pub order_id: OrderId,
    pub order_code: String,
    pub holder_name: String,
    pub buyer_email: String,
    pub type_name: String,
    pub manual_code: String,
    pub admitted: Option<LocalTime>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(text: &str) -> Search<OrderFilter> {
        Search { text: text.to_owned(), ..Search::default() }
    }

    #[test]
    fn what_is_searched_for_is_taken_literally() {
        let cases = [
            ("", None),
            ("  ", None),
            ("amina", Some("%amina%")),
            ("50%_\\", Some("%50\\%\\_\\\\%")),
            ("a\u{0}b", Some("%ab%")),
        ];
        for (text, expected) in cases {
            assert_eq!(search(text).pattern().as_deref(), expected, "{text:?}");
        }
        assert_eq!(search(&"x".repeat(500)).pattern().map(|p| p.len()), Some(SEARCH_MAX + 2));
    }

    #[test]
    fn phones_are_found_however_they_are_typed() {
        let cases = [
            ("0712 345", Some("%712345%")),
            ("+254712", Some("%254712%")),
            ("12", None),
            ("amina", None),
            ("0712x", None),
        ];
        for (text, expected) in cases {
            assert_eq!(search(text).phone_pattern().as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn filters_read_their_own_words_and_fall_back_to_all() {
        for filter in OrderFilter::ALL {
            assert_eq!(OrderFilter::of_word(filter.as_str()), filter);
        }
        for filter in AttendeeFilter::ALL {
            assert_eq!(AttendeeFilter::of_word(filter.as_str()), filter);
        }
        assert_eq!(OrderFilter::of_word("'; drop table"), OrderFilter::All);
    }
}
