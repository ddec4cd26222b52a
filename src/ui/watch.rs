//! Looking again when the server says that something moved.

use std::time::Duration;

use leptos::prelude::*;

use super::browser;

/// Calls `look` whenever the server says something on its line at `url`, and every so many seconds when it is silent:
/// a line that breaks costs a moment, never the news. Ends with the component.
pub fn watch_server(url: String, every_secs: u64, look: Callback<()>) {
    Effect::new(move |_| {
        let line = browser::listen(&url, "state", move |_| look.run(()));
        let ticking = set_interval_with_handle(move || look.run(()), Duration::from_secs(every_secs));
        on_cleanup(move || {
            // Dropping the line hangs up; it is kept until here.
            drop(line);
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
    });
}

/// Calls `look` every so many seconds, once the page is live. Ends with the component.
pub fn look_again(every_secs: u64, look: Callback<()>) {
    Effect::new(move |_| {
        let ticking = set_interval_with_handle(move || look.run(()), Duration::from_secs(every_secs));
        on_cleanup(move || {
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
    });
}

/// The latest message of a name from a feed of the server's, once the page is live. Ends with the component.
pub fn latest_news(url: String, name: &'static str) -> Signal<Option<String>> {
    let latest = RwSignal::new(None);
    Effect::new(move |_| {
        let line = browser::listen(&url, name, move |text| latest.set(Some(text)));
        on_cleanup(move || {
            drop(line);
        });
    });
    latest.into()
}
