//! What stands above every page of the desk about one event.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    analytics::EventHead,
    i18n::{t, tu_string, use_i18n},
    ui::{Icon, LinkButton, PageTitle, Size, Tab, Tabs, Tone, WhenStyle, when_words},
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
        Tab::new(tu_string!(i18n, analytics.tab_dashboard).to_string(), desk.address("")).icon(Icon::Chart),
        Tab::new(tu_string!(i18n, analytics.tab_orders).to_string(), desk.address("/orders")).icon(Icon::Receipt),
        Tab::new(tu_string!(i18n, analytics.tab_attendees).to_string(), desk.address("/attendees")).icon(Icon::Users),
        Tab::new(tu_string!(i18n, analytics.tab_edit).to_string(), desk.address("/edit")).icon(Icon::Pencil),
        Tab::new(tu_string!(i18n, analytics.tab_types).to_string(), desk.address("/types")).icon(Icon::Ticket),
        Tab::new(tu_string!(i18n, analytics.tab_gates).to_string(), desk.address("/gates")).icon(Icon::Scan),
    ];
    view! { <Tabs items/> }
}

/// The event's name, when and where it is, and its sides.
#[component]
pub fn EventHeader(event: EventHead) -> impl IntoView {
    let i18n = use_i18n();
    let when = when_words(&event.starts, WhenStyle::Short, i18n.get_locale_untracked());
    let lead = format!("{when} · {}, {}", event.venue, event.place);
    view! {
        <PageTitle text=event.title lead=lead>
            <LinkButton href=format!("/e/{}", event.slug) tone=Tone::Quiet size=Size::Small icon=Icon::Eye>
                {t!(i18n, analytics.see_event)}
            </LinkButton>
        </PageTitle>
        <EventTabs/>
    }
}
