//! The map as a drawing: every section a link to itself from near.

use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    venues::sheet::{Drawn, Frame, LETTERS, MapSheet, RowView, SectionView, Stroke},
};

/// Letters of rows, in seats.
const ROW_LETTERS: f32 = 0.8;

/// A map, or a section of it from near.
#[component]
pub fn MapView(
    sheet: MapSheet,
    /// Where a section's own page is; its number is put behind.
    #[prop(into)]
    section_link: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let Frame { x, y, width, height } = sheet.frame;
    let letters = width.max(height) / LETTERS;
    let (dot, opened) = (sheet.dot, sheet.opened);
    let drawn = sheet.drawn.into_iter().map(|drawn| view! { <Ground drawn letters/> }).collect_view();
    let shown = sheet.sections.into_iter().filter(|section| opened.is_none_or(|opened| opened == section.number));
    let sections = shown
        .map(|section| {
            let href = format!("{section_link}{}", section.number);
            let is_opened = opened.is_some();
            view! { <SectionOnMap section href dot is_opened/> }
        })
        .collect_view();
    let rows = sheet.rows.into_iter().map(|row| view! { <RowName row dot/> }).collect_view();
    let best = sheet.suggestion.map(|best| best.path).filter(|path| !path.is_empty());
    view! {
        <svg
            viewBox=format!("{x} {y} {width} {height}")
            class="block h-auto max-h-[70vh] w-full rounded-box border border-base-300 bg-base-100"
            role="group"
            aria-label=t_string!(i18n, venues.map).to_string()
        >
            {drawn}
            {sections}
            {rows}
            {best.map(|path| view! {
                <path d=path fill="none" stroke-width=dot stroke-linecap="round" class="stroke-base-content"/>
            })}
        </svg>
    }
}

/// What is drawn and not sold.
#[component]
fn Ground(drawn: Drawn, letters: u16) -> impl IntoView {
    view! {
        <polygon points=drawn.points fill=drawn.color fill-opacity="0.35"/>
        {(!drawn.text.is_empty()).then(|| view! {
            <text x=drawn.x y=drawn.y font-size=letters text-anchor="middle" dominant-baseline="central" class="fill-base-content font-semibold">{drawn.text}</text>
        })}
    }
}

/// A section's seats, and its name until it is opened.
#[component]
fn SectionOnMap(section: SectionView, href: String, dot: u16, is_opened: bool) -> impl IntoView {
    let name = section.name.clone();
    let strokes = section
        .strokes
        .into_iter()
        .map(|Stroke { color, path }| {
            view! {
                <path d=path fill="none" stroke=color stroke-width=dot stroke-linecap="round" stroke-linejoin="round"/>
            }
        })
        .collect_view();
    let ground =
        section.ground.map(|ground| view! { <polygon points=ground.points fill=ground.color fill-opacity="0.6"/> });
    view! {
        <a href=href aria-label=name.clone()>
            {ground}
            {strokes}
            {(!is_opened).then(|| view! {
                <text x=section.x y=section.y font-size=section.letters stroke-width=section.letters / 5 text-anchor="middle" dominant-baseline="central" paint-order="stroke" class="fill-base-content stroke-base-100 font-semibold">
                    {section.name}
                </text>
            })}
        </a>
    }
}

/// A row's name before its first seat.
#[component]
fn RowName(row: RowView, dot: u16) -> impl IntoView {
    view! {
        <text x=row.x y=row.y font-size=f32::from(dot) * ROW_LETTERS text-anchor="middle" dominant-baseline="central" class="fill-base-content">{row.name}</text>
    }
}
