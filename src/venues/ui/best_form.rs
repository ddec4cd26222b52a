//! Which seats the map takes for good: a form that changes nothing.

use leptos::{either::Either, prelude::*};

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, Card, Field, FieldKind, Hidden, Icon, Select, Tone},
    venues::{
        MapLook,
        model::TRIED_SEATS_MAX,
        sheet::{MapSheet, Suggestion},
    },
};

/// Asks for so many seats in the empty house, and tells which these would be.
#[component]
pub fn BestForm(sheet: MapSheet, look: MapLook, version: i32) -> impl IntoView {
    let i18n = use_i18n();
    let any = (String::new(), t_string!(i18n, venues.best_any).to_string());
    let zones = sheet.zones.iter().enumerate().filter(|(_, zone)| zone.seats > 0);
    let zones: Vec<_> =
        std::iter::once(any).chain(zones.map(|(number, zone)| (number.to_string(), zone.name.clone()))).collect();
    let seats = look.seats().unwrap_or(2).to_string();
    view! {
        <Card title=t_string!(i18n, venues.best_title).to_string()>
            <p class="text-sm text-muted">{t!(i18n, venues.best_text)}</p>
            <form method="get" class="grid items-end gap-3 sm:grid-cols-[8rem_1fr_auto]">
                <Hidden name="version" value=version.to_string()/>
                <Field name="seats" kind=FieldKind::Number label=t_string!(i18n, venues.best_seats).to_string() value=seats min="1" max=TRIED_SEATS_MAX.to_string()/>
                <Select name="zone" label=t_string!(i18n, venues.best_zone).to_string() value=look.zone options=zones/>
                <Button tone=Tone::Secondary icon=Icon::Search>{t!(i18n, venues.best_button)}</Button>
            </form>
            {sheet.suggestion.map(|suggestion| view! { <Parts suggestion/> })}
        </Card>
    }
}

#[component]
fn Parts(suggestion: Suggestion) -> impl IntoView {
    let i18n = use_i18n();
    if suggestion.parts.is_empty() {
        return Either::Left(view! { <p role="status">{t!(i18n, venues.best_none)}</p> });
    }
    let parts = suggestion
        .parts
        .into_iter()
        .map(|part| {
            view! {
                <li class="font-semibold">
                    {t!(i18n, venues.best_part, section = part.section.clone(), row = part.row.clone(), numbers = part.numbers.clone())}
                </li>
            }
        })
        .collect_view();
    Either::Right(view! { <ul role="status" class="grid gap-1">{parts}</ul> })
}
