//! Choices that are links: they work without script, and the address tells what is chosen.

use leptos::prelude::*;

/// One choice.
#[derive(Clone, Debug)]
pub struct Chip {
    pub label: String,
    pub href: String,
    pub is_chosen: bool,
}

/// A row of choices that scrolls sideways on phones.
#[component]
pub fn Chips(
    /// Said to those who hear the page.
    #[prop(into)]
    label: String,
    items: Vec<Chip>,
) -> impl IntoView {
    let links = items
        .into_iter()
        .map(|Chip { label, href, is_chosen }| {
            view! {
                <a
                    href=href
                    aria-current=is_chosen.then_some("true")
                    class="inline-flex min-h-11 items-center whitespace-nowrap rounded-full border border-base-300 bg-base-100 px-4 text-sm font-medium hover:bg-base-200 aria-[current]:border-secondary aria-[current]:bg-secondary aria-[current]:text-secondary-content"
                >
                    {label}
                </a>
            }
        })
        .collect_view();
    view! { <nav aria-label=label class="-mx-4 flex gap-2 overflow-x-auto px-4 py-1">{links}</nav> }
}
