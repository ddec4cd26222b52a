//! `/desk/:org/events/:event/edit`: what an event says, its picture, its state.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    error::AppError,
    events::{
        ChangeEvent, Event, EventForm, EventHead, EventState, PublishEvent, RemoveEventPicture, get_desk_event,
        ui::{EventFields, EventHeader, EventPicture, StateForms},
    },
    i18n::{t, t_string, use_i18n},
    kernel::{EventId, FieldFault},
    orders::ui::CallOffCard,
    ui::{BadgeTone, Button, Card, FormFrame, Hidden, Icon, Load, Notice, Size, Toast, Tone, load},
};

#[component]
pub fn EditEventPage() -> impl IntoView {
    let params = use_params_map();
    let which = Memo::new(move |_| {
        let params = params.read();
        let org = params.get_str("org").unwrap_or_default().to_owned();
        (org, params.get_str("event").and_then(|id| id.parse::<EventId>().ok()))
    });
    let event = load(
        move || which.get(),
        |(org, event)| async move { get_desk_event(org, event.ok_or(AppError::NotFound)?).await },
    );
    view! {
        <Load from=event let:event>
            <Editor org=which.get_untracked().0 event/>
        </Load>
    }
    .into_any()
}

#[component]
fn Editor(org: String, event: Event) -> impl IntoView {
    let said = use_query_map().read_untracked();
    let is_offline = said.get_str("done") == Some("offline") && event.state == EventState::Draft;
    let fault = said.get_str("picture").map(str::to_owned);
    view! {
        <EventHeader event=EventHead::from(&event)/>
        <div class="grid max-w-3xl gap-6">
            {is_offline.then(|| view! { <OfflineToast org=org.clone() event=event.event_id/> })}
            <StateForms org=org.clone() event=event.clone()/>
            <CallOffCard org=org.clone() event=event.event_id title=event.title.clone()/>
            <PictureCard org=org.clone() event=event.clone() fault/>
            <DetailsForm org event/>
        </div>
    }
}

/// Says that nobody can buy any more, with the way back.
#[component]
fn OfflineToast(org: String, event: EventId) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<PublishEvent>::new();
    view! {
        <Toast text=t_string!(i18n, common.done_offline).to_string()>
            <FormFrame action>
                <Hidden name="org" value=org/>
                <Hidden name="event" value=event.to_string()/>
                <Button tone=Tone::Secondary size=Size::Small icon=Icon::Undo>{t!(i18n, common.undo)}</Button>
            </FormFrame>
        </Toast>
    }
}

#[component]
fn DetailsForm(org: String, event: Event) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<ChangeEvent>::new();
    let form = EventForm::from(&event);
    view! {
        <Card title=t_string!(i18n, events.form_edit_title).to_string()>
            <FormFrame action>
                <Hidden name="org" value=org/>
                <Hidden name="event" value=event.event_id.to_string()/>
                <EventFields form/>
                <div><Button>{t!(i18n, events.form_save)}</Button></div>
            </FormFrame>
        </Card>
    }
}

/// The picture as it is, a plain form that sends another, and one that takes it away.
#[component]
fn PictureCard(org: String, event: Event, fault: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    let target = format!("/desk/{org}/events/{}/picture", event.event_id);
    // The page that a refused picture leads to answers with that refusal's status.
    if fault.is_some() {
        AppError::field("picture", FieldFault::NotAPicture).note();
    }
    let words = fault.map(|fault| match fault.as_str() {
        "bad" => t_string!(i18n, events.picture_bad).to_string(),
        "large" => t_string!(i18n, events.picture_large).to_string(),
        _ => t_string!(i18n, events.picture_failed).to_string(),
    });
    let has_picture = event.picture.is_some();
    let removal = ServerAction::<RemoveEventPicture>::new();
    let event_id = event.event_id.to_string();
    view! {
        <Card title=t_string!(i18n, events.picture).to_string()>
            {words.map(|words| view! { <div role="alert"><Notice tone=BadgeTone::Error>{words}</Notice></div> })}
            <div class="grid items-start gap-4 sm:grid-cols-[15rem_1fr]">
                <div class="aspect-3/2 overflow-hidden rounded-field border border-base-300">
                    <EventPicture picture=event.picture seed=event.slug sizes="240px"/>
                </div>
                <div class="grid gap-3">
                    <form method="post" action=target enctype="multipart/form-data" class="grid gap-3">
                        <label class="grid gap-1.5">
                            <span class="text-sm font-semibold">{t!(i18n, events.picture_choose)}</span>
                            <input type="file" name="picture" accept="image/jpeg,image/png,image/webp" required class="file-input h-11 w-full"/>
                            <span class="text-sm text-muted">{t!(i18n, events.picture_hint)}</span>
                        </label>
                        <div><Button tone=Tone::Secondary icon=Icon::Image>{t!(i18n, events.picture_send)}</Button></div>
                    </form>
                    {has_picture.then(|| view! {
                        <FormFrame action=removal>
                            <Hidden name="org" value=org/>
                            <Hidden name="event" value=event_id/>
                            <div><Button tone=Tone::Quiet icon=Icon::Trash>{t!(i18n, events.picture_remove)}</Button></div>
                        </FormFrame>
                    })}
                </div>
            </div>
        </Card>
    }
}
