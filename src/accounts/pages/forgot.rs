//! `/forgot`

use leptos::prelude::*;

use crate::{
    accounts::RequestReset,
    i18n::{t, tu_string, use_i18n},
    ui::{Button, Card, Field, FieldKind, FormFrame, PageTitle},
};

#[component]
pub fn ForgotPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="mx-auto max-w-md">
            <PageTitle text=tu_string!(i18n, accounts.forgot) lead=tu_string!(i18n, accounts.forgot_lead)/>
            <Card>
                <FormFrame action={ServerAction::<RequestReset>::new()}>
                    <Field name="email" label=tu_string!(i18n, accounts.email) kind=FieldKind::Email autocomplete="username" required=true/>
                    <Button wide=true>{t!(i18n, accounts.forgot_button)}</Button>
                </FormFrame>
            </Card>
        </div>
    }
    .into_any()
}
