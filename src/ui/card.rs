//! A ground of its own for what belongs together.

use leptos::prelude::*;

/// A ground with a line around it.
#[component]
pub fn Card(
    /// Said above the content.
    #[prop(optional, into)]
    title: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="grid gap-4 rounded-box border border-base-300 bg-base-100 p-4 sm:p-5">
            {title.map(|title| view! { <h2 class="font-display text-lg font-bold">{title}</h2> })}
            {children()}
        </section>
    }
}
