//! Events: what they are, what a form about one may say, and what cards and pages show.

use std::{fmt, str::FromStr};

use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::relative::Relative;
use crate::{
    kernel::{Currency, EventId, LocalTime, Money, OrgId, ZoneName},
    tickets::OnSale,
};

/// Where an event stands with the public; being over is a matter of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventState {
    Draft,
    Published,
    Cancelled,
}

impl EventState {
    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A stored or sent word that names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an unknown word")]
pub struct UnknownWord;

impl FromStr for EventState {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        [Self::Draft, Self::Published, Self::Cancelled]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(UnknownWord)
    }
}

/// What kind of event it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    Music,
    Festival,
    Nightlife,
    Comedy,
    Theatre,
    Film,
    Sport,
    Food,
    Family,
    Faith,
    Business,
    Learning,
    Other,
}

impl Category {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 13] = [
        Self::Music,
        Self::Festival,
        Self::Nightlife,
        Self::Comedy,
        Self::Theatre,
        Self::Film,
        Self::Sport,
        Self::Food,
        Self::Family,
        Self::Faith,
        Self::Business,
        Self::Learning,
        Self::Other,
    ];

    /// The word that is stored, and that stands in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Music => "music",
            Self::Festival => "festival",
            Self::Nightlife => "nightlife",
            Self::Comedy => "comedy",
            Self::Theatre => "theatre",
            Self::Film => "film",
            Self::Sport => "sport",
            Self::Food => "food",
            Self::Family => "family",
            Self::Faith => "faith",
            Self::Business => "business",
            Self::Learning => "learning",
            Self::Other => "other",
        }
    }
}

impl FromStr for Category {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|category| category.as_str() == text).ok_or(UnknownWord)
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An event as its organizer edits it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub org_id: OrgId,
    pub event_id: EventId,
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub description_md: String,
    pub category: Category,
    pub venue: String,
    pub place: String,
    pub country: String,
    pub starts: LocalTime,
    pub ends: LocalTime,
    pub zone: ZoneName,
    pub currency: Currency,
    pub picture: Option<String>,
    pub state: EventState,
    /// Ticket types on offer; without one the event cannot be published.
    pub types: i64,
    pub is_over: bool,
}

/// An event as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicEvent {
    pub org_id: OrgId,
    pub event_id: EventId,
    pub org_slug: String,
    pub org_name: String,
    pub org_about: String,
    pub slug: String,
    pub title: String,
    pub summary: String,
    /// Made from the organizer's Markdown and cleaned; safe to show as it is.
    pub description_html: String,
    pub category: Category,
    pub venue: String,
    pub place: String,
    pub country: String,
    pub starts: LocalTime,
    pub ends: LocalTime,
    pub relative: Relative,
    pub picture: Option<String>,
    pub state: EventState,
}

/// All that the event page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventPage {
    pub event: PublicEvent,
    pub on_sale: Vec<OnSale>,
    /// Where Lango is reached, for the addresses that search engines and other sites keep.
    pub origin: String,
}

/// How much is left of all types together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stock {
    /// Nothing is on sale yet.
    Soon,
    Plenty,
    Few,
    SoldOut,
}

/// An event in a list that everybody sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventCard {
    pub event_id: EventId,
    pub slug: String,
    pub title: String,
    pub category: Category,
    pub venue: String,
    pub place: String,
    pub starts: LocalTime,
    pub relative: Relative,
    pub picture: Option<String>,
    pub org_slug: String,
    pub price_from: Option<Money>,
    pub stock: Stock,
}

/// What a visitor looks for, word for word as it stands in the address of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DiscoveryForm {
    pub q: String,
    pub place: String,
    pub category: String,
    /// `today`, `weekend`, `month`, or a date such as `2026-11-21`.
    pub when: String,
    pub after: String,
}

impl DiscoveryForm {
    /// The address of the page that shows it; what is not asked for is left out.
    pub fn address(&self) -> String {
        let asked = [
            ("q", &self.q),
            ("place", &self.place),
            ("category", &self.category),
            ("when", &self.when),
            ("after", &self.after),
        ];
        let pairs: Vec<_> = asked
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", crate::kernel::escape_query(value)))
            .collect();
        if pairs.is_empty() { "/".to_owned() } else { format!("/?{}", pairs.join("&")) }
    }
}

/// A page of what is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    pub events: crate::kernel::Page<EventCard>,
    /// Towns in which something is on.
    pub places: Vec<String>,
}

/// An event in its organizer's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskEvent {
    pub event_id: EventId,
    pub slug: String,
    pub title: String,
    pub state: EventState,
    pub starts: LocalTime,
    pub is_over: bool,
    pub sold: i64,
    pub capacity: i64,
}

/// An event that the desk may go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskHit {
    pub event_id: EventId,
    pub title: String,
    pub starts: LocalTime,
}

/// An organizer's list of events, with what the one who looks may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskList {
    pub org_name: String,
    pub may_edit: bool,
    pub events: crate::kernel::Page<DeskEvent>,
}

/// Which part of an organizer's events is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeskFilter {
    #[default]
    Ahead,
    Past,
    All,
}

impl DeskFilter {
    pub const ALL: [Self; 3] = [Self::Ahead, Self::Past, Self::All];

    /// The word that stands in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Past => "past",
            Self::All => "all",
        }
    }

    /// Reads the word of an address; another one counts as the first.
    pub fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.as_str() == word).unwrap_or_default()
    }
}

/// Why an event stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum EventRefusal {
    #[error("Add a ticket type before you publish.")]
    NoTypes,
    #[error("This event is over. Change its date first.")]
    Over,
    #[error("This event is cancelled.")]
    Cancelled,
    #[error("The currency is fixed once there are ticket types.")]
    CurrencyFixed,
    #[error("This event is not published.")]
    NotPublished,
}

impl EventRefusal {
    pub const fn status(self) -> StatusCode {
        StatusCode::CONFLICT
    }
}

/// Whether an event may be put on sale.
pub const fn may_publish(state: EventState, types: i64, is_over: bool) -> Result<(), EventRefusal> {
    match state {
        EventState::Cancelled => Err(EventRefusal::Cancelled),
        _ if is_over => Err(EventRefusal::Over),
        _ if types == 0 => Err(EventRefusal::NoTypes),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_published_with_types_and_a_future_only() {
        use EventState::{Cancelled, Draft, Published};
        let cases = [
            (Draft, 1, false, Ok(())),
            (Published, 1, false, Ok(())),
            (Draft, 0, false, Err(EventRefusal::NoTypes)),
            (Draft, 1, true, Err(EventRefusal::Over)),
            (Cancelled, 1, false, Err(EventRefusal::Cancelled)),
        ];
        for (state, types, is_over, expected) in cases {
            assert_eq!(may_publish(state, types, is_over), expected, "{state:?} {types} {is_over}");
        }
    }

    #[test]
    fn an_address_tells_what_is_asked_for_and_nothing_else() {
        let asked = DiscoveryForm { q: "a&b c".into(), when: "today".into(), ..DiscoveryForm::default() };
        assert_eq!(asked.address(), "/?q=a%26b%20c&when=today");
        assert_eq!(DiscoveryForm::default().address(), "/");
    }

    #[test]
    fn words_of_states_and_categories_go_there_and_back() {
        for category in Category::ALL {
            assert_eq!(category.as_str().parse(), Ok(category));
        }
        for state in [EventState::Draft, EventState::Published, EventState::Cancelled] {
            assert_eq!(state.as_str().parse(), Ok(state));
        }
        assert_eq!("Music".parse::<Category>(), Err(UnknownWord));
        assert_eq!(DeskFilter::of("nonsense"), DeskFilter::Ahead);
    }
}
