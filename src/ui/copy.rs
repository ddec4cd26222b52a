//! A text to take along.

use leptos::{prelude::*, task::spawn_local};

use super::{Icon, IconView, Size, Tone, browser, button};
use crate::i18n::{t_string, use_i18n};

/// A text with a button that copies it; without script the text can still be marked.
#[component]
pub fn Copy(#[prop(into)] text: String) -> impl IntoView {
    let i18n = use_i18n();
    let (is_copied, set_copied) = signal(false);
    let shown = text.clone();
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move { set_copied.set(browser::copy(&text).await) });
    };
    let words = move || {
        if is_copied.get() {
            t_string!(i18n, common.copied).to_string()
        } else {
            t_string!(i18n, common.copy).to_string()
        }
    };
    view! {
        <span class="flex items-center gap-2 rounded-field border border-base-300 bg-base-200 py-1 pr-1 pl-3">
            <code class="min-w-0 flex-1 select-all break-all text-sm">{shown}</code>
            <button type="button" class=button::classes(Tone::Quiet, Size::Small, false) on:click=copy>
                <IconView icon=Icon::Copy size=16/>
                <span aria-live="polite">{words}</span>
            </button>
        </span>
    }
}
