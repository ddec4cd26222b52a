//! Looking again when the server says that something moved.

use std::time::Duration;

use leptos::prelude::*;

use super::browser;

/// Calls `look` whenever the server says something on its line at `url`, and every so many seconds when it is silent:
/// a line that breaks costs a moment, never the news. Ends with the component.
pub fn watch_server(url: String, every_secs: u64, look: Callback<()>) {
    Effect::new(move |_| {
        let line = browser::listen(&url, move |_| look.run(()));
        let ticking = set_interval_with_handle(move || look.run(()), Duration::from_secs(every_secs));
        on_cleanup(move || {
            // Dropping the line hangs up; it is kept until here.
            let _hung_up = line;
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
    });
}
