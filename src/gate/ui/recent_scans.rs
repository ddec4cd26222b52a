//! What this phone has read lately.

use leptos::prelude::*;

use super::super::{
    api::list_own_scans,
    model::{Scan, Signal as Sign},
};
use crate::{
    i18n::{t, use_i18n},
    ui::{Badge, BadgeTone},
};

/// The latest scans of this phone, read whenever `asked` rises.
#[component]
pub fn RecentScans(asked: RwSignal<u32>) -> impl IntoView {
    let i18n = use_i18n();
    let scans = LocalResource::new(move || {
        let is_asked = asked.get() > 0;
        async move { if is_asked { list_own_scans().await.ok() } else { None } }
    });
    move || match scans.get().flatten() {
        None => ().into_any(),
        Some(scans) if scans.is_empty() => {
            view! { <p class="text-base-content/75">{t!(i18n, gate.recent_none)}</p> }.into_any()
        }
        Some(scans) => {
            view! { <ul class="grid gap-3">{scans.into_iter().map(|scan| view! { <Row scan/> }).collect_view()}</ul> }
                .into_any()
        }
    }
}

#[component]
fn Row(scan: Scan) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <li class="flex items-center gap-3">
            <span class="tabular-nums text-base-content/75">{scan.at.clock()}</span>
            <span class="min-w-0 flex-1 truncate">{scan.holder.unwrap_or_default()}</span>
            <Badge tone=tone_of(scan.verdict.signal())>{move || scan.verdict.words(i18n.get_locale())}</Badge>
        </li>
    }
}

/// The colour of a verdict in a list.
pub(super) const fn tone_of(sign: Sign) -> BadgeTone {
    match sign {
        Sign::Go => BadgeTone::Success,
        Sign::Stop => BadgeTone::Error,
        Sign::Wait => BadgeTone::Warning,
        Sign::Ask => BadgeTone::Info,
    }
}
