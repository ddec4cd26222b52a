//! `/`: what is on.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use crate::{
    events::{Category, Discovery, DiscoveryForm, discover_events, ui::EventCardView},
    i18n::{t, t_string, use_i18n},
    ui::{Chip, Chips, Empty, Hidden, Icon, LinkButton, Load, Pager, SearchBox, Select, load},
};

/// Cards whose pictures are seen without scrolling.
const EAGER: usize = 2;

/// What the address asks for.
fn asked() -> Memo<DiscoveryForm> {
    let query = use_query_map();
    Memo::new(move |_| {
        let query = query.read();
        let get = |name: &str| query.get_str(name).unwrap_or_default().to_owned();
        DiscoveryForm {
            q: get("q"),
            place: get("place"),
            category: get("category"),
            when: get("when"),
            after: get("after"),
        }
    })
}

#[component]
pub fn DiscoverPage() -> impl IntoView {
    let i18n = use_i18n();
    let asked = asked();
    let found = load(move || asked.get(), discover_events);
    view! {
        <Title text=t_string!(i18n, events.discover_title).to_string()/>
        <Meta name="description" content=t_string!(i18n, events.discover_meta).to_string()/>
        <header class="grid gap-1 pt-4 pb-3 sm:pt-8 sm:pb-5">
            <h1 class="font-display text-2xl font-bold text-balance sm:text-4xl">{t!(i18n, events.discover_title)}</h1>
            <p class="text-muted max-sm:sr-only">{t!(i18n, events.discover_meta)}</p>
        </header>
        <Load from=found let:found>
            <SearchForm form=asked.get_untracked() places=found.places.clone()/>
            <Filters form=asked.get_untracked()/>
            <Found found form=asked.get_untracked()/>
        </Load>
    }
    .into_any()
}

#[component]
fn SearchForm(form: DiscoveryForm, places: Vec<String>) -> impl IntoView {
    let i18n = use_i18n();
    let everywhere = (String::new(), t_string!(i18n, events.place_any).to_string());
    let places = std::iter::once(everywhere).chain(places.into_iter().map(|place| (place.clone(), place))).collect();
    view! {
        <SearchBox action="/" label=t_string!(i18n, events.search_hint).to_string() text=form.q>
            <div class="w-30 sm:w-56">
                <Select name="place" label=t_string!(i18n, events.place).to_string() value=form.place options=places is_bare=true/>
            </div>
            <Hidden name="category" value=form.category/>
            <Hidden name="when" value=form.when/>
        </SearchBox>
    }
}

/// When and what, as links that keep the rest of the address.
#[component]
fn Filters(form: DiscoveryForm) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let days = [
        ("", t_string!(i18n, events.when_any).to_string()),
        ("today", t_string!(i18n, events.when_today).to_string()),
        ("weekend", t_string!(i18n, events.when_weekend).to_string()),
        ("month", t_string!(i18n, events.when_month).to_string()),
    ];
    let days = days.map(|(word, label)| Chip {
        label,
        href: DiscoveryForm { when: word.to_owned(), after: String::new(), ..form.clone() }.address(),
        is_chosen: form.when == word,
    });
    let all = ("", t_string!(i18n, events.category_any).to_string());
    let kinds = std::iter::once(all).chain(Category::ALL.map(|kind| (kind.as_str(), kind.words(locale))));
    let kinds = kinds.map(|(word, label)| Chip {
        label,
        href: DiscoveryForm { category: word.to_owned(), after: String::new(), ..form.clone() }.address(),
        is_chosen: form.category == word,
    });
    view! {
        <div class="grid py-2 sm:gap-1 sm:py-4">
            <Chips label=t_string!(i18n, events.when).to_string() items=days.to_vec()/>
            <Chips label=t_string!(i18n, events.category).to_string() items=kinds.collect()/>
        </div>
    }
}

#[component]
fn Found(found: Discovery, form: DiscoveryForm) -> impl IntoView {
    let i18n = use_i18n();
    let base = DiscoveryForm { after: String::new(), ..form }.address();
    if found.events.rows.is_empty() {
        return view! {
            <Empty icon=Icon::Search title=t_string!(i18n, events.none_title).to_string() text=t_string!(i18n, events.none_text).to_string()>
                <LinkButton href="/">{t!(i18n, events.none_clear)}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    let cards = found
        .events
        .rows
        .into_iter()
        .enumerate()
        .map(|(place, card)| view! { <EventCardView card eager=place < EAGER/> });
    view! {
        <div class="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">{cards.collect_view()}</div>
        <Pager next=found.events.next base/>
    }
    .into_any()
}
