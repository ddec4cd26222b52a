//! Orders that did not become tickets, or no longer are.

use leptos::prelude::*;

use crate::{
    i18n::{Locale, t_string, td_string, use_i18n},
    orders::{OrderPage, OrderState},
    ui::{Empty, Icon, LinkButton},
};

/// What happened to the order and its money, and the way on.
#[component]
pub fn Closed(order: OrderPage) -> impl IntoView {
    let i18n = use_i18n();
    let total = order.total.to_string();
    let (icon, title, text) = match order.state {
        OrderState::Failed => (
            Icon::Undo,
            t_string!(i18n, orders.failed_title).to_string(),
            t_string!(i18n, orders.failed_text, total = total).to_string(),
        ),
        OrderState::Refunded => (
            Icon::Undo,
            t_string!(i18n, orders.refunded_title).to_string(),
            t_string!(i18n, orders.refunded_text, total = total).to_string(),
        ),
        OrderState::Cancelled => (
            Icon::Close,
            t_string!(i18n, orders.cancelled_title).to_string(),
            t_string!(i18n, orders.cancelled_text).to_string(),
        ),
        _ => (
            Icon::Clock,
            t_string!(i18n, orders.expired_title).to_string(),
            t_string!(i18n, orders.expired_text).to_string(),
        ),
    };
    view! {
        <Empty icon title text>
            <LinkButton href=format!("/e/{}", order.event_slug)>{t_string!(i18n, orders.again).to_string()}</LinkButton>
        </Empty>
    }
}

/// An order's state in a word or two.
pub fn order_state_words(state: OrderState, locale: Locale) -> String {
    match state {
        OrderState::Basket => td_string!(locale, orders.state_basket).to_string(),
        OrderState::Pending => td_string!(locale, orders.state_pending).to_string(),
        OrderState::Paid => td_string!(locale, orders.state_paid).to_string(),
        OrderState::PartRefunded => td_string!(locale, orders.state_part_refunded).to_string(),
        OrderState::Refunded => td_string!(locale, orders.state_refunded).to_string(),
        OrderState::Expired => td_string!(locale, orders.state_expired).to_string(),
        OrderState::Cancelled => td_string!(locale, orders.state_cancelled).to_string(),
        OrderState::Failed => td_string!(locale, orders.state_failed).to_string(),
    }
}
