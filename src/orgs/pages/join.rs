//! `/join/:token`: a place in a team, offered by mail.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    i18n::{t, t_string, use_i18n},
    orgs::{JoinTeam, Offer, get_offer},
    ui::{BadgeTone, Button, FormFrame, Hidden, LinkButton, Load, Notice, PageTitle, Tone, load},
};

#[component]
pub fn JoinPage() -> impl IntoView {
    let params = use_params_map();
    let token = move || params.read().get_str("token").unwrap_or_default().to_owned();
    let offer = load(token, get_offer);
    view! {
        <Load from=offer let:offer>
            <Offered token=token() offer/>
        </Load>
    }
    .into_any()
}

#[component]
fn Offered(token: String, offer: Offer) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let org = offer.org_name.clone();
    let next = format!("/join/{token}");
    let way = match &offer.signed_in_as {
        Some(email) if *email == offer.email => view! { <JoinForm token/> }.into_any(),
        Some(email) => {
            let words = t_string!(i18n, orgs.join_other, here = email.clone(), there = offer.email.clone()).to_string();
            view! {
                <Notice tone=BadgeTone::Warning>{words}</Notice>
                <LinkButton href=format!("/sign-in?next={next}")>{t!(i18n, orgs.join_sign_in, email = offer.email.clone())}</LinkButton>
            }
            .into_any()
        }
        None => view! {
            <LinkButton href=format!("/sign-in?next={next}")>{t!(i18n, orgs.join_sign_in, email = offer.email.clone())}</LinkButton>
            <LinkButton href=format!("/sign-up?next={next}") tone=Tone::Secondary>{t!(i18n, orgs.join_sign_up)}</LinkButton>
        }
        .into_any(),
    };
    view! {
        <PageTitle
            text=t_string!(i18n, orgs.join_title, org = org.clone()).to_string()
            lead=t_string!(i18n, orgs.join_text, org = org, role = offer.role.words(locale)).to_string()
        />
        <p class="pb-4 text-muted">{offer.role.explained(locale)}</p>
        <div class="grid max-w-md gap-3">{way}</div>
    }
}

#[component]
fn JoinForm(token: String) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<JoinTeam>::new();
    view! {
        <FormFrame action>
            <Hidden name="token" value=token/>
            <Button wide=true>{t!(i18n, orgs.join)}</Button>
        </FormFrame>
    }
}
