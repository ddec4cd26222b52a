//! What is wrong with a file, and where.

use leptos::prelude::*;

use crate::{
    i18n::{t, use_i18n},
    ui::{BadgeTone, Notice},
    venues::{Fault, ImportFaults},
};

/// Everything that is wrong, with its place.
#[component]
pub fn FaultList(faults: ImportFaults) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let items = faults
        .faults
        .into_iter()
        .map(|Fault { whence, problem }| {
            view! {
                <li class="grid gap-x-3 border-t border-base-300 py-2 sm:grid-cols-[minmax(0,16rem)_1fr]">
                    <code class="break-all text-sm text-muted">{whence.words(locale)}</code>
                    <span>{problem.words(locale)}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <div role="alert">
            <Notice tone=BadgeTone::Error>
                <p class="font-semibold">{t!(i18n, venues.faults_title, name = faults.file_name.clone())}</p>
                <p>{t!(i18n, venues.faults_text)}</p>
            </Notice>
        </div>
        <ul class="grid">{items}</ul>
    }
}
