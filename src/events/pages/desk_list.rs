//! `/desk/:org`: an organizer's events.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    events::{DeskEvent, DeskFilter, DeskList, EventState, list_desk_events},
    i18n::{t, t_string, use_i18n},
    kernel::Cursor,
    ui::{
        Badge, BadgeTone, CalendarLeaf, Chip, Chips, Empty, Icon, LinkButton, Load, PageTitle, Pager, When, WhenStyle,
        load,
    },
};

#[component]
pub fn DeskEventsPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || {
        let org = params.read().get_str("org").unwrap_or_default().to_owned();
        let filter = DeskFilter::of(query.read().get_str("show").unwrap_or_default());
        (org, filter, query.read().get_str("after").map(|after| Cursor(after.to_owned())))
    };
    let asked = Memo::new(move |_| asked());
    let list = load(move || asked.get(), |(org, filter, after)| list_desk_events(org, filter, after));
    view! {
        <Load from=list let:list>
            {
                let (org, filter, _) = asked.get_untracked();
                view! { <Listed org filter list/> }
            }
        </Load>
    }
    .into_any()
}

#[component]
fn Listed(org: String, filter: DeskFilter, list: DeskList) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let new = format!("/desk/{org}/events/new");
    let chips = DeskFilter::ALL.map(|choice| Chip {
        label: choice.words(locale),
        href: format!("/desk/{org}?show={}", choice.as_str()),
        is_chosen: choice == filter,
    });
    let is_empty = list.events.rows.is_empty();
    let may_edit = list.may_edit;
    let action = new.clone();
    let base = format!("/desk/{org}?show={}", filter.as_str());
    let rows = list.events.rows.into_iter().map(|event| view! { <EventRow org=org.clone() event/> }).collect_view();
    view! {
        <PageTitle text=t_string!(i18n, events.desk_title).to_string() lead=list.org_name>
            {may_edit.then(|| view! { <LinkButton href=new icon=Icon::Plus>{t!(i18n, events.desk_new)}</LinkButton> })}
        </PageTitle>
        <Chips label=t_string!(i18n, events.desk_filter).to_string() items=chips.to_vec()/>
        {is_empty.then(|| view! {
            <Empty icon=Icon::Calendar title=t_string!(i18n, events.desk_empty_title).to_string() text=t_string!(i18n, events.desk_empty_text).to_string()>
                {may_edit.then(|| view! { <LinkButton href=action icon=Icon::Plus>{t!(i18n, events.desk_new)}</LinkButton> })}
            </Empty>
        })}
        <ul class="grid gap-3 pt-4">{rows}</ul>
        <Pager next=list.events.next base/>
    }
}

#[component]
fn EventRow(org: String, event: DeskEvent) -> impl IntoView {
    let i18n = use_i18n();
    let state = event.state.words(i18n.get_locale_untracked(), event.is_over);
    let tone = match event.state {
        EventState::Draft => BadgeTone::Warning,
        EventState::Published if !event.is_over => BadgeTone::Info,
        EventState::Published => BadgeTone::Neutral,
        EventState::Cancelled => BadgeTone::Error,
    };
    let (sold, capacity) = (event.sold, event.capacity);
    view! {
        <li>
            <a href=format!("/desk/{org}/events/{}", event.event_id) class="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 rounded-box border border-base-300 bg-base-100 p-4 hover:bg-base-200 sm:grid-cols-[auto_1fr_auto]">
                <CalendarLeaf at=event.starts.clone()/>
                <div class="grid min-w-0 gap-1">
                    <p class="line-clamp-2 font-display text-lg font-bold leading-snug">{event.title}</p>
                    <p class="text-sm text-muted"><When at=event.starts style=WhenStyle::Short/></p>
                    <div class="flex items-center gap-3">
                        <progress class="progress progress-secondary w-24" value=sold max=capacity.max(1) aria-label=t_string!(i18n, events.desk_sold).to_string()></progress>
                        <span class="whitespace-nowrap text-sm tabular-nums text-muted">{t!(i18n, events.desk_sold_of, sold = sold, capacity = capacity)}</span>
                    </div>
                </div>
                <span class="self-center max-sm:col-start-2"><Badge tone>{state}</Badge></span>
            </a>
        </li>
    }
}
