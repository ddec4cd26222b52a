//! What a code says, what it opens, and why it does not.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::{
    events::EventHead,
    inventory::{Drawer, Wish},
    kernel::{CodeId, FieldErrors, FieldFault, Instant, LocalTime, Note, TicketTypeId, parse_whole},
    tickets::OnSale,
};

/// Codes made in one go.
pub const CODES_MAX: i64 = 500;
/// Codes of one event.
pub const EVENT_CODES_MAX: i64 = 5_000;
/// Characters of a remark.
const NOTE_MAX: usize = 120;
/// Orders that one code may be used for.
const USES_MAX: i64 = 100_000;
/// Tickets of one order.
const ORDER_MAX: i64 = 100;

/// A code as it is compared: 4 to 32 letters of the Latin alphabet, digits and hyphens, in capitals.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CodeText(String);

impl CodeText {
    /// Takes it as people type it. Letters of other alphabets are refused, so that none of them folds into one of ours.
    pub fn parse(text: &str) -> Result<Self, FieldFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FieldFault::Required);
        }
        if !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err(FieldFault::BadCharacters);
        }
        match text.len() {
            ..4 => Err(FieldFault::TooShort(4)),
            33.. => Err(FieldFault::TooLong(32)),
            _ => Ok(Self(text.to_ascii_uppercase())),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A code that somebody uses, as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    pub code_id: CodeId,
    pub text: CodeText,
    pub uses_left: i32,
    pub order_max: Option<u32>,
    pub starts_at: Option<Instant>,
    pub ends_at: Option<Instant>,
    pub is_off: bool,
    /// The hidden types that it opens.
    pub types: Vec<TicketTypeId>,
    /// What it still keeps.
    pub share: Option<Wish>,
}

impl Access {
    /// Whether it opens anything now.
    pub fn check(&self, now: Instant) -> Result<(), AccessRefusal> {
        let is_early = self.starts_at.is_some_and(|start| now < start);
        let is_late = self.ends_at.is_some_and(|end| end <= now);
        if self.is_off || is_early || is_late {
            return Err(AccessRefusal::Unknown);
        }
        if self.uses_left <= 0 { Err(AccessRefusal::UsedUp) } else { Ok(()) }
    }

    /// What is on sale for whoever has it: hidden types show, and what it keeps is there. `None` is the code of those who
    /// have none.
    pub fn offers(access: Option<&Self>, on_sale: &[OnSale]) -> Vec<OnSale> {
        let is_seen =
            |offer: &&OnSale| !offer.is_hidden || access.is_some_and(|access| access.types.contains(&offer.id));
        let share = access.and_then(|access| access.share);
        let more =
            |offer: &OnSale| share.filter(|share| share.ticket_type_id == offer.id).map_or(0, |share| share.quantity);
        on_sale.iter().filter(is_seen).map(|offer| offer.clone().with_more(more(offer))).collect()
    }

    /// Counts a basket, and says how much of what the code keeps goes into it.
    pub fn take(&mut self, wishes: &[Wish], now: Instant) -> Result<Option<Wish>, AccessRefusal> {
        self.check(now)?;
        let all: u32 = wishes.iter().map(|wish| wish.quantity).sum();
        if let Some(max) = self.order_max.filter(|max| all > *max) {
            return Err(AccessRefusal::TooMany { max });
        }
        self.uses_left -= 1;
        let Some(share) = &mut self.share else { return Ok(None) };
        let wished = wishes.iter().find(|wish| wish.ticket_type_id == share.ticket_type_id);
        let quantity = wished.map_or(0, |wish| wish.quantity.min(share.quantity));
        share.quantity -= quantity;
        let taken = Wish { quantity, ..*share };
        Ok((quantity > 0).then_some(taken))
    }
}

/// What a code opens, for the page of its event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlocked {
    pub code: String,
    pub on_sale: Vec<OnSale>,
}

/// What a basket may have by its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub code_id: CodeId,
    pub share: Option<Wish>,
}

/// A code as the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskCode {
    pub code_id: CodeId,
    pub code: String,
    pub note: String,
    pub used: u32,
    pub uses_max: u32,
    pub order_max: Option<u32>,
    pub starts: Option<LocalTime>,
    pub ends: Option<LocalTime>,
    pub share_of: Option<String>,
    pub share: u32,
    pub opens: Vec<String>,
    pub is_off: bool,
}

/// The codes of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodesDesk {
    pub event: EventHead,
    pub types: Vec<Drawer>,
    /// The newest ones.
    pub codes: Vec<DeskCode>,
}

/// The raw form that makes codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccessForm {
    /// Empty for random ones.
    pub code: String,
    /// How many random ones.
    pub count: String,
    pub note: String,
    pub uses: String,
    pub order_max: String,
    /// Local time of the event; empty for at once.
    pub starts: String,
    /// Local time of the event; empty for until the event ends.
    pub ends: String,
    /// The types that are ticked.
    pub types: Vec<TicketTypeId>,
    /// Empty for none.
    pub share_type: String,
    pub share: String,
}

/// Checked codes that are not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCodes {
    /// One that was chosen, or how many random ones.
    pub text: Result<CodeText, i64>,
    pub note: Note,
    pub uses_max: i32,
    pub order_max: Option<i32>,
    pub starts_at: Option<Instant>,
    pub ends_at: Option<Instant>,
    pub types: Vec<TicketTypeId>,
    pub share: Option<(TicketTypeId, i32)>,
}

impl AccessForm {
    /// Checks every field. `read_time` reads a local time of the event's zone, which the server alone can.
    pub fn parse(&self, read_time: impl Fn(&str) -> Result<Instant, FieldFault>) -> Result<NewCodes, FieldErrors> {
        let mut errors = FieldErrors::default();
        let time = |text: &str| if text.trim().is_empty() { Ok(None) } else { read_time(text).map(Some) };
        let text = errors.keep("code", self.parse_text());
        let count = errors.keep("count", parse_or(&self.count, 1, CODES_MAX).map(|count| count.unwrap_or(1)));
        let note = errors.keep("note", Note::parse(&self.note, NOTE_MAX));
        let uses = errors.keep("uses", parse_count(&self.uses, 1, USES_MAX));
        let order_max = errors.keep("order_max", parse_or(&self.order_max, 1, ORDER_MAX));
        let starts = errors.keep("starts", time(&self.starts));
        let ends = errors.keep("ends", time(&self.ends));
        let share = self.parse_share(&mut errors);
        if let (Some(Some(start)), Some(Some(end))) = (starts, ends)
            && end <= start
        {
            errors.add("ends", FieldFault::EndsBeforeStart);
        }
        let (Some(text), Some(count), Some(note), Some(uses_max)) = (text, count, note, uses) else {
            return Err(errors);
        };
        let (Some(order_max), Some(starts_at), Some(ends_at)) = (order_max, starts, ends) else {
            return Err(errors);
        };
        errors.unless_any(NewCodes {
            text: text.ok_or(i64::from(count)),
            note,
            uses_max,
            order_max,
            starts_at,
            ends_at,
            types: self.types.clone(),
            share,
        })
    }

    fn parse_text(&self) -> Result<Option<CodeText>, FieldFault> {
        if self.code.trim().is_empty() { Ok(None) } else { CodeText::parse(&self.code).map(Some) }
    }

    /// What each code keeps: a type and a number, or neither.
    fn parse_share(&self, errors: &mut FieldErrors) -> Option<(TicketTypeId, i32)> {
        let quantity = errors.keep("share", parse_or(&self.share, 1, 1_000_000)).flatten();
        if self.share_type.trim().is_empty() {
            if quantity.is_some() {
                errors.add("share_type", FieldFault::Required);
            }
            return None;
        }
        let kind = errors.keep("share_type", self.share_type.parse().map_err(|_| FieldFault::NotAChoice))?;
        if quantity.is_none() {
            errors.add("share", FieldFault::Required);
        }
        Some((kind, quantity?))
    }
}

fn parse_or(text: &str, min: i64, max: i64) -> Result<Option<i32>, FieldFault> {
    if text.trim().is_empty() { Ok(None) } else { parse_count(text, min, max).map(Some) }
}

fn parse_count(text: &str, min: i64, max: i64) -> Result<i32, FieldFault> {
    i32::try_from(parse_whole(text, min, max)?).map_err(|_| FieldFault::OutOfRange { min, max })
}

/// Why a code opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum AccessRefusal {
    #[error("This code is not valid.")]
    Unknown,
    #[error("This code has been used up.")]
    UsedUp,
    #[error("At most {max} tickets in an order with this code.")]
    TooMany { max: u32 },
    #[error("There are too many codes.")]
    TooManyCodes,
    #[error("Only {left} are free.")]
    NotFree { left: u32 },
}

impl AccessRefusal {
    pub const fn status(self) -> StatusCode {
        StatusCode::CONFLICT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u128) -> TicketTypeId {
        TicketTypeId(uuid::Uuid::from_u128(n))
    }

    fn wish(n: u128, quantity: u32) -> Wish {
        Wish { ticket_type_id: id(n), quantity }
    }

    fn access() -> Access {
        Access {
            code_id: CodeId(uuid::Uuid::nil()),
            text: CodeText::parse("press").expect("a code"),
            uses_left: 2,
            order_max: Some(4),
            starts_at: Some(Instant(10)),
            ends_at: Some(Instant(20)),
            is_off: false,
            types: vec![id(1)],
            share: Some(wish(1, 3)),
        }
    }

    #[test]
    fn codes_are_compared_in_capitals_and_nothing_folds_into_them() {
        assert_eq!(CodeText::parse(" vip-Night ").map(|code| code.0), Ok("VIP-NIGHT".to_owned()));
        for (text, fault) in [
            ("", FieldFault::Required),
            ("abc", FieldFault::TooShort(4)),
            ("ＶＩＰ１", FieldFault::BadCharacters),
            ("vıp1", FieldFault::BadCharacters),
            ("a b c", FieldFault::BadCharacters),
        ] {
            assert_eq!(CodeText::parse(text), Err(fault), "{text}");
        }
        assert_eq!(CodeText::parse(&"x".repeat(33)), Err(FieldFault::TooLong(32)));
    }

    #[test]
    fn a_code_opens_within_its_time_as_often_as_it_may() {
        let mut code = access();
        assert_eq!(code.take(&[wish(1, 2)], Instant(9)), Err(AccessRefusal::Unknown));
        assert_eq!(code.take(&[wish(1, 2)], Instant(20)), Err(AccessRefusal::Unknown));
        assert_eq!(code.take(&[wish(1, 3), wish(2, 2)], Instant(10)), Err(AccessRefusal::TooMany { max: 4 }));
        assert_eq!(code.take(&[wish(1, 2)], Instant(10)), Ok(Some(wish(1, 2))));
        assert_eq!(code.take(&[wish(1, 2)], Instant(10)), Ok(Some(wish(1, 1))), "what it keeps is less now");
        assert_eq!(code.take(&[wish(1, 1)], Instant(10)), Err(AccessRefusal::UsedUp));
        let mut off = Access { is_off: true, ..access() };
        assert_eq!(off.take(&[wish(2, 1)], Instant(10)), Err(AccessRefusal::Unknown));
    }

    #[test]
    fn a_share_is_a_type_and_a_number() {
        let form = AccessForm { uses: "1".into(), share: "3".into(), ..AccessForm::default() };
        let read = |_: &str| Err(FieldFault::NotADate);
        assert_eq!(form.parse(read), Err(FieldErrors::one("share_type", FieldFault::Required)));
        let form = AccessForm { share: String::new(), share_type: id(1).to_string(), ..form };
        assert_eq!(form.parse(read), Err(FieldErrors::one("share", FieldFault::Required)));
        let form = AccessForm { share: "3".into(), count: "20".into(), ..form };
        assert_eq!(form.parse(read).map(|new| (new.text, new.share)), Ok((Err(20), Some((id(1), 3)))));
    }
}
