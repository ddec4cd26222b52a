//! `/line/:token`: a place in line.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    i18n::{t, t_string, use_i18n},
    inventory::{WaitState, WaitingPlace},
    orders::{LeaveWaitlist, get_waiting_place},
    ui::{
        Badge, BadgeTone, Button, Card, Confirm, Countdown, FormFrame, Hidden, Icon, LinkButton, Load, Notice,
        PageTitle, Size, Tone, load,
    },
};

#[component]
pub fn WaitingPage() -> impl IntoView {
    let params = use_params_map();
    let token = move || params.read().get("token").unwrap_or_default();
    let place = load(token, get_waiting_place);
    view! {
        <Load from=place let:place>
            <PlaceView place/>
        </Load>
    }
    .into_any()
}

#[component]
fn PlaceView(place: WaitingPlace) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let href = format!("/e/{}", place.event_slug);
    let tone = if place.state == WaitState::Offered { BadgeTone::Accent } else { BadgeTone::Neutral };
    let may_leave = matches!(place.state, WaitState::Waiting | WaitState::Offered);
    let token = place.token.clone();
    view! {
        <div class="mx-auto grid w-full max-w-xl gap-4 pb-8">
            <PageTitle text=t_string!(i18n, inventory.wait_title).to_string() lead=place.event_title.clone()/>
            <Card>
                <div class="flex flex-wrap items-center justify-between gap-3">
                    <p class="font-display text-xl font-bold">{place.size}" × "{place.type_name.clone()}</p>
                    <Badge tone>{place.state.words(locale)}</Badge>
                </div>
                <p class="text-muted">{place.email.clone()}</p>
                <News place/>
            </Card>
            <div class="flex flex-wrap gap-3">
                <LinkButton href tone=Tone::Secondary icon=Icon::ArrowLeft>{t!(i18n, inventory.wait_to_event)}</LinkButton>
                {may_leave.then(|| view! { <LeaveForm token/> })}
            </div>
        </div>
    }
}

/// What it means, and what to do now.
#[component]
fn News(place: WaitingPlace) -> impl IntoView {
    let i18n = use_i18n();
    let ahead = place.ahead;
    match (place.state, place.order) {
        (WaitState::Waiting, _) => view! {
            <p class="font-display text-2xl font-bold">{t!(i18n, inventory.wait_ahead, count = move || ahead)}</p>
            <p class="text-muted">{t!(i18n, inventory.wait_waiting_text)}</p>
        }
        .into_any(),
        (WaitState::Offered, Some(order)) => view! {
            <Notice tone=BadgeTone::Accent icon=Icon::Bell>
                <p class="font-semibold">{t!(i18n, inventory.wait_offered_text)}</p>
                {place.until.map(|until| view! { <p class="text-2xl"><Countdown until now=place.now/></p> })}
            </Notice>
            <LinkButton href=format!("/o/{order}") size=Size::Large wide=true icon=Icon::ArrowRight>{t!(i18n, inventory.wait_take)}</LinkButton>
        }
        .into_any(),
        (WaitState::Taken, Some(order)) => {
            view! { <LinkButton href=format!("/o/{order}") icon=Icon::Ticket>{t!(i18n, inventory.wait_taken_text)}</LinkButton> }.into_any()
        }
        (WaitState::Left, _) => view! { <p>{t!(i18n, inventory.wait_left_text)}</p> }.into_any(),
        _ => view! { <p>{t!(i18n, inventory.wait_passed_text)}</p> }.into_any(),
    }
}

#[component]
fn LeaveForm(token: String) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<LeaveWaitlist>::new();
    let label = t_string!(i18n, inventory.wait_leave).to_string();
    view! {
        <Confirm id="leave-line" label=label.clone() title=t_string!(i18n, inventory.wait_leave_text).to_string() tone=Tone::Quiet>
            <FormFrame action>
                <Hidden name="token" value=token/>
                <Button tone=Tone::Danger wide=true>{label}</Button>
            </FormFrame>
        </Confirm>
    }
}
