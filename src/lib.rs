//! Lango sells tickets for events and lets people in.
//!
//! Words used here, one thing each: an *event* is what people attend; a *ticket type* is what is on sale, a *ticket* what
//! somebody holds; a *pool* is a counted stock, a *hold* stock set aside for minutes; a *room* is the waiting room in front of
//! a sale, a *lot* somebody's place in it; an *order* is a purchase, a
//! *payment* money through a provider; a *scan* is one reading at the gate; a *session* is a sign-in; *staff* is a member
//! acting for an organizer; a *venue* is a place with a *map* of *sections*, *rows* and *seats*, a *plan* the file that a map
//! is made of, a *price zone* what seats cost alike.
#![recursion_limit = "512"]
#![cfg_attr(
    all(feature = "hydrate", not(feature = "ssr")),
    expect(dead_code, reason = "models are whole on both sides; the browser asks for a part of them")
)]

/// The words of the product; see `app/locales`.
#[cfg(feature = "pages")]
pub use lango_locales::i18n;

pub mod kernel;
pub mod tickets;

cfg_if::cfg_if! {
    // The gate's reader has no pages: it is built without them, and in seconds.
    if #[cfg(feature = "pages")] {
        pub mod accounts;
        pub mod analytics;
        pub mod app;
        pub mod error;
        pub mod events;
        pub mod gate;
        pub mod inventory;
        pub mod messaging;
        pub mod orders;
        pub mod orgs;
        pub mod payments;
        pub mod queue;
        pub mod rehearsal;
        pub mod ui;
        pub mod venues;
    }
}

#[cfg(feature = "ssr")]
pub mod chaos;
#[cfg(feature = "ssr")]
pub mod load;
#[cfg(feature = "ssr")]
pub mod platform;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
pub mod sim;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod testing;

/// Takes over the page that the server rendered, once the part that it belongs to is here.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(async {
        leptos::mount::hydrate_from_async(leptos::tachys::dom::body(), app::App).await.forget();
        ui::browser::mark_hydrated();
    });
}
