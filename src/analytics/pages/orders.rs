//! /desk/:org/events/:event/orders

use leptos::prelude::*;

use crate::{
    analytics::{
        Choice, DeskOrder, OrderFilter, OrderSort, list_event_orders,
        ui::{ListHead, ListQuery, NothingFound, StateBadge},
    },
    events::{
        EventHead, EventState,
        ui::{EventDesk, EventHeader},
    },
    i18n::{Locale, t, td_string, tu_string, use_i18n},
    kernel::Page,
    orders::ui::CallOffCard,
    ui::{Empty, Head, Icon, LinkButton, Load, Pager, Table, Tone, When, WhenStyle, load},
};

#[component]
pub fn OrdersPage() -> impl IntoView {
    let desk = EventDesk::of_address();
    let query = ListQuery::<OrderFilter>::of_address();
    let orders = load(
        move || (desk.get(), query.get()),
        |(desk, query)| {
            let (state, sort) = (query.filter.word().to_owned(), query.sorting.word());
            list_event_orders(desk.org, desk.event, query.text, state, sort, query.after)
        },
    );
    view! {
        <Load from=orders let:loaded>
            <EventHeader event=loaded.0.clone()/>
            <WhenCalledOff event=loaded.0.clone()/>
            <OrderSearch/>
            <OrderList page=loaded.1.clone() slug=loaded.0.slug.clone()/>
        </Load>
    }
    .into_any()
}

/// Of an event that is off, how far its money has gone back.
#[component]
fn WhenCalledOff(event: EventHead) -> impl IntoView {
    let org = EventDesk::of_address().get_untracked().org;
    (event.state == EventState::Cancelled).then(|| {
        view! {
            <div class="mb-5"><CallOffCard org event=event.event_id title=event.title/></div>
        }
    })
}

#[component]
fn OrderSearch() -> impl IntoView {
    let i18n = use_i18n();
    let base = EventDesk::of_address().get_untracked().address("/orders");
    let query = ListQuery::<OrderFilter>::of_address().get_untracked();
    view! { <ListHead base query label=tu_string!(i18n, analytics.search_orders).to_string() words=filter_words/> }
}

fn filter_words(locale: Locale, filter: OrderFilter) -> String {
    match filter {
        OrderFilter::All => td_string!(locale, analytics.filter_all).to_string(),
        OrderFilter::Paid => td_string!(locale, analytics.filter_paid).to_string(),
        OrderFilter::Pending => td_string!(locale, analytics.filter_pending).to_string(),
        OrderFilter::Refunded => td_string!(locale, analytics.filter_refunded).to_string(),
        OrderFilter::Ended => td_string!(locale, analytics.filter_ended).to_string(),
    }
}

#[component]
fn OrderList(page: Page<DeskOrder>, slug: String) -> impl IntoView {
    let i18n = use_i18n();
    let base = EventDesk::of_address().get_untracked().address("/orders");
    let query = ListQuery::<OrderFilter>::of_address().get_untracked();
    if page.rows.is_empty() && query.is_whole() {
        let (title, text) =
            (tu_string!(i18n, analytics.no_orders).to_string(), tu_string!(i18n, analytics.no_orders_text).to_string());
        return view! {
            <Empty icon=Icon::Receipt title text>
                <LinkButton href=format!("/e/{slug}") tone=Tone::Secondary>{t!(i18n, analytics.see_event)}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    if page.rows.is_empty() {
        return view! { <NothingFound base/> }.into_any();
    }
    let by = |label: String, key| query.head(&base, label, key);
    let head = vec![
        Head::Plain(tu_string!(i18n, analytics.order).to_string()),
        by(tu_string!(i18n, analytics.state).to_string(), OrderSort::State),
        by(tu_string!(i18n, analytics.buyer).to_string(), OrderSort::Buyer),
        Head::Plain(tu_string!(i18n, analytics.contact).to_string()),
        by(tu_string!(i18n, analytics.tickets).to_string(), OrderSort::Tickets),
        by(tu_string!(i18n, analytics.total).to_string(), OrderSort::Total),
        by(tu_string!(i18n, analytics.ordered_at).to_string(), OrderSort::Ordered),
    ];
    let rows = page.rows.into_iter().map(|order| view! { <OrderRow order base=base.clone()/> }).collect_view();
    let here = query.address(&base);
    view! {
        <Table caption=tu_string!(i18n, analytics.orders).to_string() head>{rows}</Table>
        <Pager next=page.next base=here/>
    }
    .into_any()
}

#[component]
fn OrderRow(order: DeskOrder, base: String) -> impl IntoView {
    let i18n = use_i18n();
    let has_name = !order.buyer_name.is_empty();
    view! {
        <tr>
            <th scope="row">
                <a href=format!("{base}/{}", order.order_id) class="inline-flex min-h-11 items-center font-mono font-semibold text-secondary hover:underline">
                    {order.code}
                </a>
            </th>
            <td><StateBadge state=order.state.word()/></td>
            <td>{if has_name { order.buyer_name.into_any() } else { t!(i18n, analytics.no_buyer).into_any() }}</td>
            <td>
                <span class="block">{order.buyer_email}</span>
                <span class="block tabular-nums text-muted">{order.buyer_phone}</span>
            </td>
            <td class="tabular-nums">{order.tickets}</td>
            <td class="whitespace-nowrap tabular-nums">{order.total.to_string()}</td>
            <td class="whitespace-nowrap"><When at=order.created style=WhenStyle::Short/></td>
        </tr>
    }
}
