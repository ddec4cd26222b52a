//! Where no page is.

use leptos::prelude::*;
use leptos_meta::Title;

use super::frames::Storefront;
use crate::{
    error::AppError,
    i18n::{tu_string, use_i18n},
    ui::ErrorView,
};

/// The page for an address that nothing has; answers with 404.
#[component]
pub fn NotFound() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Title text=tu_string!(i18n, common.error_title_not_found).to_string()/>
        <Storefront><ErrorView error=AppError::NotFound/></Storefront>
    }
    .into_any()
}
