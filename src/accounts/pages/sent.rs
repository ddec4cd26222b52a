//! `/sign-up/sent` and `/forgot/sent`: look at your mail. They say the same whether or not there is an account.

use leptos::prelude::*;

use crate::{
    accounts::ResendConfirmation,
    i18n::{t, tu_string, use_i18n},
    ui::{Button, Card, Empty, Field, FieldKind, FormFrame, Icon, LinkButton, Tone},
};

#[component]
pub fn SignUpSentPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="mx-auto max-w-md">
            <Empty icon=Icon::Mail title=tu_string!(i18n, accounts.sent_title) text=tu_string!(i18n, accounts.sign_up_sent_text)>
                <LinkButton href="/sign-in" tone=Tone::Secondary>{t!(i18n, accounts.sign_in)}</LinkButton>
            </Empty>
            <Card title=tu_string!(i18n, accounts.resend_title)>
                <FormFrame action={ServerAction::<ResendConfirmation>::new()}>
                    <Field name="email" label=tu_string!(i18n, accounts.email) kind=FieldKind::Email autocomplete="username" required=true/>
                    <Button tone=Tone::Secondary wide=true>{t!(i18n, accounts.resend)}</Button>
                </FormFrame>
            </Card>
        </div>
    }
    .into_any()
}

#[component]
pub fn ForgotSentPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Empty icon=Icon::Mail title=tu_string!(i18n, accounts.sent_title) text=tu_string!(i18n, accounts.forgot_sent_text)>
            <LinkButton href="/forgot" tone=Tone::Secondary>{t!(i18n, accounts.try_again)}</LinkButton>
        </Empty>
    }
    .into_any()
}
