//! `/sign-in`

use leptos::prelude::*;

use super::asked;
use crate::{
    accounts::{SignIn, with_next},
    i18n::{t, tu_string, use_i18n},
    ui::{BadgeTone, Button, Card, Field, FieldKind, FormFrame, Hidden, LinkButton, Notice, PageTitle, Tone},
};

#[component]
pub fn SignInPage() -> impl IntoView {
    let i18n = use_i18n();
    let next = asked("next");
    let has_new_password = asked("done") == "reset";
    let sign_up = with_next("/sign-up", &next);
    view! {
        <div class="mx-auto max-w-md">
            <PageTitle text=tu_string!(i18n, accounts.sign_in)/>
            <div class="grid gap-4">
                {has_new_password.then(|| view! { <Notice tone=BadgeTone::Success>{t!(i18n, accounts.reset_done)}</Notice> })}
                <Card>
                    <FormFrame action={ServerAction::<SignIn>::new()}>
                        <Field name="form[email]" label=tu_string!(i18n, accounts.email) kind=FieldKind::Email autocomplete="username" required=true/>
                        <Field name="form[password]" label=tu_string!(i18n, accounts.password) kind=FieldKind::Password autocomplete="current-password" required=true/>
                        <Hidden name="form[next]" value=next/>
                        <Button wide=true>{t!(i18n, accounts.sign_in)}</Button>
                    </FormFrame>
                    <LinkButton href="/forgot" tone=Tone::Quiet wide=true>{t!(i18n, accounts.forgot)}</LinkButton>
                </Card>
                <LinkButton href=sign_up tone=Tone::Secondary wide=true>{t!(i18n, accounts.to_sign_up)}</LinkButton>
            </div>
        </div>
    }
    .into_any()
}
