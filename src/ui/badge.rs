//! A state in a word.

use leptos::prelude::*;

/// What a state means; green only ever means let in or paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BadgeTone {
    #[default]
    Neutral,
    Info,
    /// Let in, or paid.
    Success,
    Warning,
    Error,
    /// Live, new.
    Accent,
}

/// A word on its own ground.
#[component]
pub fn Badge(#[prop(optional)] tone: BadgeTone, children: Children) -> impl IntoView {
    let look = match tone {
        BadgeTone::Neutral => "bg-base-200 text-base-content border-base-300",
        BadgeTone::Info => "bg-info/10 text-info border-info/30",
        BadgeTone::Success => "bg-success/10 text-success border-success/30",
        BadgeTone::Warning => "bg-warning/10 text-warning border-warning/30",
        BadgeTone::Error => "bg-error/10 text-error border-error/30",
        BadgeTone::Accent => "bg-accent text-accent-content border-accent",
    };
    view! { <span class=format!("inline-flex items-center gap-1 whitespace-nowrap rounded-full border px-2.5 py-0.5 text-sm font-semibold {look}")>{children()}</span> }
}
