//! A section in words: its rows and their seats.

use leptos::prelude::*;

use crate::{
    i18n::{Locale, t_string, td_string, use_i18n},
    ui::Table,
    venues::sheet::RowView,
};

/// The rows of a section, each with its seats' numbers and what is particular about them.
#[component]
pub fn RowTable(rows: Vec<RowView>) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let head = vec![
        t_string!(i18n, venues.row).to_string(),
        t_string!(i18n, venues.seats).to_string(),
        t_string!(i18n, venues.numbers).to_string(),
        t_string!(i18n, venues.zones).to_string(),
        t_string!(i18n, venues.particular).to_string(),
    ];
    let rows = rows
        .into_iter()
        .map(|row| {
            let particular = particular(&row, locale);
            view! {
                <tr>
                    <th scope="row" class="whitespace-nowrap font-semibold">{row.name}</th>
                    <td class="tabular-nums">{row.count}</td>
                    <td class="tabular-nums">{row.numbers}</td>
                    <td>{row.zones}</td>
                    <td>{particular}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <Table caption=t_string!(i18n, venues.rows).to_string() head>{rows}</Table> }
}

/// All that is particular about a row, in one line.
fn particular(row: &RowView, locale: Locale) -> String {
    let seats = |numbers: &String| (!numbers.is_empty()).then(|| numbers.clone());
    let words = [
        row.is_table.then(|| td_string!(locale, venues.form_table).to_string()),
        row.is_booth.then(|| td_string!(locale, venues.form_booth).to_string()),
        seats(&row.wheelchair).map(|seats| td_string!(locale, venues.kind_wheelchair, seats = seats).to_string()),
        seats(&row.companion).map(|seats| td_string!(locale, venues.kind_companion, seats = seats).to_string()),
        seats(&row.restricted).map(|seats| td_string!(locale, venues.kind_restricted, seats = seats).to_string()),
        seats(&row.metres).map(|metres| td_string!(locale, venues.height, metres = metres).to_string()),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
