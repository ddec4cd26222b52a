//! `/desk/:org/venues/new`: a new venue.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, Field, FormFrame, Hidden, Load, PageTitle, load},
    venues::{AddVenue, VenueForm, list_venues},
};

#[component]
pub fn NewVenuePage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let org = move || params.read().get_str("org").unwrap_or_default().to_owned();
    // Asked for so that who may not do this learns it before filling the form.
    let venues = load(org, list_venues);
    view! {
        <PageTitle text=t_string!(i18n, venues.new_title).to_string()/>
        <Load from=venues let:_venues>
            <NewForm org=org()/>
        </Load>
    }
    .into_any()
}

#[component]
fn NewForm(org: String) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<AddVenue>::new();
    view! {
        <div class="max-w-xl">
            <FormFrame action>
                <Hidden name="org" value=org/>
                <VenueFields form=VenueForm::default()/>
                <div><Button>{t!(i18n, venues.add)}</Button></div>
            </FormFrame>
        </div>
    }
}

/// The fields about a venue.
#[component]
pub(super) fn VenueFields(form: VenueForm) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Field name="form[name]" label=t_string!(i18n, venues.name).to_string() hint=t_string!(i18n, venues.name_hint).to_string() value=form.name required=true/>
        <Field name="form[place]" label=t_string!(i18n, venues.place).to_string() hint=t_string!(i18n, venues.place_hint).to_string() value=form.place required=true/>
    }
}
