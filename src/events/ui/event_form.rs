//! The fields about an event, for a new one and for one that is changed.

use leptos::prelude::*;

use crate::{
    events::{Category, EventForm},
    i18n::{t_string, use_i18n},
    kernel::Currency,
    orgs::COUNTRIES,
    ui::{Field, FieldKind, Select, TextArea},
};

/// Every field of the form.
#[component]
pub fn EventFields(form: EventForm) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let categories = Category::ALL.map(|category| (category.to_string(), category.words(locale))).to_vec();
    view! {
        <Field name="form[title]" label=t_string!(i18n, events.form_title).to_string() value=form.title required=true/>
        <Field name="form[summary]" label=t_string!(i18n, events.form_summary).to_string() value=form.summary hint=t_string!(i18n, events.form_summary_hint).to_string()/>
        <div class="grid gap-4 sm:grid-cols-2">
            <Select name="form[category]" label=t_string!(i18n, events.form_category).to_string() value=form.category options=categories/>
            <CountryAndCurrency country=form.country currency=form.currency/>
        </div>
        <div class="grid gap-4 sm:grid-cols-2">
            <Field name="form[venue]" label=t_string!(i18n, events.form_venue).to_string() value=form.venue hint=t_string!(i18n, events.form_venue_hint).to_string() required=true/>
            <Field name="form[place]" label=t_string!(i18n, events.form_place).to_string() value=form.place required=true/>
        </div>
        <div class="grid gap-4 sm:grid-cols-3">
            <Field name="form[starts]" label=t_string!(i18n, events.form_starts).to_string() kind=FieldKind::DateTime value=form.starts required=true/>
            <Field name="form[ends]" label=t_string!(i18n, events.form_ends).to_string() kind=FieldKind::DateTime value=form.ends required=true/>
            <Field name="form[zone]" label=t_string!(i18n, events.form_zone).to_string() value=form.zone hint=t_string!(i18n, events.form_zone_hint).to_string() required=true/>
        </div>
        <TextArea name="form[description]" label=t_string!(i18n, events.form_description).to_string() value=form.description hint=t_string!(i18n, events.form_description_hint).to_string() rows=12/>
    }
}

#[component]
fn CountryAndCurrency(country: String, currency: String) -> impl IntoView {
    let i18n = use_i18n();
    let countries = COUNTRIES.map(|(code, name, ..)| (code.to_owned(), name.to_owned())).to_vec();
    let currencies =
        Currency::ALL.map(|currency| (currency.to_string(), format!("{currency} ({})", currency.sign()))).to_vec();
    view! {
        <div class="grid grid-cols-2 gap-4">
            <Select name="form[country]" label=t_string!(i18n, events.form_country).to_string() value=country options=countries/>
            <Select name="form[currency]" label=t_string!(i18n, events.form_currency).to_string() value=currency options=currencies/>
        </div>
    }
}
