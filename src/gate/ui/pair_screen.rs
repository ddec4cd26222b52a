//! A phone that belongs to no gate yet.

use leptos::{ev, html::Input, prelude::*, task::spawn_local};

use super::{camera_view::CameraView, shift::Shift};
use crate::{
    error::AppError,
    i18n::{t, t_string, use_i18n},
    ui::{BadgeTone, Found, Icon, IconView, KangaBorder, Notice},
};

/// Pairs by the code that the organizer shows: typed, or read by this phone's own camera.
#[component]
pub fn PairScreen(shift: Shift, refused: Option<AppError>) -> impl IntoView {
    let i18n = use_i18n();
    let input = NodeRef::<Input>::new();
    let is_looking = RwSignal::new(false);
    let send = move |ev: ev::SubmitEvent| {
        ev.prevent_default();
        if let Some(field) = input.get_untracked() {
            spawn_local(async move { shift.pair(&field.value()).await });
        }
    };
    let on_sight = Callback::new(move |found: Option<Found>| {
        if let Some(found) = found.filter(|found| found.text.contains("/gate#")) {
            is_looking.set(false);
            spawn_local(async move { shift.pair(&found.text).await });
        }
    });
    view! {
        <div class="mx-auto grid min-h-dvh max-w-md content-center gap-6 p-5">
            <div class="overflow-hidden rounded-box border border-base-300 bg-base-200">
                <KangaBorder seed="lango"/>
                <div class="grid gap-5 p-5">
                    <h1 class="flex items-center gap-3 font-display text-3xl font-bold"><IconView icon=Icon::Scan size=32/>{t!(i18n, gate.pair_title)}</h1>
                    <p class="text-base-content/75">{t!(i18n, gate.pair_text)}</p>
                    <div role="alert" class="empty:hidden">
                        {refused.map(|error| view! { <Notice tone=BadgeTone::Error>{move || error.words(i18n.get_locale())}</Notice> })}
                    </div>
                    {move || is_looking.get().then(|| view! { <div class="flex h-80 overflow-hidden rounded-box"><CameraView keys="[]" on_sight/></div> })}
                    <form class="grid gap-3" on:submit=send>
                        <label class="font-semibold" for="pair-code">{t!(i18n, gate.pair_code_label)}</label>
                        <input id="pair-code" node_ref=input name="code" required autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" maxlength="60"
                            class="input h-16 w-full text-center font-mono text-3xl uppercase tracking-widest" placeholder="7ZQ4-M2KT" aria-describedby="pair-hint"/>
                        <p id="pair-hint" class="text-sm text-base-content/75">{t!(i18n, gate.pair_code_hint)}</p>
                        <button type="submit" class="btn btn-primary min-h-14 text-lg font-semibold">{t!(i18n, gate.pair_button)}</button>
                        <button type="button" class="btn btn-ghost min-h-14 text-lg" on:click=move |_| is_looking.update(|looking| *looking = !*looking)>
                            <IconView icon=Icon::Camera/>{t!(i18n, gate.pair_scan)}
                        </button>
                    </form>
                </div>
            </div>
            <noscript><Notice tone=BadgeTone::Warning>{move || t_string!(i18n, gate.needs_script).to_string()}</Notice></noscript>
        </div>
    }
}
