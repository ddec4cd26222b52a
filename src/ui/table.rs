//! Rows and columns.

use leptos::prelude::*;

/// A table that scrolls inside its own frame; the caption is for those who hear the page.
#[component]
pub fn Table(
    #[prop(into)] caption: String,
    head: Vec<String>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let columns = head
        .into_iter()
        .map(|name| view! { <th scope="col" class="font-semibold text-muted">{name}</th> })
        .collect_view();
    let name = caption.clone();
    view! {
        // Focusable, since a keyboard must be able to scroll it.
        <div class="overflow-x-auto rounded-box border border-base-300 bg-base-100" tabindex="0" role="region" aria-label=name>
            <table class="table">
                <caption class="sr-only">{caption}</caption>
                <thead><tr>{columns}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
