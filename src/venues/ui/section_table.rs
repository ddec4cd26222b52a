//! The map in words: its price zones and sections.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::Table,
    venues::sheet::{MapSheet, SectionView, ZoneView},
};

/// What a map has, for those who read rather than look.
#[component]
pub fn SectionTable(sheet: MapSheet, #[prop(into)] section_link: String) -> impl IntoView {
    let i18n = use_i18n();
    let zones = sheet.zones.into_iter().map(|zone| view! { <ZoneChip zone/> }).collect_view();
    let head = vec![
        t_string!(i18n, venues.section).to_string(),
        t_string!(i18n, venues.rows).to_string(),
        t_string!(i18n, venues.seats).to_string(),
        t_string!(i18n, venues.standing).to_string(),
        t_string!(i18n, venues.zones).to_string(),
    ];
    let rows = sheet
        .sections
        .into_iter()
        .map(|section| {
            let href = format!("{section_link}{}", section.number);
            view! { <SectionRow section href/> }
        })
        .collect_view();
    view! {
        <h3 class="text-sm font-semibold text-muted">{t!(i18n, venues.zones)}</h3>
        <ul class="flex flex-wrap gap-2">{zones}</ul>
        <Table caption=t_string!(i18n, venues.sections).to_string() head>{rows}</Table>
    }
}

#[component]
fn ZoneChip(zone: ZoneView) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <li class="inline-flex min-h-9 items-center gap-2 rounded-full border border-base-300 bg-base-100 px-3 text-sm">
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="6" fill=zone.color/></svg>
            <span class="font-medium">{zone.name}</span>
            <span class="tabular-nums text-muted">{t!(i18n, venues.places, count = zone.seats + zone.standing)}</span>
        </li>
    }
}

#[component]
fn SectionRow(section: SectionView, href: String) -> impl IntoView {
    view! {
        <tr>
            <th scope="row" class="whitespace-nowrap font-semibold">
                <a href=href class="inline-flex min-h-11 items-center text-secondary hover:underline">{section.name}</a>
            </th>
            <td class="tabular-nums">{section.rows}</td>
            <td class="tabular-nums">{section.seats}</td>
            <td class="tabular-nums">{section.standing}</td>
            <td>{section.zones}</td>
        </tr>
    }
}
