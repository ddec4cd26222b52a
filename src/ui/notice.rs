//! A sentence that must be seen.

use leptos::prelude::*;

use super::{BadgeTone, Icon, IconView};

/// A sentence on its own ground, with an icon, since colour is never the only sign.
#[component]
pub fn Notice(
    #[prop(optional)] tone: BadgeTone,
    #[prop(optional, into)] icon: Option<Icon>,
    children: Children,
) -> impl IntoView {
    let (ground, sign) = match tone {
        BadgeTone::Neutral => ("bg-base-200 border-base-300", Icon::Info),
        BadgeTone::Info => ("bg-info/10 border-info/40", Icon::Info),
        BadgeTone::Success => ("bg-success/10 border-success/40", Icon::CheckCircle),
        BadgeTone::Warning => ("bg-warning/10 border-warning/40", Icon::Alert),
        BadgeTone::Error => ("bg-error/10 border-error/40", Icon::Alert),
        BadgeTone::Accent => ("bg-accent/10 border-accent/40", Icon::Info),
    };
    let ink = match tone {
        BadgeTone::Neutral => "text-base-content",
        BadgeTone::Info => "text-info",
        BadgeTone::Success => "text-success",
        BadgeTone::Warning => "text-warning",
        BadgeTone::Error => "text-error",
        BadgeTone::Accent => "text-accent",
    };
    view! {
        <div class=format!("flex items-start gap-3 rounded-box border px-4 py-3 {ground}")>
            <span class=format!("mt-0.5 {ink}")><IconView icon=icon.unwrap_or(sign)/></span>
            <div class="min-w-0 flex-1">{children()}</div>
        </div>
    }
}
