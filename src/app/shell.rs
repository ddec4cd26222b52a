//! The HTML document around the user interface.

use std::sync::Arc;

use http::{header, request::Parts};
use leptos::{WasmSplitManifest, nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use super::App;

/// The names of the browser's files, with the hashes that the build gave them, and where the site lives. Read once at
/// start and given to every page by the context.
#[derive(Clone, Debug)]
pub struct SiteFiles(pub Arc<SiteNames>);

/// Paths from the root of the site.
#[derive(Debug)]
pub struct SiteNames {
    pub style: String,
    pub script: String,
    pub wasm: String,
    /// What loads the parts of the user interface that are fetched when they are needed, if the build made any.
    pub loader: Option<String>,
    /// Which files each part needs.
    pub parts: WasmSplitManifest,
    /// Such as `https://lango.example`, without a slash at its end.
    pub origin: String,
}

/// Light or dark, when the visitor has chosen; else the device decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    /// The cookie that keeps the choice.
    pub const COOKIE: &str = "theme";

    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }

    /// The daisyUI theme of `style/main.css`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Light => "lango",
            Self::Dark => "lango-dark",
        }
    }

    /// The choice that a request carries.
    pub(crate) fn of(parts: &Parts) -> Option<Self> {
        let cookies = parts.headers.get_all(header::COOKIE);
        let pairs = cookies.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
        pairs
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == Self::COOKIE)
            .and_then(|(_, value)| Self::parse(value))
    }
}

/// Light and dark ground, for the browser's own bars.
const GROUNDS: [(&str, &str); 2] =
    [("(prefers-color-scheme: light)", "#FBF8F3"), ("(prefers-color-scheme: dark)", "#161311")];

/// Starts the user interface in the browser once the page stands. Written here since leptos' own reads the hashes from
/// disk for every page.
const START: &str = "import s,{hydrate as h}from'{script}';s({module_or_path:'{wasm}'}).then(h)";

/// Keeps tickets and gates readable without a network.
const KEEP: &str =
    "'serviceWorker'in navigator&&addEventListener('load',()=>navigator.serviceWorker.register('/sw.js'))";

/// The document; `<html lang>` is set by the language that the request asked for.
pub fn shell(_options: LeptosOptions) -> impl IntoView {
    let theme = use_context::<Parts>().and_then(|parts| Theme::of(&parts)).map(Theme::name);
    view! {
        <!DOCTYPE html>
        <html data-theme=theme>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                {use_context::<SiteFiles>().map(|files| view! { <Files files/> })}
                {GROUNDS.map(|(media, content)| leptos::html::meta().name("theme-color").content(content).attr("media", media)).collect_view()}
                <link rel="icon" href="/mark.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/icon-192.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Links to the browser's files, and to the same page in the other languages.
#[component]
fn Files(files: SiteFiles) -> impl IntoView {
    let SiteNames { style, script, wasm, loader, parts, origin } = &*files.0;
    // Read after rendering, for the links to the files of the parts that the page is made of.
    provide_context(parts.clone());
    let path = use_context::<Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
    let others = ["en", "fr", "sw"]
        .map(|code| view! { <link rel="alternate" hreflang=code href=format!("{origin}{path}?lang={code}")/> })
        .collect_view();
    let start = START.replace("{script}", script).replace("{wasm}", wasm);
    view! {
        <link rel="stylesheet" href=style.clone()/>
        <link rel="preload" href="/fonts/display.woff2" r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
        <link rel="modulepreload" href=script.clone()/>
        {loader.clone().map(|loader| view! { <link rel="modulepreload" href=loader/> })}
        <link rel="preload" href=wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous" fetchpriority="low"/>
        {others}
        <link rel="alternate" hreflang="x-default" href=format!("{origin}{path}")/>
        <script type="module" nonce=use_nonce()>{start}</script>
        <script nonce=use_nonce()>{KEEP}</script>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_cookie(cookie: &str) -> Parts {
        http::Request::builder().header(header::COOKIE, cookie).body(()).expect("is a request").into_parts().0
    }

    #[test]
    fn a_theme_is_read_from_among_other_cookies() {
        assert_eq!(Theme::of(&with_cookie("lang=sw; theme=dark")), Some(Theme::Dark));
        assert_eq!(Theme::of(&with_cookie("theme=light")), Some(Theme::Light));
        assert_eq!(Theme::of(&with_cookie("mytheme=dark; theme=<script>")), None);
    }
}
