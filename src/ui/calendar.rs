//! A date as a leaf of a calendar.

use leptos::prelude::*;

use super::when::{month_short, weekday_short};
use crate::{i18n::use_i18n, kernel::LocalTime};

/// Month, day and weekday of a moment, small, for lists of events; the full date belongs beside it in words.
#[component]
pub fn CalendarLeaf(at: LocalTime) -> impl IntoView {
    let locale = use_i18n().get_locale_untracked();
    view! {
        <span class="grid w-13 shrink-0 self-start overflow-hidden rounded-field border border-base-300 bg-base-100 text-center text-base-content" aria-hidden="true">
            <span class="bg-accent py-0.5 text-xs font-bold uppercase leading-4 text-accent-content">{month_short(&at, locale)}</span>
            <span class="font-display text-xl font-bold leading-7 tabular-nums">{at.day}</span>
            <span class="pb-1 text-xs leading-3 text-muted">{weekday_short(&at, locale)}</span>
        </span>
    }
}
