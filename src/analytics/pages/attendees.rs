//! /desk/:org/events/:event/attendees

use leptos::prelude::*;

use crate::{
    analytics::{
        Attendee, AttendeeFilter, AttendeeSort, Choice, list_event_attendees,
        ui::{ListHead, ListQuery, NothingFound},
    },
    events::ui::{EventDesk, EventHeader},
    i18n::{Locale, t, td_string, tu_string, use_i18n},
    kernel::Page,
    ui::{Badge, BadgeTone, Empty, Head, Icon, LinkButton, Load, Pager, Size, Table, Tone, load},
};

#[component]
pub fn AttendeesPage() -> impl IntoView {
    let desk = EventDesk::of_address();
    let query = ListQuery::<AttendeeFilter>::of_address();
    let attendees = load(
        move || (desk.get(), query.get()),
        |(desk, query)| {
            let (state, sort) = (query.filter.word().to_owned(), query.sorting.word());
            list_event_attendees(desk.org, desk.event, query.text, state, sort, query.after)
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
    let query = ListQuery::<AttendeeFilter>::of_address().get_untracked();
    view! {
        <ListHead base=base.clone() query label=tu_string!(i18n, analytics.search_attendees).to_string() words=filter_words>
            <LinkButton href=format!("{base}.csv") tone=Tone::Secondary size=Size::Small icon=Icon::Download external=true>
                {t!(i18n, analytics.download_csv)}
            </LinkButton>
        </ListHead>
    }
}

fn filter_words(locale: Locale, filter: AttendeeFilter) -> String {
    match filter {
        AttendeeFilter::All => td_string!(locale, analytics.filter_everyone).to_string(),
        AttendeeFilter::In => td_string!(locale, analytics.filter_in).to_string(),
        AttendeeFilter::NotIn => td_string!(locale, analytics.filter_not_in).to_string(),
    }
}

#[component]
fn AttendeeList(page: Page<Attendee>, slug: String) -> impl IntoView {
    let i18n = use_i18n();
    let desk = EventDesk::of_address().get_untracked();
    let (base, orders) = (desk.address("/attendees"), desk.address("/orders"));
    let query = ListQuery::<AttendeeFilter>::of_address().get_untracked();
    if page.rows.is_empty() && query.is_whole() {
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
    let by = |label: String, key| query.head(&base, label, key);
    let head = vec![
        by(tu_string!(i18n, analytics.holder).to_string(), AttendeeSort::Holder),
        by(tu_string!(i18n, analytics.checked_in).to_string(), AttendeeSort::CheckedIn),
        by(tu_string!(i18n, analytics.type_name).to_string(), AttendeeSort::Type),
        by(tu_string!(i18n, analytics.order).to_string(), AttendeeSort::Order),
        Head::Plain(tu_string!(i18n, analytics.ticket_code).to_string()),
    ];
    let rows =
        page.rows.into_iter().map(|attendee| view! { <AttendeeRow attendee orders=orders.clone()/> }).collect_view();
    let here = query.address(&base);
    view! {
        <Table caption=tu_string!(i18n, events.tab_attendees).to_string() head>{rows}</Table>
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
