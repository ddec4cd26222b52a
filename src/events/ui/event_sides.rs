//! The pages of an event's desk, as its tabs and the palette show them.

use crate::{
    i18n::{tu_string, use_i18n},
    ui::Icon,
};

/// One side of an event: its page, and the pages that belong to it.
pub struct EventSide {
    pub icon: Icon,
    pub name: String,
    /// What follows the event's address.
    pub rest: &'static str,
    /// Where there are several, the side's own page is the first of them.
    pub inner: Vec<Self>,
}

impl EventSide {
    fn new(icon: Icon, name: impl ToString, rest: &'static str) -> Self {
        Self { icon, name: name.to_string(), rest, inner: Vec::new() }
    }

    /// Whether an address is this side's, by what follows the event's own address there.
    pub fn is_at(&self, rest: &str) -> bool {
        let below = |page: &str| !page.is_empty() && rest.strip_prefix(page).is_some_and(|more| more.starts_with('/'));
        rest == self.rest || below(self.rest) || self.inner.iter().any(|side| side.is_at(rest))
    }

    /// The side's pages: itself, or what belongs to it.
    pub fn pages(self) -> Vec<Self> {
        if self.inner.is_empty() { vec![self] } else { self.inner }
    }
}

/// All sides of an event, in the language at hand.
pub fn event_sides() -> Vec<EventSide> {
    let i18n = use_i18n();
    let selling = vec![
        EventSide::new(Icon::Tag, tu_string!(i18n, events.tab_types), "/types"),
        EventSide::new(Icon::List, tu_string!(i18n, events.tab_stock), "/stock"),
        EventSide::new(Icon::Lock, tu_string!(i18n, events.tab_codes), "/codes"),
        EventSide::new(Icon::Clock, tu_string!(i18n, events.tab_waitlist), "/waitlist"),
        EventSide::new(Icon::Users, tu_string!(i18n, queue.desk_tab), "/waiting"),
        EventSide::new(Icon::Eye, tu_string!(i18n, rehearsal.tab), "/rehearsal"),
    ];
    let door = vec![
        EventSide::new(Icon::Scan, tu_string!(i18n, gate.phones_title), "/gates"),
        EventSide::new(Icon::Check, tu_string!(i18n, gate.lists_title), "/lists"),
    ];
    vec![
        EventSide::new(Icon::Chart, tu_string!(i18n, events.tab_dashboard), ""),
        EventSide::new(Icon::Receipt, tu_string!(i18n, events.tab_orders), "/orders"),
        EventSide::new(Icon::Users, tu_string!(i18n, events.tab_attendees), "/attendees"),
        EventSide::new(Icon::Pencil, tu_string!(i18n, events.tab_edit), "/edit"),
        EventSide { inner: selling, ..EventSide::new(Icon::Tag, tu_string!(i18n, events.tab_selling), "/types") },
        EventSide { inner: door, ..EventSide::new(Icon::Scan, tu_string!(i18n, events.tab_gates), "/gates") },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_at_the_side_that_it_lies_under() {
        let side = |rest| EventSide::new(Icon::Tag, "", rest);
        let selling = EventSide { inner: vec![side("/types"), side("/waiting")], ..side("/types") };
        let at = |rest: &str| [side("").is_at(rest), side("/orders").is_at(rest), selling.is_at(rest)];
        assert_eq!(at(""), [true, false, false]);
        assert_eq!(at("/orders"), [false, true, false]);
        assert_eq!(at("/orders/7"), [false, true, false]);
        assert_eq!(at("/waiting"), [false, false, true]);
        assert_eq!(at("/waitlist"), [false, false, false]);
    }
}
