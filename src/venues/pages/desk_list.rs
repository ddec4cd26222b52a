//! `/desk/:org/venues`: an organizer's venues.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Badge, BadgeTone, Empty, Icon, IconView, LinkButton, Load, PageTitle, load},
    venues::{MapVersion, VenueCard, VenueList, list_venues},
};

#[component]
pub fn DeskVenuesPage() -> impl IntoView {
    let params = use_params_map();
    let org = move || params.read().get_str("org").unwrap_or_default().to_owned();
    let list = load(org, list_venues);
    view! {
        <Load from=list let:list>
            <Listed org=org() list/>
        </Load>
    }
    .into_any()
}

#[component]
fn Listed(org: String, list: VenueList) -> impl IntoView {
    let i18n = use_i18n();
    let new = format!("/desk/{org}/venues/new");
    let is_empty = list.venues.is_empty();
    let first = new.clone();
    let cards = list.venues.into_iter().map(|card| view! { <Card org=org.clone() card/> }).collect_view();
    view! {
        <PageTitle text=t_string!(i18n, venues.title).to_string() lead=list.org_name>
            <LinkButton href=new icon=Icon::Plus>{t!(i18n, venues.new)}</LinkButton>
        </PageTitle>
        {is_empty.then(|| view! {
            <Empty icon=Icon::Pin title=t_string!(i18n, venues.empty_title).to_string() text=t_string!(i18n, venues.empty_text).to_string()>
                <LinkButton href=first icon=Icon::Plus>{t!(i18n, venues.new)}</LinkButton>
            </Empty>
        })}
        <ul class="grid gap-3 sm:grid-cols-2">{cards}</ul>
    }
}

#[component]
fn Card(org: String, card: VenueCard) -> impl IntoView {
    let i18n = use_i18n();
    let venue = card.venue;
    let has_map = card.newest.is_some();
    view! {
        <li>
            <a href=format!("/desk/{org}/venues/{}", venue.venue_id) class="grid h-full grid-cols-[auto_1fr] gap-x-4 rounded-box border border-base-300 bg-base-100 p-4 hover:bg-base-200">
                <span class="grid size-11 place-items-center rounded-field bg-base-200 text-secondary"><IconView icon=Icon::Pin/></span>
                <div class="grid min-w-0 content-start gap-1">
                    <p class="font-display text-lg font-bold leading-snug">{venue.name}</p>
                    <p class="text-sm text-muted">{venue.place}</p>
                    {card.newest.map(|map| view! { <p class="text-sm tabular-nums"><MapCounts map/></p> })}
                    {(!has_map).then(|| view! { <p><Badge tone=BadgeTone::Warning>{t!(i18n, venues.no_map)}</Badge></p> })}
                </div>
            </a>
        </li>
    }
}

/// How many people a map has room for.
#[component]
pub(super) fn MapCounts(map: MapVersion) -> impl IntoView {
    let i18n = use_i18n();
    let MapVersion { sections, seats, standing, .. } = map;
    view! { {t!(i18n, venues.counts, sections = sections, seats = seats, standing = standing)} }
}
