//! Looking through a list: a search box and chips. Both are addresses, so they work without script and can be shared.

use leptos::prelude::*;
use leptos_router::components::Form;

use crate::{
    i18n::{t, tu_string, use_i18n},
    ui::{Button, Field, FieldKind, Hidden, Icon, Tone},
};

/// One choice: its name, its address, whether it is the present one.
#[derive(Clone, Debug)]
pub struct Chip {
    pub label: String,
    pub href: String,
    pub is_current: bool,
}

/// Choices side by side.
#[component]
pub fn Chips(items: Vec<Chip>) -> impl IntoView {
    let links = items
        .into_iter()
        .map(|chip| {
            view! {
                <a
                    href=chip.href
                    aria-current=chip.is_current.then_some("true")
                    class="inline-flex min-h-11 items-center rounded-full border border-base-300 px-4 text-sm font-medium hover:bg-base-200 aria-[current]:border-secondary aria-[current]:bg-secondary aria-[current]:text-secondary-content"
                >
                    {chip.label}
                </a>
            }
        })
        .collect_view();
    view! { <div class="flex flex-wrap gap-2">{links}</div> }
}

/// A box to look for something in a list; the list's filter stays.
#[component]
pub fn SearchBox(
    /// The list's own address.
    #[prop(into)]
    action: String,
    #[prop(into)] label: String,
    #[prop(into)] text: String,
    #[prop(into)] state: String,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Form method="GET" action=action>
            <div class="flex items-end gap-2">
                <div class="min-w-0 flex-1"><Field name="q" label kind=FieldKind::Search value=text/></div>
                <Hidden name="state" value=state/>
                <Button tone=Tone::Secondary icon=Icon::Search>{t!(i18n, analytics.search)}</Button>
            </div>
        </Form>
    }
}

/// The address of a list with its search and filter.
pub fn list_address(base: &str, text: &str, state: &str) -> String {
    let escaped: String = text
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("{base}?q={escaped}&state={state}")
}

/// Says that nothing was found, with the way back to everything.
#[component]
pub fn NothingFound(#[prop(into)] base: String) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <crate::ui::Empty
            icon=Icon::Search
            title=tu_string!(i18n, analytics.nothing_found).to_string()
            text=tu_string!(i18n, analytics.nothing_found_text).to_string()
        >
            <crate::ui::LinkButton href=base.clone() tone=Tone::Secondary>{t!(i18n, analytics.clear_search)}</crate::ui::LinkButton>
        </crate::ui::Empty>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_survives_its_way_through_an_address() {
        assert_eq!(list_address("/desk/a", "o'neil & co", "paid"), "/desk/a?q=o%27neil%20%26%20co&state=paid");
    }
}
