//! Publish, take offline: each asks first, in words that name the event.

use leptos::prelude::*;

use crate::{
    events::{Event, EventState, PublishEvent, UnpublishEvent},
    i18n::{t, t_string, use_i18n},
    ui::{BadgeTone, Button, Confirm, FormFrame, Hidden, LinkButton, Notice, Tone},
};

/// What can be done with an event in its state.
#[component]
pub fn StateForms(org: String, event: Event) -> impl IntoView {
    let i18n = use_i18n();
    let base = format!("/desk/{org}/events/{}", event.event_id);
    let is_draft = event.state == EventState::Draft;
    let needs_types = is_draft && event.types == 0;
    view! {
        {needs_types.then(|| view! {
            <Notice tone=BadgeTone::Info>
                <p>{t!(i18n, events.next_types)}</p>
                <LinkButton href=format!("{base}/types") tone=Tone::Secondary>{t!(i18n, events.tab_types)}</LinkButton>
            </Notice>
        })}
        <div class="flex flex-wrap gap-3 empty:hidden">
            {(is_draft && !needs_types).then(|| view! { <PublishForm org=org.clone() event=event.clone()/> })}
            {(event.state == EventState::Published).then(|| view! {
                <UnpublishForm org=org.clone() event=event.clone()/>
            })}
        </div>
    }
}

#[component]
fn PublishForm(org: String, event: Event) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<PublishEvent>::new();
    let question = t_string!(i18n, events.publish_text, title = event.title).to_string();
    view! {
        <Confirm id="publish" label=t_string!(i18n, events.publish).to_string() title=question tone=Tone::Primary>
            <FormFrame action>
                <Hidden name="org" value=org/>
                <Hidden name="event" value=event.event_id.to_string()/>
                <Button wide=true>{t!(i18n, events.publish)}</Button>
            </FormFrame>
        </Confirm>
    }
}

#[component]
fn UnpublishForm(org: String, event: Event) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<UnpublishEvent>::new();
    let question = t_string!(i18n, events.unpublish_text, title = event.title).to_string();
    view! {
        <Confirm id="unpublish" label=t_string!(i18n, events.unpublish).to_string() title=question tone=Tone::Secondary>
            <FormFrame action>
                <Hidden name="org" value=org/>
                <Hidden name="event" value=event.event_id.to_string()/>
                <Button wide=true tone=Tone::Danger>{t!(i18n, events.unpublish)}</Button>
            </FormFrame>
        </Confirm>
    }
}
