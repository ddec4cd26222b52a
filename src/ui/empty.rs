//! Nothing here, and what to do about it.

use leptos::prelude::*;

use super::{Icon, IconView, KangaBorder};

/// A list's place when it is empty; the children are the next step.
#[component]
pub fn Empty(
    icon: Icon,
    #[prop(into)] title: String,
    #[prop(optional, into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="mx-auto my-8 grid max-w-md justify-items-center gap-3 overflow-hidden rounded-box border border-base-300 bg-base-100 pb-8 text-center">
            <div class="w-full"><KangaBorder seed="lango"/></div>
            <span class="mt-5 grid size-14 place-items-center rounded-full bg-base-200 text-secondary"><IconView icon size=26/></span>
            <h2 class="px-6 font-display text-xl font-bold">{title}</h2>
            {(!text.is_empty()).then(|| view! { <p class="px-6 text-muted">{text}</p> })}
            {children.map(|children| view! { <div class="mt-2 flex flex-wrap justify-center gap-3 px-6">{children()}</div> })}
        </div>
    }
}
