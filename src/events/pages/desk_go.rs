//! `/desk/:org/go`: where to go, by words. It is a plain page; the palette shows its middle as a dialog.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    events::{
        DeskHit, find_desk_events,
        ui::{EventSide, event_sides},
    },
    i18n::{t_string, use_i18n},
    ui::{Icon, IconView, Load, PageTitle, SearchBox, Tone, WhenStyle, load, when_words},
};

/// Events whose pages are listed too; of more than these only the dashboard is.
const WITH_PAGES_MAX: usize = 2;

/// A place to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    icon: Icon,
    label: String,
    note: String,
    href: String,
}

#[component]
pub fn DeskGoPage() -> impl IntoView {
    let i18n = use_i18n();
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let org = params.read().get_str("org").unwrap_or_default().to_owned();
        (org, query.read().get_str("q").unwrap_or_default().to_owned())
    });
    let hits = load(move || asked.get(), |(org, words)| find_desk_events(org, words));
    view! {
        <PageTitle text=t_string!(i18n, events.go_title).to_string()/>
        <Load from=hits let:hits>
            {
                let (org, words) = asked.get_untracked();
                view! { <Go org words hits/> }
            }
        </Load>
    }
    .into_any()
}

#[component]
fn Go(org: String, words: String, hits: Vec<DeskHit>) -> impl IntoView {
    let i18n = use_i18n();
    let base = format!("/desk/{org}");
    let mut places = desk_places(&base).into_iter().filter(|place| names(place, &words)).collect::<Vec<_>>();
    let with_pages = if words.trim().is_empty() { 0 } else { WITH_PAGES_MAX };
    for (at, hit) in hits.into_iter().enumerate() {
        places.extend(event_places(&base, &hit, at < with_pages));
    }
    let count = t_string!(i18n, events.go_found, count = places.len()).to_string();
    let rows = places.into_iter().map(|place| view! { <PlaceRow place/> }).collect_view();
    view! {
        <div data-go="" class="grid max-w-xl grid-cols-1 gap-3">
            <SearchBox action=format!("{base}/go") label=t_string!(i18n, events.go_label).to_string() text=words tone=Tone::Secondary/>
            <div data-hits="">
                <p role="status" class="text-sm text-muted">{count}</p>
                <ul class="grid grid-cols-1">{rows}</ul>
            </div>
        </div>
    }
}

#[component]
fn PlaceRow(place: Place) -> impl IntoView {
    view! {
        <li>
            <a href=place.href class="flex min-h-11 items-center gap-3 rounded-field px-2 hover:bg-base-200 focus:bg-base-200">
                <IconView icon=place.icon/>
                <span class="min-w-0 flex-1 truncate font-medium">{place.label}</span>
                <span class="shrink-0 text-sm text-muted">{place.note}</span>
            </a>
        </li>
    }
}

/// Whether a place's name holds all that was typed; typing nothing asks for all.
fn names(place: &Place, words: &str) -> bool {
    let label = place.label.to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| label.contains(word))
}

fn place(icon: Icon, label: impl ToString, href: String) -> Place {
    Place { icon, label: label.to_string(), note: String::new(), href }
}

fn desk_places(base: &str) -> Vec<Place> {
    let i18n = use_i18n();
    vec![
        place(Icon::Calendar, t_string!(i18n, common.desk_events), base.to_owned()),
        place(Icon::Plus, t_string!(i18n, events.desk_new), format!("{base}/events/new")),
        place(Icon::Pin, t_string!(i18n, venues.title), format!("{base}/venues")),
        place(Icon::Users, t_string!(i18n, common.desk_team), format!("{base}/team")),
        place(Icon::Settings, t_string!(i18n, common.desk_settings), format!("{base}/settings")),
        place(Icon::Scan, t_string!(i18n, common.desk_scan), "/gate".to_owned()),
    ]
}

/// An event's dashboard, and its other pages when there are few events to choose from.
fn event_places(base: &str, hit: &DeskHit, with_pages: bool) -> Vec<Place> {
    let i18n = use_i18n();
    let here = format!("{base}/events/{}", hit.event_id);
    let note = when_words(&hit.starts, WhenStyle::Short, i18n.get_locale_untracked());
    let mut places = vec![Place { icon: Icon::Chart, label: hit.title.clone(), note, href: here.clone() }];
    if with_pages {
        let pages = event_sides().into_iter().flat_map(EventSide::pages).filter(|page| !page.rest.is_empty());
        places
            .extend(pages.map(|page| {
                place(page.icon, format!("{} · {}", hit.title, page.name), format!("{here}{}", page.rest))
            }));
    }
    places
}
