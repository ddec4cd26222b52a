//! Looking through a list: a search box and chips. Both are addresses, so they work without script and can be shared.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    analytics::{Filter, Sorting},
    i18n::{Locale, t, t_string, tu_string, use_i18n},
    kernel::escape_query,
    ui::{Chip, Chips, Empty, Head, Hidden, Icon, LinkButton, SearchBox, Tone},
};

/// What the address asks a list for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery<F: Filter> {
    pub text: String,
    pub filter: F,
    pub sorting: Sorting<F::Sort>,
    pub after: String,
}

impl<F: Filter> ListQuery<F> {
    /// Reads the address at hand, now and whenever it changes.
    pub fn of_address() -> Memo<Self> {
        let query = use_query_map();
        Memo::new(move |_| {
            let query = query.read();
            let part = |name: &str| query.get_str(name).unwrap_or_default().to_owned();
            Self {
                text: part("q"),
                filter: F::of_word(&part("state")),
                sorting: Sorting::of_word(&part("sort")),
                after: part("after"),
            }
        })
    }

    /// Whether nothing is left out of the list.
    pub fn is_whole(&self) -> bool {
        self.text.is_empty() && self.filter == F::default() && self.after.is_empty()
    }

    /// The address of the list from its start, with its search and filter.
    pub fn address(&self, base: &str) -> String {
        list_address(base, &self.text, self.filter.word(), &self.sorting.word())
    }

    /// The head of a column that the list can be sorted by.
    pub fn head(&self, base: &str, label: String, key: F::Sort) -> Head {
        let word = self.sorting.pressed(key).word();
        let href = list_address(base, &self.text, self.filter.word(), &word);
        Head::Sortable { label, href, is_down: (self.sorting.key == key).then_some(self.sorting.is_down) }
    }
}

/// The search and the choices above a list; the children are what else can be done with it.
#[component]
pub fn ListHead<F: Filter>(
    /// The list's own address.
    #[prop(into)]
    base: String,
    query: ListQuery<F>,
    /// What is searched for.
    #[prop(into)]
    label: String,
    /// What a choice is called.
    words: fn(Locale, F) -> String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let chip = |filter: F| Chip {
        label: words(locale, filter),
        href: list_address(&base, &query.text, filter.word(), &query.sorting.word()),
        is_chosen: filter == query.filter,
    };
    let items: Vec<_> = F::ALL.iter().copied().map(chip).collect();
    let (state, sort) = (query.filter.word(), query.sorting.word());
    view! {
        <div class="mb-5 grid grid-cols-1 gap-3">
            <SearchBox action=base label text=query.text tone=Tone::Secondary>
                <Hidden name="state" value=state/>
                <Hidden name="sort" value=sort/>
            </SearchBox>
            <div class="grid grid-cols-1 justify-items-start gap-3 sm:flex sm:flex-wrap sm:items-center sm:justify-between">
                <Chips label=t_string!(i18n, analytics.filter).to_string() items/>
                {children.map(|children| children())}
            </div>
        </div>
    }
}

/// The address of a list with its search, filter and order.
fn list_address(base: &str, text: &str, state: &str, sort: &str) -> String {
    format!("{base}?q={}&state={state}&sort={sort}", escape_query(text))
}

/// Says that nothing was found, with the way back to everything.
#[component]
pub fn NothingFound(#[prop(into)] base: String) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Empty
            icon=Icon::Search
            title=tu_string!(i18n, analytics.nothing_found).to_string()
            text=tu_string!(i18n, analytics.nothing_found_text).to_string()
        >
            <LinkButton href=base tone=Tone::Secondary>{t!(i18n, analytics.clear_search)}</LinkButton>
        </Empty>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_survives_its_way_through_an_address() {
        let address = list_address("/desk/a", "o'neil & co", "paid", "-total");
        assert_eq!(address, "/desk/a?q=o%27neil%20%26%20co&state=paid&sort=-total");
    }
}
