//! What this phone has read lately.

use leptos::prelude::*;

use super::{super::{api::list_own_scans, model::{Scan, Signal as Sign}}, shift::Shift};
use crate::{
    i18n::{t, use_i18n},
    ui::{Badge, BadgeTone},
};

/// The latest scans of this phone, read anew after each verdict.
#[component]
pub fn RecentScans(shift: Shift) -> impl IntoView {
    let i18n = use_i18n();
    let scans = LocalResource::new(move || {
        // Each verdict is a scan more.
        let is_clear = shift.shown.get().is_none();
        async move { if is_clear { list_own_scans().await.ok() } else { None } }
    });
    move || match scans.get().flatten() {
        None => ().into_any(),
        Some(scans) if scans.is_empty() => view! { <p class="text-muted">{t!(i18n, gate.recent_none)}</p> }.into_any(),
        Some(scans) => view! { <ul class="grid gap-3">{scans.into_iter().map(|scan| view! { <Row scan/> }).collect_view()}</ul> }.into_any(),
    }
}

#[component]
fn Row(scan: Scan) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <li class="flex items-center gap-3">
            <span class="tabular-nums text-muted">{scan.at.clock()}</span>
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
