//! `/desk/:org/settings`: name, country and description of an organizer.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::new::OrgFields;
use crate::{
    i18n::{t, t_string, use_i18n},
    orgs::{DescribeOrg, Org, OrgForm, get_org_settings},
    ui::{Button, FormFrame, Hidden, Load, PageTitle, load},
};

#[component]
pub fn OrgSettingsPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let org = load(move || params.read().get_str("org").unwrap_or_default().to_owned(), get_org_settings);
    view! {
        <PageTitle text=t_string!(i18n, orgs.settings_title).to_string()/>
        <Load from=org let:org>
            <SettingsForm org/>
        </Load>
    }
    .into_any()
}

#[component]
fn SettingsForm(org: Org) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<DescribeOrg>::new();
    let form = OrgForm { name: org.name, country: org.country, about: org.about };
    view! {
        <div class="grid max-w-xl gap-6">
            <FormFrame action>
                <Hidden name="org" value=org.slug/>
                <OrgFields form/>
                <div><Button>{t!(i18n, orgs.save)}</Button></div>
            </FormFrame>
        </div>
    }
}
