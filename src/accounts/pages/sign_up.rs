//! `/sign-up`

use leptos::prelude::*;

use super::asked;
use crate::{
    accounts::{SignUp, with_next},
    i18n::{t, tu_string, use_i18n},
    ui::{Button, Card, Field, FieldKind, FormFrame, Hidden, LinkButton, PageTitle, Tone},
};

#[component]
pub fn SignUpPage() -> impl IntoView {
    let i18n = use_i18n();
    let next = asked("next");
    let sign_in = with_next("/sign-in", &next);
    view! {
        <div class="mx-auto max-w-md">
            <PageTitle text=tu_string!(i18n, accounts.sign_up) lead=tu_string!(i18n, accounts.sign_up_lead)/>
            <div class="grid gap-4">
                <Card>
                    <FormFrame action={ServerAction::<SignUp>::new()}>
                        <Field name="form[name]" label=tu_string!(i18n, accounts.name) autocomplete="name" required=true/>
                        <Field name="form[email]" label=tu_string!(i18n, accounts.email) kind=FieldKind::Email autocomplete="username" required=true/>
                        <Field name="form[password]" label=tu_string!(i18n, accounts.password) kind=FieldKind::Password
                            autocomplete="new-password" hint=tu_string!(i18n, accounts.password_hint) required=true/>
                        <Hidden name="next" value=next/>
                        <Button wide=true>{t!(i18n, accounts.sign_up)}</Button>
                    </FormFrame>
                </Card>
                <LinkButton href=sign_in tone=Tone::Secondary wide=true>{t!(i18n, accounts.to_sign_in)}</LinkButton>
            </div>
        </div>
    }
    .into_any()
}
