//! The user interface, put together: providers, router, frames.
mod routes;
mod shell;
mod words;

pub use routes::Pages;
pub use shell::shell;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;

use crate::i18n::I18nContextProvider;

/// The whole user interface: the server renders it, the browser takes it over.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <I18nContextProvider enable_cookie=false>
            <Pages/>
        </I18nContextProvider>
    }
}
