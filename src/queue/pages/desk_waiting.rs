//! `/desk/:org/events/:event/waiting`: the waiting room in front of an event.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    error::{AppError, Result},
    events::ui::{EventDesk, EventHeader},
    i18n::{t, t_string, use_i18n},
    kernel::EventId,
    queue::{
        OpenWaitingRoom, RoomDesk, RoomPage, RoomState, SteerWaitingRoom, show_waiting_room,
        ui::{RoomSettings, RoomSwitches},
    },
    ui::{Badge, BadgeTone, Card, Empty, Icon, LinkButton, Load, Size, Stat, Tone, WhenStyle, load, when_words},
};

/// How often an open page reads the room again.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What is sent from the page.
#[derive(Clone, Copy)]
struct Forms {
    open: ServerAction<OpenWaitingRoom>,
    steer: ServerAction<SteerWaitingRoom>,
}

#[component]
pub fn WaitingRoomPage() -> impl IntoView {
    let desk = EventDesk::of_address();
    let forms = Forms { open: ServerAction::new(), steer: ServerAction::new() };
    // What was sent may have changed what is shown.
    let asked = move || (desk.get(), forms.open.version().get(), forms.steer.version().get());
    let page = load(asked, |(desk, ..)| async move {
        let event: EventId = desk.event.parse().map_err(|_| AppError::NotFound)?;
        show_waiting_room(desk.org, event).await
    });
    let latest = RwSignal::new(None);
    look_again(desk, latest);
    view! {
        <Load from=page let:page>
            <Desk page latest forms/>
        </Load>
    }
    .into_any()
}

/// Reads the numbers again and again, without touching the forms that somebody may be typing into.
fn look_again(desk: Memo<EventDesk>, latest: RwSignal<Option<RoomDesk>>) {
    Effect::new(move |_| {
        let look = move || {
            let EventDesk { org, event } = desk.get_untracked();
            leptos::task::spawn_local(async move {
                if let Ok(room) = read(org, &event).await {
                    latest.set(room);
                }
            });
        };
        if let Ok(looking) = set_interval_with_handle(look, LOOK_EVERY) {
            on_cleanup(move || looking.clear());
        }
    });
}

async fn read(org: String, event: &str) -> Result<Option<RoomDesk>> {
    let event: EventId = event.parse().map_err(|_| AppError::NotFound)?;
    Ok(show_waiting_room(org, event).await?.room)
}

#[component]
fn Desk(page: RoomPage, latest: RwSignal<Option<RoomDesk>>, forms: Forms) -> impl IntoView {
    let i18n = use_i18n();
    // What was read before is older than this page.
    latest.set(None);
    let EventDesk { org, event } = EventDesk::of_address().get_untracked();
    let now = page.room.clone().map(|first| {
        let switches = (first.state != RoomState::Closed).then(|| {
            view! { <RoomSwitches action=forms.steer org=org.clone() event room=first.clone()/> }
        });
        let slug = page.event.slug.clone();
        view! { <Now first latest slug/> {switches} }
    });
    let is_new = page.room.is_none();
    view! {
        <EventHeader event=page.event.clone()/>
        <div class="grid max-w-4xl gap-6">
            {is_new.then(|| view! {
                <Empty icon=Icon::Clock title=t_string!(i18n, queue.desk_none_title).to_string() text=t_string!(i18n, queue.desk_none_text).to_string()/>
            })}
            {now}
            <RoomSettings action=forms.open org page/>
        </div>
    }
}

/// The room's numbers, as they are at the moment.
#[component]
fn Now(first: RoomDesk, latest: RwSignal<Option<RoomDesk>>, slug: String) -> impl IntoView {
    let i18n = use_i18n();
    let room: Signal<RoomDesk> = Memo::new({
        let first = first.clone();
        move |_| latest.get().unwrap_or_else(|| first.clone())
    })
    .into();
    let number = move |pick: fn(&RoomDesk) -> i64| Signal::derive(move || room.with(pick).to_string());
    let arrived = Signal::derive(move || {
        t_string!(i18n, queue.desk_waiting_note, arrived = room.with(|room| room.arrived)).to_string()
    });
    let inside = Signal::derive(move || {
        let (ceiling, due) = room.with(|room| (room.ceiling, room.due));
        t_string!(i18n, queue.desk_inside_note, ceiling = ceiling, due = due).to_string()
    });
    let rate = Signal::derive(move || t_string!(i18n, queue.desk_rate_note).to_string());
    let wait = Signal::derive(move || match room.with(|room| room.wait_secs) {
        Some(secs) => t_string!(i18n, queue.desk_minutes, minutes = (secs + 59) / 60).to_string(),
        None => t_string!(i18n, queue.desk_wait_unknown).to_string(),
    });
    view! {
        <StateLine room slug/>
        <div class="grid grid-cols-2 gap-3 lg:grid-cols-4" data-testid="room-numbers">
            <Stat label=t_string!(i18n, queue.desk_waiting).to_string() value=number(|room| room.waiting) note=arrived/>
            <Stat label=t_string!(i18n, queue.desk_inside).to_string() value=number(|room| room.inside) note=inside/>
            <Stat label=t_string!(i18n, queue.desk_rate).to_string() value=number(|room| room.per_min) note=rate/>
            <Stat label=t_string!(i18n, queue.desk_wait).to_string() value=wait/>
        </div>
        <Card title=t_string!(i18n, queue.fingerprint).to_string()>
            <p class="font-mono text-sm break-all">{first.seed_hash}</p>
            <p class="text-sm text-muted">{t!(i18n, queue.desk_fingerprint_hint)}</p>
        </Card>
    }
}

/// Whether people are let in, since when or from when, and the page that they see.
#[component]
fn StateLine(room: Signal<RoomDesk>, slug: String) -> impl IntoView {
    let i18n = use_i18n();
    let state = move || {
        let (state, is_drawn) = room.with(|room| (room.state, room.is_drawn));
        let (tone, words) = match state {
            RoomState::Closed => (BadgeTone::Neutral, t_string!(i18n, queue.desk_state_closed)),
            RoomState::Paused => (BadgeTone::Warning, t_string!(i18n, queue.desk_state_paused)),
            RoomState::Open if is_drawn => (BadgeTone::Accent, t_string!(i18n, queue.desk_state_open)),
            RoomState::Open => (BadgeTone::Info, t_string!(i18n, queue.desk_state_before)),
        };
        view! { <Badge tone>{words.to_string()}</Badge> }
    };
    let opening = move || {
        let when = room.with(|room| when_words(&room.opens, WhenStyle::Short, i18n.get_locale()));
        if room.with(|room| room.is_drawn) {
            t_string!(i18n, queue.desk_opened_at, when = when).to_string()
        } else {
            t_string!(i18n, queue.desk_opens_at, when = when).to_string()
        }
    };
    let has_page = move || room.with(|room| room.state != RoomState::Closed);
    view! {
        <div class="flex flex-wrap items-center gap-3">
            {state}
            <span class="text-muted">{opening}</span>
            <Show when=has_page>
                <LinkButton href=format!("/w/{slug}") tone=Tone::Quiet size=Size::Small icon=Icon::Eye external=true>{t!(i18n, queue.desk_page)}</LinkButton>
            </Show>
        </div>
    }
}
