//! On through a list.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Icon, LinkButton, Size, Tone};
use crate::{
    i18n::{t, use_i18n},
    kernel::{Cursor, escape_query},
};

/// The query parameter that carries the cursor.
const AFTER: &str = "after";

/// `base` with the cursor added; what is in it stays.
fn next_link(base: &str, cursor: &Cursor) -> String {
    let joint = if base.contains('?') { '&' } else { '?' };
    let cursor = escape_query(&cursor.0);
    format!("{base}{joint}{AFTER}={cursor}")
}

/// Links to the next stretch of a list (query `after`), and back to its start.
#[component]
pub fn Pager(next: Option<Cursor>, #[prop(into)] base: String) -> impl IntoView {
    let i18n = use_i18n();
    let is_later = use_query_map().read_untracked().get_str(AFTER).is_some();
    let next = next.map(|cursor| next_link(&base, &cursor));
    let is_needed = is_later || next.is_some();
    is_needed.then(|| view! {
        <nav class="flex justify-center gap-3 py-6" aria-label=move || crate::i18n::t_string!(i18n, common.pages).to_string()>
            {is_later.then(|| view! { <LinkButton href=base tone=Tone::Quiet size=Size::Small icon=Icon::ArrowLeft>{t!(i18n, common.first_page)}</LinkButton> })}
            {next.map(|href| view! { <LinkButton href tone=Tone::Secondary>{t!(i18n, common.next_page)}</LinkButton> })}
        </nav>
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_added_to_what_the_address_says() {
        let cursor = Cursor("a b&c".into());
        assert_eq!(next_link("/", &cursor), "/?after=a%20b%26c");
        assert_eq!(next_link("/?q=jazz", &cursor), "/?q=jazz&after=a%20b%26c");
    }
}
