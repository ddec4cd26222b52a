//! /desk/:org/events/:event/orders

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    analytics::{
        DeskOrder, OrderFilter, list_event_orders,
        ui::{Chip, Chips, EventDesk, EventHeader, NothingFound, SearchBox, StateBadge, list_address},
    },
    i18n::{t, t_string, tu_string, use_i18n},
    kernel::Page,
    ui::{Empty, Icon, LinkButton, Load, Pager, Table, Tone, When, WhenStyle},
};

/// What the address asks a list for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Query {
    text: String,
    filter: OrderFilter,
    after: String,
}

fn query_of_address() -> Memo<Query> {
    let query = use_query_map();
    Memo::new(move |_| {
        let query = query.read();
        let part = |name: &str| query.get_str(name).unwrap_or_default().to_owned();
        Query { text: part("q"), filter: OrderFilter::of_word(&part("state")), after: part("after") }
    })
}

#[component]
pub fn OrdersPage() -> impl IntoView {
    let desk = EventDesk::of_address();
    let query = query_of_address();
    let orders = Resource::new(
        move || (desk.get(), query.get()),
        |(desk, query)| {
            list_event_orders(desk.org, desk.event, query.text, query.filter.as_str().to_owned(), query.after)
        },
    );
    view! {
        <Load from=orders let:loaded>
            <EventHeader event=loaded.0.clone()/>
            <OrderSearch/>
            <OrderList page=loaded.1.clone() slug=loaded.0.slug.clone()/>
        </Load>
    }
    .into_any()
}

#[component]
fn OrderSearch() -> impl IntoView {
    let i18n = use_i18n();
    let base = EventDesk::of_address().get_untracked().address("/orders");
    let query = query_of_address().get_untracked();
    let label = |filter| match filter {
        OrderFilter::All => t_string!(i18n, analytics.filter_all).to_string(),
        OrderFilter::Paid => t_string!(i18n, analytics.filter_paid).to_string(),
        OrderFilter::Pending => t_string!(i18n, analytics.filter_pending).to_string(),
        OrderFilter::Refunded => t_string!(i18n, analytics.filter_refunded).to_string(),
        OrderFilter::Ended => t_string!(i18n, analytics.filter_ended).to_string(),
    };
    let chip = |filter: OrderFilter| Chip {
        label: untrack(|| label(filter)),
        href: list_address(&base, &query.text, filter.as_str()),
        is_current: filter == query.filter,
    };
    let items: Vec<_> = OrderFilter::ALL.into_iter().map(chip).collect();
    view! {
        <div class="mb-5 grid gap-4">
            <SearchBox
                action=base.clone()
                label=tu_string!(i18n, analytics.search_orders).to_string()
                text=query.text
                state=query.filter.as_str()
            />
            <Chips items/>
        </div>
    }
}

#[component]
fn OrderList(page: Page<DeskOrder>, slug: String) -> impl IntoView {
    let i18n = use_i18n();
    let base = EventDesk::of_address().get_untracked().address("/orders");
    let query = query_of_address().get_untracked();
    if page.rows.is_empty() && query.text.is_empty() && query.filter == OrderFilter::All && query.after.is_empty() {
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
    let head = vec![
        tu_string!(i18n, analytics.order).to_string(),
        tu_string!(i18n, analytics.state).to_string(),
        tu_string!(i18n, analytics.buyer).to_string(),
        tu_string!(i18n, analytics.contact).to_string(),
        tu_string!(i18n, analytics.tickets).to_string(),
        tu_string!(i18n, analytics.total).to_string(),
        tu_string!(i18n, analytics.ordered_at).to_string(),
    ];
    let rows = page.rows.into_iter().map(|order| view! { <OrderRow order base=base.clone()/> }).collect_view();
    let here = list_address(&base, &query.text, query.filter.as_str());
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
            <td><StateBadge state=order.state/></td>
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
