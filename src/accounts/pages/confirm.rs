//! `/confirm/:token`

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::asked;
use crate::{
    accounts::ConfirmEmail,
    i18n::{t, tu_string, use_i18n},
    ui::{Button, Card, Field, FieldKind, FormFrame, Hidden, LinkButton, PageTitle, Tone},
};

#[component]
pub fn ConfirmPage() -> impl IntoView {
    let i18n = use_i18n();
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    view! {
        <div class="mx-auto max-w-md">
            <PageTitle text=tu_string!(i18n, accounts.confirm) lead=tu_string!(i18n, accounts.confirm_lead)/>
            <Card>
                <FormFrame action={ServerAction::<ConfirmEmail>::new()}>
                    <Hidden name="token" value=token/>
                    <Field name="password" label=tu_string!(i18n, accounts.password) kind=FieldKind::Password autocomplete="current-password" required=true/>
                    <Hidden name="next" value=asked("next")/>
                    <Button wide=true>{t!(i18n, accounts.confirm_button)}</Button>
                </FormFrame>
                <LinkButton href="/forgot" tone=Tone::Quiet wide=true>{t!(i18n, accounts.forgot)}</LinkButton>
            </Card>
        </div>
    }
    .into_any()
}
