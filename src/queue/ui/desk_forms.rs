//! What the desk sets of a waiting room.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    kernel::LocalTime,
    queue::{CEILING_USUAL, OpenWaitingRoom, RoomDesk, RoomPage, RoomState, SteerWaitingRoom},
    ui::{Button, Card, Confirm, Field, FieldKind, FormFrame, Hidden, Icon, Tone},
};

/// Opening and ceiling: of a room to be, or of the one that there is.
#[component]
pub fn RoomSettings(action: ServerAction<OpenWaitingRoom>, org: String, page: RoomPage) -> impl IntoView {
    let i18n = use_i18n();
    let event = page.event.event_id.to_string();
    let room = page.room.as_ref();
    let is_closed = room.is_some_and(|room| room.state == RoomState::Closed);
    // After the draw the opening is history.
    let is_fixed = room.is_some_and(|room| room.is_drawn) && !is_closed;
    let opens = room.filter(|room| !room.is_drawn).map(|room| room.opens.clone()).or(page.sale_starts);
    let opens = opens.as_ref().map(LocalTime::input_value).unwrap_or_default();
    let ceiling = room.map_or(CEILING_USUAL, |room| room.ceiling.into()).to_string();
    let (title, button) = if room.is_none() {
        (t_string!(i18n, queue.desk_switch_on).to_string(), t_string!(i18n, queue.desk_switch_on).to_string())
    } else if is_closed {
        (t_string!(i18n, queue.desk_again).to_string(), t_string!(i18n, queue.desk_again).to_string())
    } else {
        (t_string!(i18n, queue.desk_settings).to_string(), t_string!(i18n, events.form_save).to_string())
    };
    view! {
        <Card title>
            {is_closed.then(|| view! { <p class="text-muted">{t!(i18n, queue.desk_again_text)}</p> })}
            <FormFrame action>
                <Hidden name="org" value=org/>
                <Hidden name="event" value=event/>
                <div class="grid gap-4 sm:grid-cols-2">
                    {if is_fixed {
                        view! { <Hidden name="form[opens]" value=""/> }.into_any()
                    } else {
                        view! {
                            <Field name="form[opens]" kind=FieldKind::DateTime value=opens
                                label=t_string!(i18n, queue.desk_opens).to_string() hint=t_string!(i18n, queue.desk_opens_hint).to_string()/>
                        }.into_any()
                    }}
                    <Field name="form[ceiling]" kind=FieldKind::Number value=ceiling required=true
                        label=t_string!(i18n, queue.desk_ceiling).to_string()
                        hint=t_string!(i18n, queue.desk_ceiling_hint, usual = CEILING_USUAL).to_string()/>
                </div>
                <div><Button>{button}</Button></div>
            </FormFrame>
        </Card>
    }
}

/// Pause, go on, switch off.
#[component]
pub fn RoomSwitches(
    action: ServerAction<SteerWaitingRoom>,
    org: String,
    event: String,
    room: RoomDesk,
) -> impl IntoView {
    let i18n = use_i18n();
    let (to, words, icon) = match room.state {
        RoomState::Paused => (RoomState::Open, t_string!(i18n, queue.desk_resume).to_string(), Icon::ArrowRight),
        RoomState::Open | RoomState::Closed => {
            (RoomState::Paused, t_string!(i18n, queue.desk_pause).to_string(), Icon::Clock)
        }
    };
    let close = t_string!(i18n, queue.desk_close).to_string();
    let title = t_string!(i18n, queue.desk_close_title).to_string();
    let (org_too, event_too) = (org.clone(), event.clone());
    view! {
        <div class="flex flex-wrap items-center gap-3">
            <FormFrame action>
                <Hidden name="org" value=org/>
                <Hidden name="event" value=event/>
                <Hidden name="to" value=to.word()/>
                <Button tone=Tone::Secondary icon>{words}</Button>
            </FormFrame>
            <Confirm id="close-room" label=close.clone() title tone=Tone::Quiet>
                <p class="text-left">{t!(i18n, queue.desk_close_text)}</p>
                <FormFrame action>
                    <Hidden name="org" value=org_too/>
                    <Hidden name="event" value=event_too/>
                    <Hidden name="to" value=RoomState::Closed.word()/>
                    <Button tone=Tone::Danger wide=true>{close}</Button>
                </FormFrame>
            </Confirm>
        </div>
    }
}
