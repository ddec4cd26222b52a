//! A check-in list on the desk, with everything it asks for.

use leptos::{context::Provider, prelude::*};

use super::{
    super::{
        api::{AddCheckInList, ChangeCheckInList},
        lists::{CheckInList, ListForm, TypeName},
        words::list_name,
    },
    conditions::{Conditions, Hours},
    list_fields::ListFields,
};
use crate::{
    events::ui::EventDesk,
    i18n::{t, t_string, use_i18n},
    ui::{Button, Card, FormFrame, FormScope, Hidden, Icon, IconView},
};

/// A list in a line, its rules below when opened: no script needed.
#[component]
pub fn ListCard(desk: EventDesk, list: CheckInList, types: Vec<TypeName>, gates: Vec<String>) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<ChangeCheckInList>::new();
    let id = list.list_id.to_string();
    let is_main = list.form.name.is_empty();
    let name = list_name(&list.form.name, i18n.get_locale_untracked());
    let (org, event) = (desk.org.clone(), desk.event.clone());
    let (own_id, own_types) = (id.clone(), types.clone());
    view! {
        <details class="group rounded-box border border-base-300 bg-base-100">
            <summary class="flex min-h-11 cursor-pointer list-none items-center gap-4 p-4">
                <span class="grid min-w-0 flex-1 gap-0.5">
                    <span class="truncate font-display text-lg font-bold">{name}</span>
                    <span class="text-sm text-muted tabular-nums">{list.inside}" "{t!(i18n, gate.list_inside)}</span>
                </span>
                <span class="group-open:rotate-180"><IconView icon=Icon::ChevronDown/></span>
            </summary>
            <div class="grid gap-6 border-t border-base-300 p-4">
                <Provider value=FormScope(own_id.clone())>
                    <FormFrame action>
                        <Hidden name="org" value=org/>
                        <Hidden name="event" value=event/>
                        <Hidden name="list" value=own_id/>
                        <ListFields form=list.form types=own_types is_main/>
                        <div><Button>{t!(i18n, gate.list_save)}</Button></div>
                    </FormFrame>
                </Provider>
                <Hours desk=desk.clone() list=id.clone() windows=list.windows types=types.clone()/>
                <Conditions desk list=id conditions=list.conditions types gates/>
            </div>
        </details>
    }
}

/// A form for another list.
#[component]
pub fn AddList(desk: EventDesk, types: Vec<TypeName>) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<AddCheckInList>::new();
    view! {
        <Card title=t_string!(i18n, gate.list_add).to_string()>
            <p class="text-muted">{t!(i18n, gate.list_add_hint)}</p>
            <FormFrame action>
                <Hidden name="org" value=desk.org/>
                <Hidden name="event" value=desk.event/>
                <ListFields form=ListForm::fresh() types is_main=false/>
                <div><Button icon=Icon::Plus>{t!(i18n, gate.list_add)}</Button></div>
            </FormFrame>
        </Card>
    }
}
