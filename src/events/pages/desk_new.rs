//! `/desk/:org/events/new`: a new event.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    events::{DraftEvent, EventForm, get_event_start, ui::EventFields},
    i18n::{t, t_string, use_i18n},
    ui::{Button, FormFrame, Hidden, Load, PageTitle, load},
};

#[component]
pub fn NewEventPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let org = move || params.read().get_str("org").unwrap_or_default().to_owned();
    let start = load(org, get_event_start);
    view! {
        <PageTitle text=t_string!(i18n, events.form_new_title).to_string()/>
        <Load from=start let:form>
            <NewForm org=org() form/>
        </Load>
    }
    .into_any()
}

#[component]
fn NewForm(org: String, form: EventForm) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<DraftEvent>::new();
    view! {
        <div class="max-w-3xl">
            <FormFrame action>
                <Hidden name="org" value=org/>
                <EventFields form/>
                <div><Button>{t!(i18n, events.form_save_draft)}</Button></div>
            </FormFrame>
        </div>
    }
}
