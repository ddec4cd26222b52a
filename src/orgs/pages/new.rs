//! `/desk/new`: a new organizer.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    orgs::{COUNTRIES, FoundOrg, OrgForm, list_my_orgs},
    ui::{Button, Field, FormFrame, Load, PageTitle, Select, TextArea, load},
};

#[component]
pub fn NewOrgPage() -> impl IntoView {
    let i18n = use_i18n();
    // Asked for so that who is not signed in is led there first, and not after filling the form.
    let mine = load(|| (), |()| list_my_orgs());
    view! {
        <PageTitle text=t_string!(i18n, orgs.new_title).to_string() lead=t_string!(i18n, orgs.new_intro).to_string()/>
        <Load from=mine let:_mine>
            <NewForm/>
        </Load>
    }
    .into_any()
}

#[component]
fn NewForm() -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<FoundOrg>::new();
    let form = OrgForm { country: "KE".to_owned(), ..OrgForm::default() };
    view! {
        <div class="max-w-xl">
            <FormFrame action>
                <OrgFields form/>
                <div><Button>{t!(i18n, orgs.found)}</Button></div>
            </FormFrame>
        </div>
    }
}

/// The fields about an organizer.
#[component]
pub(super) fn OrgFields(form: OrgForm) -> impl IntoView {
    let i18n = use_i18n();
    let countries = COUNTRIES.map(|(code, name, ..)| (code.to_owned(), name.to_owned())).to_vec();
    view! {
        <Field name="form[name]" label=t_string!(i18n, orgs.name).to_string() hint=t_string!(i18n, orgs.name_hint).to_string() value=form.name required=true autocomplete="organization"/>
        <Select name="form[country]" label=t_string!(i18n, orgs.country).to_string() value=form.country options=countries/>
        <TextArea name="form[about]" label=t_string!(i18n, orgs.about).to_string() hint=t_string!(i18n, orgs.about_hint).to_string() value=form.about rows=4/>
    }
}
