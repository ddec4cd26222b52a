//! `/my/tickets`: what was bought while signed in.

use leptos::prelude::*;

use super::super::ui::order_state_words;
use crate::{
    i18n::{t, t_string, use_i18n},
    orders::{MyOrder, OrderState, list_my_orders},
    ui::{Badge, BadgeTone, CalendarLeaf, Empty, Icon, LinkButton, Load, PageTitle, Price, When, WhenStyle, load},
};

#[component]
pub fn MyTicketsPage() -> impl IntoView {
    let i18n = use_i18n();
    let orders = load(|| (), |()| list_my_orders());
    view! {
        <PageTitle text=t_string!(i18n, orders.my_title).to_string()/>
        <Load from=orders let:rows>
            <OrderList rows/>
        </Load>
    }
    .into_any()
}

#[component]
fn OrderList(rows: Vec<MyOrder>) -> impl IntoView {
    let i18n = use_i18n();
    if rows.is_empty() {
        return view! {
            <Empty icon=Icon::Ticket title=t_string!(i18n, orders.my_empty).to_string() text=t_string!(i18n, orders.my_empty_text).to_string()>
                <LinkButton href="/">{t!(i18n, orders.my_browse)}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    let items = rows.into_iter().map(|order| {
        let tone = if order.state == OrderState::Paid { BadgeTone::Success } else { BadgeTone::Neutral };
        let words = order_state_words(order.state, i18n.get_locale());
        view! {
            <li>
                <a href=format!("/o/{}", order.token) class="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 rounded-box border border-base-300 bg-base-100 p-4 hover:bg-base-200 sm:grid-cols-[auto_1fr_auto]">
                    <CalendarLeaf at=order.starts.clone()/>
                    <div class="min-w-0">
                        <p class="font-display text-lg font-bold leading-snug">{order.event_title}</p>
                        <p class="text-sm text-muted"><When at=order.starts style=WhenStyle::Short/>" · "{order.place}</p>
                        <p class="text-sm text-muted"><Price money=order.total/>" · "{t!(i18n, orders.code_label, code = order.code)}</p>
                    </div>
                    <span class="self-center max-sm:col-start-2"><Badge tone>{words}</Badge></span>
                </a>
            </li>
        }
    });
    view! { <ul class="grid gap-3 pb-8">{items.collect_view()}</ul> }.into_any()
}
