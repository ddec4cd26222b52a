//! What a list of the desk is asked for by its address: a text, a choice, an order, and where to go on.

use serde::{Deserialize, Serialize};

use crate::{kernel::Cursor, orders::OrderState};

/// Longest text that is searched for.
pub const SEARCH_MAX: usize = 100;

/// Something of which an address chooses one by its word.
pub trait Choice: Copy + PartialEq + Default + Send + Sync + 'static {
    const ALL: &'static [Self];

    fn word(self) -> &'static str;

    fn find(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|choice| choice.word() == word)
    }

    /// Reads the word of an address; any other word chooses the default.
    fn of_word(word: &str) -> Self {
        Self::find(word).unwrap_or_default()
    }
}

/// What a list can be narrowed to; each list is sorted by keys of its own.
pub trait Filter: Choice {
    type Sort: SortKey;
}

/// What a list can be sorted by.
pub trait SortKey: Choice {
    /// Whether the largest comes first when nothing else is said.
    fn starts_down(self) -> bool;
}

/// Which orders to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrderFilter {
    #[default]
    All,
    Paid,
    Pending,
    Refunded,
    /// Nothing came of them.
    Ended,
}

impl Choice for OrderFilter {
    const ALL: &'static [Self] = &[Self::All, Self::Paid, Self::Pending, Self::Refunded, Self::Ended];

    fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Paid => "paid",
            Self::Pending => "pending",
            Self::Refunded => "refunded",
            Self::Ended => "ended",
        }
    }
}

impl Filter for OrderFilter {
    type Sort = OrderSort;
}

impl OrderFilter {
    /// The states that it lets through.
    pub const fn states(self) -> &'static [OrderState] {
        use OrderState as S;
        match self {
            Self::All => &S::ALL,
            Self::Paid => &[S::Paid, S::PartRefunded],
            Self::Pending => &[S::Basket, S::Pending],
            Self::Refunded => &[S::PartRefunded, S::Refunded],
            Self::Ended => &[S::Expired, S::Cancelled, S::Failed],
        }
    }
}

/// What orders can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrderSort {
    /// When it was ordered.
    #[default]
    Ordered,
    Buyer,
    Tickets,
    Total,
    State,
}

impl Choice for OrderSort {
    const ALL: &'static [Self] = &[Self::Ordered, Self::Buyer, Self::Tickets, Self::Total, Self::State];

    fn word(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::Buyer => "buyer",
            Self::Tickets => "tickets",
            Self::Total => "total",
            Self::State => "state",
        }
    }
}

impl SortKey for OrderSort {
    fn starts_down(self) -> bool {
        matches!(self, Self::Ordered | Self::Tickets | Self::Total)
    }
}

/// Which ticket holders to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AttendeeFilter {
    #[default]
    All,
    In,
    NotIn,
}

impl Choice for AttendeeFilter {
    const ALL: &'static [Self] = &[Self::All, Self::In, Self::NotIn];

    fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::In => "in",
            Self::NotIn => "not_in",
        }
    }
}

impl Filter for AttendeeFilter {
    type Sort = AttendeeSort;
}

impl AttendeeFilter {
    /// Whether somebody has to be in, has to be out, or either.
    pub const fn is_in(self) -> Option<bool> {
        match self {
            Self::All => None,
            Self::In => Some(true),
            Self::NotIn => Some(false),
        }
    }
}

/// What ticket holders can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AttendeeSort {
    #[default]
    Holder,
    /// When they came in; whoever is not in comes last.
    CheckedIn,
    Type,
    Order,
}

impl Choice for AttendeeSort {
    const ALL: &'static [Self] = &[Self::Holder, Self::CheckedIn, Self::Type, Self::Order];

    fn word(self) -> &'static str {
        match self {
            Self::Holder => "holder",
            Self::CheckedIn => "checked_in",
            Self::Type => "type",
            Self::Order => "order",
        }
    }
}

impl SortKey for AttendeeSort {
    fn starts_down(self) -> bool {
        false
    }
}

/// How a list is sorted. In an address a dash before the key's word stands for down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sorting<K> {
    pub key: K,
    pub is_down: bool,
}

impl<K: SortKey> Default for Sorting<K> {
    fn default() -> Self {
        Self::by(K::default())
    }
}

impl<K: SortKey> Sorting<K> {
    /// By a key, its own way round.
    pub fn by(key: K) -> Self {
        Self { key, is_down: key.starts_down() }
    }

    /// Reads the word of an address; any other word sorts as when nothing is said.
    pub fn of_word(word: &str) -> Self {
        let (is_down, key) = word.strip_prefix('-').map_or((false, word), |key| (true, key));
        K::find(key).map_or_else(Self::default, |key| Self { key, is_down })
    }

    /// The word in an address.
    pub fn word(self) -> String {
        format!("{}{}", if self.is_down { "-" } else { "" }, self.key.word())
    }

    /// The sorting that the head of a column leads to: its own key, and the other way round when it is that already.
    pub fn pressed(self, key: K) -> Self {
        if self.key == key { Self { key, is_down: !self.is_down } } else { Self::by(key) }
    }
}

/// What to look for, in which order, and from where on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search<F: Filter> {
    pub text: String,
    pub filter: F,
    pub sorting: Sorting<F::Sort>,
    pub after: Option<Cursor>,
}

impl<F: Filter> Search<F> {
    /// What an address asks for.
    pub fn of_words(text: String, filter: &str, sort: &str, after: &str) -> Self {
        Self {
            text,
            filter: F::of_word(filter),
            sorting: Sorting::of_word(sort),
            after: (!after.is_empty()).then(|| Cursor(after.to_owned())),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn search(text: &str) -> Search<OrderFilter> {
        Search::of_words(text.to_owned(), "", "", "")
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
            assert_eq!(OrderFilter::of_word(filter.word()), *filter);
        }
        for filter in AttendeeFilter::ALL {
            assert_eq!(AttendeeFilter::of_word(filter.word()), *filter);
        }
        assert_eq!(OrderFilter::of_word("'; drop table"), OrderFilter::All);
    }

    #[test]
    fn a_sorting_survives_its_way_through_an_address() {
        for key in OrderSort::ALL {
            for is_down in [false, true] {
                let sorting = Sorting { key: *key, is_down };
                assert_eq!(Sorting::of_word(&sorting.word()), sorting);
            }
        }
        for odd in ["", "-", "--total", "total desc", "'; drop table"] {
            assert_eq!(Sorting::of_word(odd), Sorting { key: OrderSort::Ordered, is_down: true }, "{odd}");
        }
    }

    #[test]
    fn the_head_of_a_column_turns_it_round_when_pressed_again() {
        let newest = Sorting::<OrderSort>::default();
        let dearest = newest.pressed(OrderSort::Total);
        assert_eq!(dearest.word(), "-total");
        assert_eq!(dearest.pressed(OrderSort::Total).word(), "total");
        assert_eq!(newest.pressed(OrderSort::Ordered).word(), "ordered");
    }
}
