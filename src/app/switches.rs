//! Language and theme, by links, so that they need no script.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    i18n::{Locale, t, t_string, use_i18n},
    ui::{Icon, IconView},
};

/// Each language in its own words.
const LANGUAGES: [(Locale, &str, &str); 3] =
    [(Locale::en, "en", "English"), (Locale::fr, "fr", "Français"), (Locale::sw, "sw", "Kiswahili")];

/// Query parameters that are about one visit, not about the page.
const PASSING: [&str; 6] = ["lang", "theme", "done", "__path", "__err", "__scope"];

/// This page with one more parameter.
fn here_with(name: &'static str, value: &'static str) -> impl Fn() -> String + Clone + Send + Sync {
    let location = use_location();
    move || {
        let kept = location.query.get().into_iter().filter(|(key, _)| !PASSING.contains(&key.as_ref()));
        let mut query = leptos_router::params::ParamsMap::new();
        for (key, value) in kept {
            query.insert(key, value);
        }
        query.insert(name, value.to_owned());
        format!("{}{}", location.pathname.get(), query.to_query_string())
    }
}

/// The languages, the one in use marked.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let i18n = use_i18n();
    let links = LANGUAGES
        .map(|(locale, code, name)| {
            let href = here_with("lang", code);
            let current = move || (i18n.get_locale() == locale).then_some("true");
            view! {
                // Another language is another page: the browser loads it.
                <a href=href hreflang=code lang=code rel="external" aria-current=current
                    class="inline-flex min-h-11 items-center rounded-field px-2 hover:bg-base-200 aria-[current]:font-semibold aria-[current]:text-secondary">
                    {name}
                </a>
            }
        })
        .collect_view();
    view! {
        <nav class="-ml-2 flex flex-wrap items-center" aria-label=move || t_string!(i18n, common.language).to_string()>
            {links}
        </nav>
    }
}

/// Light, dark, or as the device has it.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let i18n = use_i18n();
    let link = "inline-flex min-h-11 items-center gap-1 rounded-field px-2 hover:bg-base-200";
    view! {
        <nav class="-ml-2 flex flex-wrap items-center" aria-label=move || t_string!(i18n, common.theme).to_string()>
            <a href=here_with("theme", "light") rel="external nofollow" class=link><IconView icon=Icon::Sun size=16/>{t!(i18n, common.theme_light)}</a>
            <a href=here_with("theme", "dark") rel="external nofollow" class=link><IconView icon=Icon::Moon size=16/>{t!(i18n, common.theme_dark)}</a>
            <a href=here_with("theme", "device") rel="external nofollow" class=link><IconView icon=Icon::Phone size=16/>{t!(i18n, common.theme_device)}</a>
        </nav>
    }
}
