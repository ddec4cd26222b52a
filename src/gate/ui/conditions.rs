//! The hours, gates, alerts and questions of a check-in list.

use leptos::{context::Provider, prelude::*};

use super::{
    super::{
        api::{AddListCondition, AddListWindow, RemoveListCondition},
        lists::{ConditionKind, ShownCondition, ShownWindow, TypeName},
    },
    list_fields::TypeChoice,
};
use crate::{
    events::ui::EventDesk,
    i18n::{t, t_string, use_i18n},
    ui::{Button, Field, FieldKind, FormFrame, FormScope, Hidden, Icon, Select, Size, Tone, WhenStyle, when_words},
};

/// When the list lets in, where it has hours of its own.
#[component]
pub fn Hours(desk: EventDesk, list: String, windows: Vec<ShownWindow>, types: Vec<TypeName>) -> impl IntoView {
    let i18n = use_i18n();
    let add = ServerAction::<AddListWindow>::new();
    let locale = i18n.get_locale_untracked();
    let rows = windows
        .into_iter()
        .map(|window| {
            let from = when_words(&window.opens, WhenStyle::Short, locale);
            let to = when_words(&window.closes, WhenStyle::Short, locale);
            let text = format!("{from} – {to}");
            let (place, id) = ((desk.clone(), list.clone()), window.window_id.to_string());
            view! { <Removable place id text type_name=window.type_name/> }
        })
        .collect_view();
    view! {
        <section class="grid gap-3">
            <h3 class="font-display font-bold">{t!(i18n, gate.list_hours)}</h3>
            <p class="text-sm text-muted">{t!(i18n, gate.list_hours_hint)}</p>
            <ul class="grid gap-2 empty:hidden">{rows}</ul>
            <Provider value=FormScope(format!("hours-{list}"))>
                <FormFrame action=add>
                    <Hidden name="org" value=desk.org/>
                    <Hidden name="event" value=desk.event/>
                    <Hidden name="list" value=list/>
                    <div class="grid gap-4 sm:grid-cols-3">
                        <TypeChoice types/>
                        <Field name="form[opens]" kind=FieldKind::DateTime label=t_string!(i18n, gate.window_opens).to_string() required=true/>
                        <Field name="form[closes]" kind=FieldKind::DateTime label=t_string!(i18n, gate.window_closes).to_string() required=true/>
                    </div>
                    <div><Button tone=Tone::Secondary icon=Icon::Plus>{t!(i18n, gate.window_add)}</Button></div>
                </FormFrame>
            </Provider>
        </section>
    }
}

/// What else the list asks for.
#[component]
pub fn Conditions(
    desk: EventDesk,
    list: String,
    conditions: Vec<ShownCondition>,
    types: Vec<TypeName>,
    gates: Vec<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let add = ServerAction::<AddListCondition>::new();
    let locale = i18n.get_locale_untracked();
    let rows = conditions
        .into_iter()
        .map(|condition| {
            let text = format!("{}: {}", condition.kind.words(locale), condition.words);
            let (place, id) = ((desk.clone(), list.clone()), condition.condition_id.to_string());
            view! { <Removable place id text type_name=condition.type_name/> }
        })
        .collect_view();
    let kinds = ConditionKind::ALL.into_iter().map(|kind| (kind.as_str().to_owned(), kind.words(locale))).collect();
    let hint = t_string!(i18n, gate.condition_words_hint).to_string();
    let known = (!gates.is_empty()).then(|| gates.join(" · "));
    view! {
        <section class="grid gap-3">
            <h3 class="font-display font-bold">{t!(i18n, gate.conditions)}</h3>
            <ul class="grid gap-2 empty:hidden">{rows}</ul>
            <Provider value=FormScope(format!("conditions-{list}"))>
                <FormFrame action=add>
                    <Hidden name="org" value=desk.org/>
                    <Hidden name="event" value=desk.event/>
                    <Hidden name="list" value=list/>
                    <div class="grid gap-4 sm:grid-cols-3">
                        <Select name="form[kind]" label=t_string!(i18n, gate.condition_kind).to_string() options=kinds required=true/>
                        <TypeChoice types/>
                        <Field name="form[words]" label=t_string!(i18n, gate.condition_words).to_string() hint=hint required=true/>
                    </div>
                    {known.map(|known| view! { <p class="text-sm text-muted">{known}</p> })}
                    <div><Button tone=Tone::Secondary icon=Icon::Plus>{t!(i18n, gate.condition_add)}</Button></div>
                </FormFrame>
            </Provider>
        </section>
    }
}

/// A line with the button that takes it off.
#[component]
fn Removable(place: (EventDesk, String), id: String, text: String, type_name: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    let remove = ServerAction::<RemoveListCondition>::new();
    let (desk, list) = place;
    view! {
        <li class="flex items-center gap-3 rounded-field border border-base-300 px-3 py-1">
            <span class="min-w-0 flex-1">
                {text}
                {type_name.map(|name| view! { <span class="text-muted">" · "{name}</span> })}
            </span>
            <Provider value=FormScope(id.clone())>
                <FormFrame action=remove>
                    <Hidden name="org" value=desk.org/>
                    <Hidden name="event" value=desk.event/>
                    <Hidden name="list" value=list/>
                    <Hidden name="condition" value=id/>
                    <Button tone=Tone::Quiet size=Size::Small>{t!(i18n, gate.condition_remove)}</Button>
                </FormFrame>
            </Provider>
        </li>
    }
}
