//! The sides of one thing, a page each.

use leptos::prelude::*;

use super::{Icon, IconView};

/// One side: a name and its page.
#[derive(Clone, Debug)]
pub struct Tab {
    pub label: String,
    pub href: String,
    pub icon: Icon,
    pub is_here: bool,
}

/// Links to the sides of one thing; the one we are on is marked. On phones they stand in rows, so that none is out of sight.
#[component]
pub fn Tabs(
    /// Said to those who hear the page.
    #[prop(into)]
    label: String,
    items: Vec<Tab>,
) -> impl IntoView {
    let links = items
        .into_iter()
        .map(|tab| {
            view! {
                <a
                    href=tab.href
                    aria-current=tab.is_here.then_some("page")
                    class="flex min-h-11 items-center gap-2 border-b-2 border-transparent px-3 font-medium sm:whitespace-nowrap max-sm:justify-center max-sm:px-1 max-sm:text-center max-sm:text-sm max-sm:leading-tight text-muted hover:text-base-content aria-[current]:border-primary aria-[current]:text-base-content"
                >
                    <span class="max-sm:hidden"><IconView icon=tab.icon size=18/></span>
                    {tab.label}
                </a>
            }
        })
        .collect_view();
    view! { <nav aria-label=label class="grid grid-cols-3 border-b border-base-300 sm:flex sm:flex-wrap sm:gap-x-1">{links}</nav> }
}
