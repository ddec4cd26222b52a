//! What was done, said in passing.

use leptos::prelude::*;

use super::{Icon, IconView};

/// A sentence over the foot of the page that goes away by itself, but not while it is pointed at or worked in; the style
/// sheet counts the seconds, so it needs no script. The children are the way back, if there is one.
#[component]
pub fn Toast(#[prop(into)] text: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div role="status" aria-live="polite" class="passing pointer-events-none fixed inset-x-4 bottom-20 z-40 flex justify-center lg:bottom-6">
            <div class="pointer-events-auto flex min-h-12 items-center gap-3 rounded-box border border-base-300 bg-neutral py-1 pr-2 pl-4 text-neutral-content">
                <IconView icon=Icon::Check/>
                <p class="pr-2 font-medium">{text}</p>
                {children.map(|children| children())}
            </div>
        </div>
    }
}
