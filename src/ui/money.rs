//! An amount, as people here write it.

use leptos::prelude::*;

use crate::{
    i18n::{tu_string, use_i18n},
    kernel::Money,
};

/// An amount; nothing to pay is said in a word.
#[component]
pub fn Price(
    money: Money,
    /// Shows zero as digits: in sums and tables.
    #[prop(optional)]
    plain: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = if money.is_zero() && !plain { tu_string!(i18n, common.free).to_string() } else { money.to_string() };
    view! { <span class="whitespace-nowrap tabular-nums">{words}</span> }
}
