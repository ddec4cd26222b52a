//! What this phone has read lately.

use leptos::{ev, html::Input, prelude::*, task::spawn_local};

use super::super::{
    api::{list_own_scans, undo_scan},
    model::Scan,
    verdict::{Signal as Sign, VerdictName},
};
use crate::{
    error::AppError,
    i18n::{t, t_string, use_i18n},
    ui::{Badge, BadgeTone, Icon, IconView, Notice},
};

/// The latest scans of this phone, read whenever `asked` rises.
#[component]
pub fn RecentScans(asked: RwSignal<u32>) -> impl IntoView {
    let i18n = use_i18n();
    let scans = LocalResource::new(move || {
        let is_asked = asked.get() > 0;
        async move { if is_asked { list_own_scans().await.ok() } else { None } }
    });
    move || {
        match scans.get().flatten() {
        None => ().into_any(),
        Some(scans) if scans.is_empty() => {
            view! { <p class="text-base-content/75">{t!(i18n, gate.recent_none)}</p> }.into_any()
        }
        Some(scans) => {
            view! { <ul class="grid gap-3">{scans.into_iter().map(|scan| view! { <Row scan asked/> }).collect_view()}</ul> }
                .into_any()
        }
    }
    }
}

#[component]
fn Row(scan: Scan, asked: RwSignal<u32>) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let did_something = matches!(scan.verdict, VerdictName::Admitted | VerdictName::LetOut);
    let may_undo = did_something && !scan.is_undone;
    view! {
        <li class="grid gap-2">
            <div class="flex items-center gap-3">
                <span class="tabular-nums text-base-content/75">{scan.at.clock()}</span>
                <span class="min-w-0 flex-1 truncate">{scan.holder.unwrap_or_default()}</span>
                {scan.is_undone.then(|| view! { <span class="text-sm text-base-content/75">{t!(i18n, gate.undone)}</span> })}
                <Badge tone=tone_of(scan.verdict.signal())>{move || scan.verdict.words(i18n.get_locale())}</Badge>
                {may_undo.then(|| view! {
                    <button type="button" class="btn btn-ghost btn-square size-11" aria-expanded=move || is_open.get().to_string()
                        aria-label=move || t_string!(i18n, gate.undo).to_string() on:click=move |_| is_open.update(|open| *open = !*open)>
                        <IconView icon=Icon::Undo/>
                    </button>
                })}
            </div>
            {move || is_open.get().then(|| view! { <UndoForm seq=scan.seq asked/> })}
        </li>
    }
}

/// Takes a scan back, and says why.
#[component]
fn UndoForm(seq: i64, asked: RwSignal<u32>) -> impl IntoView {
    let i18n = use_i18n();
    let input = NodeRef::<Input>::new();
    let fault = RwSignal::new(None::<AppError>);
    let send = move |ev: ev::SubmitEvent| {
        ev.prevent_default();
        let Some(field) = input.get_untracked() else { return };
        spawn_local(async move {
            match undo_scan(seq, field.value()).await {
                Ok(()) => asked.update(|asked| *asked += 1),
                Err(error) => fault.set(Some(error)),
            }
        });
    };
    let id = format!("undo-{seq}");
    view! {
        <form class="grid gap-2" on:submit=send>
            <label class="text-sm font-semibold" for=id.clone()>{t!(i18n, gate.undo_reason)}</label>
            <div class="flex gap-2">
                <input id=id node_ref=input required maxlength="120" autocomplete="off" class="input h-12 min-w-0 flex-1 text-base"/>
                <button type="submit" class="btn btn-error h-12">{t!(i18n, gate.undo)}</button>
            </div>
            <div role="alert" class="empty:hidden">
                {move || fault.get().map(|error| view! { <Notice tone=BadgeTone::Error>{error.words(i18n.get_locale())}</Notice> })}
            </div>
        </form>
    }
}

/// The colour of a verdict in a list.
pub(super) const fn tone_of(sign: Sign) -> BadgeTone {
    match sign {
        Sign::Go => BadgeTone::Success,
        Sign::Out => BadgeTone::Neutral,
        Sign::Stop => BadgeTone::Error,
        Sign::Wait => BadgeTone::Warning,
        Sign::Ask => BadgeTone::Info,
    }
}
