//! What the page is called, in the page and in the browser's tab.

use leptos::prelude::*;
use leptos_meta::Title;

/// The page's one heading; the children, if any, are the page's actions beside it.
#[component]
pub fn PageTitle(
    #[prop(into)] text: String,
    /// A line under the heading.
    #[prop(optional, into)]
    lead: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <Title text=text.clone()/>
        <header class="flex flex-wrap items-end justify-between gap-x-4 gap-y-3 pt-4 pb-4 sm:gap-x-6 sm:pt-6 sm:pb-5">
            <div class="min-w-36 flex-1">
                <h1 class="font-display text-2xl font-bold text-balance sm:text-3xl">{text}</h1>
                {lead.map(|lead| view! { <p class="mt-1 text-muted">{lead}</p> })}
            </div>
            {children.map(|children| view! { <div class="flex flex-wrap items-center gap-2">{children()}</div> })}
        </header>
    }
}
