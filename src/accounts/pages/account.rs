//! `/account`

use leptos::prelude::*;

use super::asked;
use crate::{
    accounts::{ChangePassword, Me, SignOut, SignOutEverywhere, api::list_my_sessions, get_me, model::MySession},
    i18n::{t, tu_string, use_i18n},
    ui::{
        Badge, BadgeTone, Button, Card, Field, FieldKind, FormFrame, Icon, LinkButton, Load, Notice, PageTitle, Tone,
        When, WhenStyle, load,
    },
};

#[component]
pub fn AccountPage() -> impl IntoView {
    let i18n = use_i18n();
    let me = load(|| (), |()| get_me());
    let is_changed = asked("done") == "password";
    view! {
        <div class="mx-auto max-w-2xl">
            <PageTitle text=tu_string!(i18n, accounts.title)/>
            {is_changed.then(|| view! { <Notice tone=BadgeTone::Success>{t!(i18n, accounts.password_changed)}</Notice> })}
            <Load from=me let:me>
                <div class="grid gap-4 pt-4">
                    <Greeting me/>
                    <PasswordCard/>
                    <SessionsCard/>
                </div>
            </Load>
        </div>
    }
    .into_any()
}

/// Who is signed in, and the ways from here.
#[component]
fn Greeting(me: Me) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Card title=me.name.to_string()>
            <p class="text-muted">{me.email.to_string()}</p>
            <div class="flex flex-wrap gap-3">
                <LinkButton href="/my/tickets" icon=Icon::Ticket tone=Tone::Secondary>{t!(i18n, accounts.my_tickets)}</LinkButton>
                <LinkButton href="/desk" icon=Icon::Building tone=Tone::Secondary>{t!(i18n, accounts.my_desk)}</LinkButton>
            </div>
            <FormFrame action={ServerAction::<SignOut>::new()}>
                <Button tone=Tone::Quiet icon=Icon::LogOut>{t!(i18n, accounts.sign_out)}</Button>
            </FormFrame>
        </Card>
    }
}

#[component]
fn PasswordCard() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Card title=tu_string!(i18n, accounts.change_password)>
            <FormFrame action={ServerAction::<ChangePassword>::new()}>
                <Field name="form[current]" label=tu_string!(i18n, accounts.current_password) kind=FieldKind::Password autocomplete="current-password" required=true/>
                <Field name="form[password]" label=tu_string!(i18n, accounts.new_password) kind=FieldKind::Password
                    autocomplete="new-password" hint=tu_string!(i18n, accounts.password_hint) required=true/>
                <Button tone=Tone::Secondary>{t!(i18n, accounts.change_password)}</Button>
            </FormFrame>
        </Card>
    }
}

#[component]
fn SessionsCard() -> impl IntoView {
    let i18n = use_i18n();
    let sessions = load(|| (), |()| list_my_sessions());
    view! {
        <Card title=tu_string!(i18n, accounts.sessions)>
            <Load from=sessions let:rows>
                <ul class="grid gap-2">
                    {rows.into_iter().map(|session| view! { <SessionLine session/> }).collect_view()}
                </ul>
            </Load>
            <FormFrame action={ServerAction::<SignOutEverywhere>::new()}>
                <Button tone=Tone::Danger icon=Icon::LogOut>{t!(i18n, accounts.sign_out_everywhere)}</Button>
            </FormFrame>
        </Card>
    }
}

#[component]
fn SessionLine(session: MySession) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <li class="flex flex-wrap items-center justify-between gap-2 border-b border-base-300 py-2 last:border-0">
            <span class="font-medium">{session.browser}</span>
            {if session.is_this {
                leptos::either::Either::Left(view! { <Badge tone=BadgeTone::Success>{t!(i18n, accounts.this_browser)}</Badge> })
            } else {
                leptos::either::Either::Right(view! { <span class="text-sm text-muted"><When at=session.last_seen style=WhenStyle::Short/></span> })
            }}
        </li>
    }
}
