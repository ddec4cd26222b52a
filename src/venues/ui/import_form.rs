//! A file to become the map: a plain form, with a list of what is wrong.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, Card, Icon, Tone},
    venues::{ImportFaults, ui::FaultList},
};

/// Sends a file to the page's own address, which tells what was wrong with the last one.
#[component]
pub fn ImportForm(target: String, faults: ImportFaults, has_map: bool) -> impl IntoView {
    let i18n = use_i18n();
    let tone = if has_map { Tone::Secondary } else { Tone::Primary };
    view! {
        <Card title=t_string!(i18n, venues.import_title).to_string()>
            {(!faults.faults.is_empty()).then(|| view! { <FaultList faults/> })}
            <form method="post" action=target enctype="multipart/form-data" class="grid gap-3">
                <label class="grid gap-1.5">
                    <span class="text-sm font-semibold">{t!(i18n, venues.import_choose)}</span>
                    <input type="file" name="plan" accept=".json,.svg,.csv,application/json,image/svg+xml,text/csv" required class="file-input h-11 w-full"/>
                    <span class="text-sm text-muted">{t!(i18n, venues.import_hint)}</span>
                </label>
                {has_map.then(|| view! { <p class="text-sm text-muted">{t!(i18n, venues.import_keeps)}</p> })}
                <div><Button tone icon=Icon::Pin>{t!(i18n, venues.import_send)}</Button></div>
            </form>
        </Card>
    }
}
