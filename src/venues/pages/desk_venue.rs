//! `/desk/:org/venues/:venue`: a venue, its map, and the map's versions.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{desk_list::MapCounts, desk_new::VenueFields};
use crate::{
    error::AppError,
    i18n::{t, t_string, use_i18n},
    kernel::{FieldFault, VenueId},
    ui::{Button, Card, FormFrame, Hidden, Icon, LinkButton, Load, PageTitle, Size, Tone, load},
    venues::{
        ChangeVenue, ImportFaults, MapLook, MapVersion, Venue, VenueForm, VenuePage, get_venue,
        sheet::MapSheet,
        ui::{BestForm, ImportForm, MapView, RowTable, SectionTable},
    },
};

#[component]
pub fn DeskVenuePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let (params, query) = (params.read(), query.read());
        let word = |name| query.get_str(name).unwrap_or_default().to_owned();
        let look =
            MapLook { version: word("version"), section: word("section"), seats: word("seats"), zone: word("zone") };
        let org = params.get_str("org").unwrap_or_default().to_owned();
        (org, params.get_str("venue").and_then(|id| id.parse::<VenueId>().ok()), look)
    });
    let page = load(
        move || asked.get(),
        |(org, venue, look)| async move {
            // What was wrong with a file that was sent just now travels with the page, so that the browser has it too.
            let faults = use_context::<ImportFaults>().unwrap_or_default();
            get_venue(org, venue.ok_or(AppError::NotFound)?, look).await.map(|page| (page, faults))
        },
    );
    view! {
        <Load from=page let:found>
            {
                let (org, _, look) = asked.get_untracked();
                let (page, faults) = found;
                view! { <Shown org look page faults/> }
            }
        </Load>
    }
    .into_any()
}

#[component]
fn Shown(org: String, look: MapLook, page: VenuePage, faults: ImportFaults) -> impl IntoView {
    let i18n = use_i18n();
    let VenuePage { venue, versions, shown, sheet } = page;
    // The page that tells what is wrong with a file has that refusal's status.
    if !faults.faults.is_empty() {
        AppError::field("plan", FieldFault::NotAChoice).note();
    }
    let back = format!("/desk/{org}/venues");
    let base = format!("{back}/{}", venue.venue_id);
    let has_map = sheet.is_some();
    let map = shown.zip(sheet).map(|(version, sheet)| view! { <Map base=base.clone() look version sheet/> });
    view! {
        <PageTitle text=venue.name.clone() lead=venue.place.clone()>
            <LinkButton href=back tone=Tone::Quiet icon=Icon::ArrowLeft>{t!(i18n, venues.title)}</LinkButton>
        </PageTitle>
        <div class="grid gap-6">
            {map}
            <ImportForm target=base.clone() faults has_map/>
            {has_map.then(|| view! { <Versions base=base.clone() versions shown/> })}
            <Details org venue/>
        </div>
    }
}

/// The map, or a section of it, as a drawing and in words.
#[component]
fn Map(base: String, look: MapLook, version: i32, sheet: MapSheet) -> impl IntoView {
    let i18n = use_i18n();
    let section_link = format!("{base}?version={version}&section=");
    let opened = sheet.opened.and_then(|number| sheet.sections.get(number)).map(|section| section.name.clone());
    let rows = opened.is_some().then(|| sheet.rows.clone());
    view! {
        <section class="grid gap-4">
            {opened.map(|name| view! {
                <div class="flex flex-wrap items-center justify-between gap-3">
                    <h2 class="font-display text-lg font-bold">{t!(i18n, venues.section_named, name = name.clone())}</h2>
                    <LinkButton href=format!("{base}?version={version}") tone=Tone::Secondary size=Size::Small icon=Icon::ArrowLeft>{t!(i18n, venues.whole_map)}</LinkButton>
                </div>
            })}
            <MapView sheet=sheet.clone() section_link=section_link.clone()/>
            {rows.map(|rows| view! { <RowTable rows/> })}
            <BestForm sheet=sheet.clone() look version/>
            <SectionTable sheet section_link/>
        </section>
    }
}

/// Every version of the map, to look at and to take away.
#[component]
fn Versions(base: String, versions: Vec<MapVersion>, shown: Option<i32>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = versions
        .into_iter()
        .map(|map| {
            let is_shown = shown == Some(map.version);
            view! { <VersionRow base=base.clone() map is_shown/> }
        })
        .collect_view();
    view! {
        <Card title=t_string!(i18n, venues.versions).to_string()>
            <ul class="grid">{rows}</ul>
        </Card>
    }
}

#[component]
fn VersionRow(base: String, map: MapVersion, is_shown: bool) -> impl IntoView {
    let i18n = use_i18n();
    let version = map.version;
    let files = ["json", "svg", "csv"]
        .map(|ending| {
            let href = format!("{base}/maps/{version}.{ending}");
            view! {
                <a href=href rel="external" download="" class="inline-flex min-h-11 items-center px-2 font-medium uppercase text-secondary hover:underline">{ending}</a>
            }
        })
        .collect_view();
    view! {
        <li class="flex flex-wrap items-center justify-between gap-x-4 border-t border-base-300 py-2 first:border-t-0">
            <div class="min-w-0">
                <a href=format!("{base}?version={version}") aria-current=is_shown.then_some("true") class="font-semibold text-secondary hover:underline aria-[current]:text-base-content">
                    {t!(i18n, venues.version, version = version)}
                </a>
                <p class="text-sm text-muted">{map.file_name.clone()}</p>
                <p class="text-sm tabular-nums text-muted"><MapCounts map/></p>
            </div>
            <div class="flex items-center" role="group" aria-label=t_string!(i18n, venues.take_away).to_string()>{files}</div>
        </li>
    }
}

#[component]
fn Details(org: String, venue: Venue) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<ChangeVenue>::new();
    view! {
        <Card title=t_string!(i18n, venues.details).to_string()>
            <FormFrame action>
                <Hidden name="org" value=org/>
                <Hidden name="venue" value=venue.venue_id.to_string()/>
                <VenueFields form=VenueForm { name: venue.name, place: venue.place }/>
                <div><Button tone=Tone::Secondary>{t!(i18n, venues.save)}</Button></div>
            </FormFrame>
        </Card>
    }
}
