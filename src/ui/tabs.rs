//! The sides of one thing, a page each.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{Icon, IconView};

/// One side: a name and its page.
#[derive(Clone, Debug)]
pub struct Tab {
    pub label: String,
    pub href: String,
    pub icon: Option<Icon>,
}

impl Tab {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), icon: None }
    }

    #[must_use]
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }
}

/// Links to the sides of one thing; the one we are on is marked. On phones they stand in rows, so that none is out of sight.
#[component]
pub fn Tabs(
    /// Said to those who hear the page.
    #[prop(into)]
    label: String,
    items: Vec<Tab>,
) -> impl IntoView {
    let here = use_location().pathname;
    let links = items
        .into_iter()
        .map(|tab| {
            let path = tab.href.split('?').next().unwrap_or_default().to_owned();
            let current = move || (here.get() == path).then_some("page");
            view! {
                <a
                    href=tab.href
                    aria-current=current
                    class="flex min-h-11 items-center gap-2 border-b-2 border-transparent px-3 font-medium sm:whitespace-nowrap max-sm:justify-center max-sm:px-1 max-sm:text-center max-sm:text-sm max-sm:leading-tight text-muted hover:text-base-content aria-[current]:border-primary aria-[current]:text-base-content"
                >
                    {tab.icon.map(|icon| view! { <span class="max-sm:hidden"><IconView icon size=18/></span> })}
                    {tab.label}
                </a>
            }
        })
        .collect_view();
    view! { <nav aria-label=label class="mb-6 grid grid-cols-3 border-b border-base-300 sm:flex sm:flex-wrap sm:gap-x-1">{links}</nav> }
}
