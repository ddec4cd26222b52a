//! /desk/:org/events/:event/attendees

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    analytics::{
        Attendee, AttendeeFilter, list_event_attendees,
        ui::{Chip, Chips, EventDesk, EventHeader, NothingFound, SearchBox, list_address},
    },
    i18n::{t, t_string, tu_string, use_i18n},
    kernel::Page,
    ui::{Badge, BadgeTone, Empty, Icon, LinkButton, Load, Pager, Table, Tone},
};

/// What the address asks the list for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Query {
    text: String,
    filter: AttendeeFilter,
    after: String,
}

fn query_of_address() -> Memo<Query> {
    let query = use_query_map();
    Memo::new(move |_| {
        let query = query.read();
        let part = |name: &str| query.get_str(name).unwrap_or_default().to_owned();
        Query { text: part("q"), filter: AttendeeFilter::of_word(&part("state")), after: part("after") }
    })
}

#[component]
pub fn AttendeesPage() -> impl IntoView {
    let desk = EventDesk::of_address();
    let query = query_of_address();
    let attendees = Resource::new(
        move || (desk.get(), query.get()),
        |(desk, query)| {
            list_event_attendees(desk.org, desk.event, query.text, query.filter.as_str().to_owned(), query.after)
        },
    );
    view! {
        <Load from=attendees let:loaded>
            <EventHeader event=loaded.0.clone()/>
            <AttendeeSearch/>
            <AttendeeList page=loaded.1.clone() slug=loaded.0.slug.clone()/>
        </Load>
    }
    .into_any()
}

#[component]
fn AttendeeSearch() -> impl IntoView {
    let i18n = use_i18n();
    let base = EventDesk::of_address().get_untracked().address("/attendees");
    let query = query_of_address().get_untracked();
    let label = |filter| match filter {
        AttendeeFilter::All => t_string!(i18n, analytics.filter_everyone).to_string(),
        AttendeeFilter::In => t_string!(i18n, analytics.filter_in).to_string(),
        AttendeeFilter::NotIn => t_string!(i18n, analytics.filter_not_in).to_string(),
    };
    let chip = |filter: AttendeeFilter| Chip {
        label: untrack(|| label(filter)),
        href: list_address(&base, &query.text, filter.as_str()),
        is_current: filter == query.filter,
    };
    let items: Vec<_> = AttendeeFilter::ALL.into_iter().map(chip).collect();
    view! {
        <div class="mb-5 grid gap-4">
            <SearchBox
                action=base.clone()
                label=tu_string!(i18n, analytics.search_attendees).to_string()
                text=query.text
                state=query.filter.as_str()
            />
            <div class="flex flex-wrap items-center justify-between gap-3">
                <Chips items/>
                <LinkButton href=format!("{base}.csv") tone=Tone::Secondary icon=Icon::Download external=true>
                    {t!(i18n, analytics.download_csv)}
                </LinkButton>
            </div>
        </div>
    }
}

#[component]
fn AttendeeList(page: Page<Attendee>, slug: String) -> impl IntoView {
    let i18n = use_i18n();
    let desk = EventDesk::of_address().get_untracked();
    let (base, orders) = (desk.address("/attendees"), desk.address("/orders"));
    let query = query_of_address().get_untracked();
    if page.rows.is_empty() && query.text.is_empty() && query.filter == AttendeeFilter::All && query.after.is_empty() {
        let title = tu_string!(i18n, analytics.no_attendees).to_string();
        let text = tu_string!(i18n, analytics.no_attendees_text).to_string();
        return view! {
            <Empty icon=Icon::Users title text>
                <LinkButton href=format!("/e/{slug}") tone=Tone::Secondary>{t!(i18n, analytics.see_event)}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    if page.rows.is_empty() {
        return view! { <NothingFound base/> }.into_any();
    }
    let head = vec![
        tu_string!(i18n, analytics.holder).to_string(),
        tu_string!(i18n, analytics.checked_in).to_string(),
        tu_string!(i18n, analytics.type_name).to_string(),
        tu_string!(i18n, analytics.order).to_string(),
        tu_string!(i18n, analytics.ticket_code).to_string(),
    ];
    let rows =
        page.rows.into_iter().map(|attendee| view! { <AttendeeRow attendee orders=orders.clone()/> }).collect_view();
    let here = list_address(&base, &query.text, query.filter.as_str());
    view! {
        <Table caption=tu_string!(i18n, analytics.tab_attendees).to_string() head>{rows}</Table>
        <Pager next=page.next base=here/>
    }
    .into_any()
}

#[component]
fn AttendeeRow(attendee: Attendee, orders: String) -> impl IntoView {
    let i18n = use_i18n();
    let entry = match attendee.admitted {
        Some(at) => {
            view! { <Badge tone=BadgeTone::Success>{t!(i18n, analytics.in_at, time = at.clock())}</Badge> }.into_any()
        }
        None => view! { <Badge>{t!(i18n, analytics.not_in)}</Badge> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="font-medium">
                {attendee.holder_name}
                <span class="block font-normal text-muted">{attendee.buyer_email}</span>
            </th>
            <td>{entry}</td>
            <td>{attendee.type_name}</td>
            <td>
                <a href=format!("{orders}/{}", attendee.order_id) class="inline-flex min-h-11 items-center font-mono text-secondary hover:underline">
                    {attendee.order_code}
                </a>
            </td>
            <td class="whitespace-nowrap font-mono">{attendee.manual_code}</td>
        </tr>
    }
}
