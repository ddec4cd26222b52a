//! What stands above every page of the desk about one event.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};

use super::{EventSide, event_sides};
use crate::{
    events::{EventHead, EventState},
    i18n::{t, tu_string, use_i18n},
    ui::{Badge, BadgeTone, Chip, Chips, Icon, LinkButton, PageTitle, Size, Tab, Tabs, Tone, WhenStyle, when_words},
};

/// The organizer and the event that the address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventDesk {
    pub org: String,
    pub event: String,
}

impl EventDesk {
    /// Reads the address at hand, now and whenever it changes.
    pub fn of_address() -> Memo<Self> {
        let params = use_params_map();
        let part = move |name: &str| params.read().get_str(name).unwrap_or_default().to_owned();
        Memo::new(move |_| Self { org: part("org"), event: part("event") })
    }

    /// The address of one of the event's pages; the dashboard's rest is empty.
    pub fn address(&self, rest: &str) -> String {
        format!("/desk/{}/events/{}{rest}", self.org, self.event)
    }
}

/// The sides of an event; where the one we are on has several pages, those below.
#[component]
pub fn EventTabs() -> impl IntoView {
    let i18n = use_i18n();
    let desk = EventDesk::of_address().get_untracked();
    let path = use_location().pathname.get_untracked();
    let rest = path.strip_prefix(&desk.address("")).unwrap_or_default().to_owned();
    let sides = event_sides();
    let tabs = sides
        .iter()
        .map(|side| Tab {
            label: side.name.clone(),
            href: desk.address(side.rest),
            icon: side.icon,
            is_here: side.is_at(&rest),
        })
        .collect();
    let here = sides.into_iter().find(|side| side.is_at(&rest) && !side.inner.is_empty());
    let pages = here.map(|side| {
        let label = side.name.clone();
        let chip =
            |page: EventSide| Chip { href: desk.address(page.rest), is_chosen: page.is_at(&rest), label: page.name };
        let items = side.pages().into_iter().map(chip).collect();
        view! { <Chips label items in_rows=true/> }
    });
    view! {
        <div class="mb-6 grid grid-cols-1 gap-3">
            <Tabs label=tu_string!(i18n, events.tabs).to_string() items=tabs/>
            {pages}
        </div>
    }
}

/// The event's name, when and where it is, whether it is off, and its sides.
#[component]
pub fn EventHeader(event: EventHead) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let when = when_words(&event.starts, WhenStyle::Short, locale);
    let lead = format!("{when} · {}, {}", event.venue, event.place);
    // On sale is how events are; only what differs is said.
    let state = match event.state {
        EventState::Draft => Some(BadgeTone::Warning),
        EventState::Cancelled => Some(BadgeTone::Error),
        EventState::Published => None,
    };
    let is_public = event.state != EventState::Draft;
    view! {
        <PageTitle text=event.title lead=lead>
            {state.map(|tone| view! { <Badge tone>{event.state.words(locale, false)}</Badge> })}
            {is_public.then(|| view! {
                <LinkButton href=format!("/e/{}", event.slug) tone=Tone::Quiet size=Size::Small icon=Icon::Eye icon_on_phones=true>
                    {t!(i18n, events.tab_page)}
                </LinkButton>
            })}
        </PageTitle>
        <EventTabs/>
    }
}
