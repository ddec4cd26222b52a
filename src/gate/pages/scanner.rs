//! `/gate`: a phone that lets people in.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use super::super::ui::{PairScreen, Shift, Stage, WorkScreen};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{BadgeTone, Notice, browser},
};

#[component]
pub fn GatePage() -> impl IntoView {
    let i18n = use_i18n();
    let shift = Shift::new();
    let hash = use_location().hash;
    Effect::new(move |before: Option<()>| {
        let code = hash.get().trim_start_matches('#').to_owned();
        if !code.is_empty() {
            // A code is used once; it must not stand in the address for the next one who looks.
            browser::forget_hash();
            shift.open(Some(code));
        } else if before.is_none() {
            shift.open(None);
        }
    });
    view! {
        <Title text=t_string!(i18n, gate.title).to_string()/>
        {move || match shift.stage.get() {
            Stage::Opening => view! {
                <div class="grid min-h-dvh content-center gap-4 p-6 text-center text-lg text-muted">
                    <p role="status">{t!(i18n, gate.loading)}</p>
                    <noscript><Notice tone=BadgeTone::Warning>{t!(i18n, gate.needs_script)}</Notice></noscript>
                </div>
            }.into_any(),
            Stage::Unpaired(refused) => view! { <PairScreen shift refused/> }.into_any(),
            Stage::AtWork(post) => view! { <WorkScreen shift post=*post/> }.into_any(),
        }}
    }
    .into_any()
}
