//! `/desk/:org/events/:event/waitlist`: who waits for what is sold out.

use leptos::prelude::*;

use crate::{
    error::AppError,
    events::ui::{EventDesk, EventHeader},
    i18n::{t_string, use_i18n},
    inventory::{DeskLine, DeskPlace, DeskWaitlist, WaitState, list_waitlist},
    ui::{Badge, BadgeTone, Empty, Icon, Load, Stat, Table, When, WhenStyle, load},
};

#[component]
pub fn DeskWaitlistPage() -> impl IntoView {
    let desk = EventDesk::of_address();
    let waitlist = load(
        move || desk.get(),
        |desk| async move { list_waitlist(desk.org, desk.event.parse().map_err(|_| AppError::NotFound)?).await },
    );
    view! {
        <Load from=waitlist let:waitlist>
            <Whole waitlist/>
        </Load>
    }
    .into_any()
}

#[component]
fn Whole(waitlist: DeskWaitlist) -> impl IntoView {
    let i18n = use_i18n();
    let is_empty = waitlist.lines.is_empty();
    let lines = waitlist.lines.into_iter().map(|line| view! { <LineView line/> }).collect_view();
    view! {
        <EventHeader event=waitlist.event/>
        <div class="grid gap-8">
            {is_empty.then(|| view! {
                <Empty icon=Icon::Clock title=t_string!(i18n, inventory.wait_desk_none).to_string() text=t_string!(i18n, inventory.wait_desk_none_text).to_string()/>
            })}
            {lines}
        </div>
    }
}

#[component]
fn LineView(line: DeskLine) -> impl IntoView {
    let i18n = use_i18n();
    let stat = |label: &str, value: u32| view! { <Stat label=label.to_owned() value=value.to_string()/> };
    let head = vec![
        t_string!(i18n, orders.field_email).to_string(),
        t_string!(i18n, inventory.wait_field_size).to_string(),
        t_string!(i18n, inventory.wait_desk_state).to_string(),
        t_string!(i18n, inventory.wait_desk_joined).to_string(),
    ];
    let is_any = !line.places.is_empty();
    let caption = line.type_name.clone();
    let rows = line.places.into_iter().map(|place| view! { <PlaceRow place/> }).collect_view();
    view! {
        <section class="grid gap-4">
            <h2 class="font-display text-xl font-bold">{line.type_name}</h2>
            <div class="grid grid-cols-2 gap-3 sm:grid-cols-4">
                {stat(t_string!(i18n, inventory.wait_state_waiting), line.waiting)}
                {stat(t_string!(i18n, inventory.wait_desk_wanted), line.wanted)}
                {stat(t_string!(i18n, inventory.wait_state_offered), line.offered)}
                {stat(t_string!(i18n, inventory.wait_state_taken), line.taken)}
            </div>
            {is_any.then(|| view! { <Table caption head>{rows}</Table> })}
        </section>
    }
}

#[component]
fn PlaceRow(place: DeskPlace) -> impl IntoView {
    let locale = use_i18n().get_locale_untracked();
    let tone = if place.state == WaitState::Offered { BadgeTone::Accent } else { BadgeTone::Neutral };
    view! {
        <tr>
            <th scope="row" class="font-medium">{place.email}</th>
            <td class="tabular-nums">{place.size}</td>
            <td><Badge tone>{place.state.words(locale)}</Badge></td>
            <td><When at=place.joined style=WhenStyle::Short/></td>
        </tr>
    }
}
