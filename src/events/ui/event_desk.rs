//! What stands above every page of the desk about one event.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    events::{EventHead, EventState},
    i18n::{t, tu_string, use_i18n},
    ui::{Badge, BadgeTone, Icon, LinkButton, PageTitle, Size, Tab, Tabs, Tone, WhenStyle, when_words},
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

/// The sides of an event, a page each.
#[component]
pub fn EventTabs() -> impl IntoView {
    let i18n = use_i18n();
    let desk = EventDesk::of_address().get_untracked();
    let items = vec![
        Tab::new(tu_string!(i18n, events.tab_dashboard).to_string(), desk.address("")).icon(Icon::Chart),
        Tab::new(tu_string!(i18n, events.tab_orders).to_string(), desk.address("/orders")).icon(Icon::Receipt),
        Tab::new(tu_string!(i18n, events.tab_attendees).to_string(), desk.address("/attendees")).icon(Icon::Users),
        Tab::new(tu_string!(i18n, events.tab_edit).to_string(), desk.address("/edit")).icon(Icon::Pencil),
        Tab::new(tu_string!(i18n, events.tab_types).to_string(), desk.address("/types")).icon(Icon::Tag),
        Tab::new(tu_string!(i18n, events.tab_stock).to_string(), desk.address("/stock")).icon(Icon::List),
        Tab::new(tu_string!(i18n, events.tab_codes).to_string(), desk.address("/codes")).icon(Icon::Lock),
        Tab::new(tu_string!(i18n, events.tab_waitlist).to_string(), desk.address("/waitlist")).icon(Icon::Clock),
        Tab::new(tu_string!(i18n, queue.desk_tab).to_string(), desk.address("/waiting")).icon(Icon::Clock),
        Tab::new(tu_string!(i18n, rehearsal.tab).to_string(), desk.address("/rehearsal")).icon(Icon::Eye),
        Tab::new(tu_string!(i18n, events.tab_gates).to_string(), desk.address("/gates")).icon(Icon::Scan),
    ];
    view! { <Tabs label=tu_string!(i18n, events.tabs).to_string() items/> }
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
