//! The whole user interface.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};

use super::routes::Pages;
use crate::i18n::I18nContextProvider;

/// The whole user interface: the server renders it, the browser takes it over.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <I18nContextProvider enable_cookie=false>
            <Title formatter=|title: String| if title.is_empty() { "Lango".to_owned() } else { format!("{title} · Lango") }/>
            <Pages/>
        </I18nContextProvider>
    }
}
