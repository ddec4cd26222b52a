//! Choices that are links: they work without script, and the address tells what is chosen.

use leptos::prelude::*;

/// One choice.
#[derive(Clone, Debug)]
pub struct Chip {
    pub label: String,
    pub href: String,
    pub is_chosen: bool,
}

/// The look of choices in one row.
const ROW: &str = "flex min-w-0 gap-2 max-sm:-mx-4 max-sm:w-[calc(100%+2rem)] max-sm:-my-1.5 max-sm:overflow-x-auto max-sm:px-4 max-sm:py-1.5 max-sm:[scrollbar-width:none] sm:flex-wrap";

/// A row of choices: on phones it scrolls sideways to the edges of what it stands in, on wide screens it wraps. A chip is
/// lower than the target that a thumb finds.
#[component]
pub fn Chips(
    /// Said to those who hear the page.
    #[prop(into)]
    label: String,
    items: Vec<Chip>,
    /// On phones too they stand in rows, so that none is out of sight.
    #[prop(optional)]
    in_rows: bool,
) -> impl IntoView {
    let row = if in_rows { "flex min-w-0 flex-wrap gap-x-2" } else { ROW };
    let links = items
        .into_iter()
        .map(|Chip { label, href, is_chosen }| {
            view! {
                <a href=href aria-current=is_chosen.then_some("true") class="group inline-flex min-h-11 items-center rounded-full">
                    <span class="inline-flex min-h-9 items-center whitespace-nowrap rounded-full border border-base-300 bg-base-100 px-3.5 text-sm font-medium group-hover:bg-base-200 group-aria-[current]:border-secondary group-aria-[current]:bg-secondary group-aria-[current]:text-secondary-content">
                        {label}
                    </span>
                </a>
            }
        })
        .collect_view();
    view! { <nav aria-label=label class=row>{links}</nav> }
}
