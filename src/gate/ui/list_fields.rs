//! The fields of a check-in list.

use leptos::prelude::*;

use super::super::{
    lists::{ListForm, TypeName, hours},
    verdict::UnpaidPolicy,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Checkbox, Field, FieldKind, Select},
};

/// Every rule of a list; what is seldom used is behind the first ones.
#[component]
pub fn ListFields(form: ListForm, types: Vec<TypeName>, is_main: bool) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let unpaid =
        UnpaidPolicy::ALL.into_iter().map(|policy| (policy.as_str().to_owned(), policy.words(locale))).collect();
    let never = (String::new(), t_string!(i18n, gate.list_out_never).to_string());
    let out_at = std::iter::once(never).chain(hours().map(|hour| (hour.clone(), hour))).collect();
    view! {
        {(!is_main).then(|| view! {
            <Field name="form[name]" label=t_string!(i18n, gate.list_name).to_string() value=form.name required=true/>
        })}
        <TypeBoxes types ticked=form.types/>
        <div class="grid gap-4 sm:grid-cols-3">
            <Field name="form[entries_max]" kind=FieldKind::Number label=t_string!(i18n, gate.list_entries).to_string() value=form.entries_max required=true/>
            <Field name="form[opens_before_mins]" kind=FieldKind::Number label=t_string!(i18n, gate.list_opens).to_string() value=form.opens_before_mins required=true/>
            <Field name="form[closes_after_mins]" kind=FieldKind::Number label=t_string!(i18n, gate.list_closes).to_string() value=form.closes_after_mins required=true/>
        </div>
        <Checkbox name="form[needs_exit]" label=t_string!(i18n, gate.list_needs_exit).to_string() checked=form.needs_exit/>
        <Checkbox name="form[takes_add_ons]" label=t_string!(i18n, gate.list_add_ons).to_string() checked=form.takes_add_ons
            hint=t_string!(i18n, gate.list_add_ons_hint).to_string()/>
        <div class="grid gap-4 sm:grid-cols-3">
            <Field name="form[day_entries_max]" kind=FieldKind::Number label=t_string!(i18n, gate.list_day_entries).to_string() value=form.day_entries_max/>
            <Field name="form[days_max]" kind=FieldKind::Number label=t_string!(i18n, gate.list_days).to_string() value=form.days_max/>
            <Field name="form[inside_max]" kind=FieldKind::Number label=t_string!(i18n, gate.list_inside_max).to_string() value=form.inside_max/>
            <Field name="form[pause_mins]" kind=FieldKind::Number label=t_string!(i18n, gate.list_pause).to_string() value=form.pause_mins/>
            <Field name="form[pass_mins]" kind=FieldKind::Number label=t_string!(i18n, gate.list_pass).to_string() value=form.pass_mins/>
        </div>
        <div class="grid gap-4 sm:grid-cols-2">
            <Select name="form[out_at]" label=t_string!(i18n, gate.list_out_at).to_string() value=form.out_at options=out_at
                hint=t_string!(i18n, gate.list_out_hint).to_string()/>
            <Select name="form[unpaid]" label=t_string!(i18n, gate.list_unpaid).to_string() value=form.unpaid options=unpaid required=true/>
        </div>
    }
}

/// A box for each ticket type.
#[component]
fn TypeBoxes(types: Vec<TypeName>, ticked: Vec<String>) -> impl IntoView {
    let i18n = use_i18n();
    let boxes = types
        .into_iter()
        .enumerate()
        .map(|(number, kind)| {
            let id = kind.ticket_type_id.to_string();
            let checked = ticked.contains(&id);
            view! { <Checkbox name=format!("form[types][{number}]") label=kind.name value=id checked/> }
        })
        .collect_view();
    view! {
        <fieldset class="grid gap-1">
            <legend class="text-sm font-semibold">{t!(i18n, gate.list_types)}</legend>
            <p class="text-sm text-muted">{t!(i18n, gate.list_types_hint)}</p>
            <div class="grid sm:grid-cols-2">{boxes}</div>
        </fieldset>
    }
}

/// A choice of one ticket type, or all of them.
#[component]
pub fn TypeChoice(types: Vec<TypeName>) -> impl IntoView {
    let i18n = use_i18n();
    let all = (String::new(), t_string!(i18n, gate.for_all).to_string());
    let each = types.into_iter().map(|kind| (kind.ticket_type_id.to_string(), kind.name));
    let options = std::iter::once(all).chain(each).collect();
    view! { <Select name="form[ticket_type]" label=t_string!(i18n, gate.for_type).to_string() options/> }
}
