//! The HTML document around the user interface.

use leptos::{hydration::AutoReload, prelude::*};
use leptos_meta::{HashedStylesheet, MetaTags};

use super::App;

/// The document; `<html lang>` is set by the language that the request asked for.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <AutoReload options=options.clone()/>
                <HashedStylesheet options=options.clone() id="lango"/>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
