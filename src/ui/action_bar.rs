//! The page's one action, under the thumb.

use leptos::prelude::*;

/// A bar at the bottom of a phone's screen (price left, button right); on wide screens it stands in the page.
#[component]
pub fn ActionBar(children: Children) -> impl IntoView {
    view! {
        <div class="sticky bottom-0 z-20 -mx-4 flex flex-wrap items-center justify-between gap-x-3 gap-y-2 border-t border-base-300 bg-base-100 px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:static sm:mx-0 sm:rounded-box sm:border">
            {children()}
        </div>
    }
}
