//! `/reset/:token`

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    accounts::ResetPassword,
    i18n::{t, tu_string, use_i18n},
    ui::{Button, Card, Field, FieldKind, FormFrame, Hidden, PageTitle},
};

#[component]
pub fn ResetPage() -> impl IntoView {
    let i18n = use_i18n();
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    view! {
        <div class="mx-auto max-w-md">
            <PageTitle text=tu_string!(i18n, accounts.reset) lead=tu_string!(i18n, accounts.reset_lead)/>
            <Card>
                <FormFrame action={ServerAction::<ResetPassword>::new()}>
                    <Hidden name="token" value=token/>
                    <Field name="password" label=tu_string!(i18n, accounts.new_password) kind=FieldKind::Password
                        autocomplete="new-password" hint=tu_string!(i18n, accounts.password_hint) required=true/>
                    <Button wide=true>{t!(i18n, accounts.reset_button)}</Button>
                </FormFrame>
            </Card>
        </div>
    }
    .into_any()
}
