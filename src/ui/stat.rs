//! A number that matters.

use leptos::prelude::*;

/// A number with its name, and what it is measured against.
#[component]
pub fn Stat(
    #[prop(into)] label: String,
    /// The number as shown; changes live.
    #[prop(into)]
    value: Signal<String>,
    /// A line under it: change, share, limit.
    #[prop(optional, into)]
    note: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="rounded-box border border-base-300 bg-base-100 px-3 py-2.5 sm:px-4 sm:py-3">
            <p class="text-sm text-muted">{label}</p>
            <p class="mt-1 font-display text-xl tracking-tight sm:text-2xl font-bold tabular-nums">{move || value.get()}</p>
            <p class="text-sm text-muted empty:hidden">{move || note.get()}</p>
        </div>
    }
}
