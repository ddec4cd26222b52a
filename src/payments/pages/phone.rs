//! A buyer's phone, for trying Lango out: shows the prompt, takes the PIN, keeps the messages.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use crate::{
    i18n::{t, t_string, tu_string, use_i18n},
    kernel::Instant,
    payments::phone::{AnswerPrompt, DeclinePrompt, Fate, Phone, PhonePrompt, SELF_ACTING, Sms, show_phone},
    ui::{Button, Countdown, Field, FieldKind, FormFrame, Hidden, Icon, IconView, KangaBorder, Load, Size, Tone, load},
};

/// Seconds between two looks, where no script looks by itself.
const REFRESH_SECS: i64 = 4;
/// Older messages are left out.
const MESSAGES_SHOWN: usize = 6;

#[component]
pub fn PhonePage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let number = Memo::new(move |_| query.with(|query| query.get("number").unwrap_or_default()));
    let phone = load(move || number.get(), show_phone);
    view! {
        <Title text=move || t_string!(i18n, payments.phone_title).to_string()/>
        <Meta name="robots" content="noindex"/>
        <div class="mx-auto grid max-w-sm gap-5 pt-6">
            <header class="grid gap-1 text-center">
                <h1 class="font-display text-2xl font-bold">{t!(i18n, payments.phone_title)}</h1>
                <p class="text-sm text-muted">{t!(i18n, payments.phone_intro)}</p>
            </header>
            <Load from=phone let:phone>
                <Handset wish=number.get_untracked() phone/>
            </Load>
            <Chooser number=number.get_untracked()/>
            <Fates/>
        </div>
    }
    .into_any()
}

/// The phone, which looks again every second.
#[component]
fn Handset(
    /// The number that the address asks for; empty for whichever phone is busy.
    wish: String,
    phone: Phone,
) -> impl IntoView {
    let refresh_secs = phone.prompt.as_ref().map_or(REFRESH_SECS, |prompt| prompt.until.secs_since(phone.now) + 1);
    let (seen, set_seen) = signal(phone);
    look_again(wish, set_seen);
    let number = Memo::new(move |_| seen.with(|phone| phone.number.clone()));
    // A prompt stays the same while it is looked at again and again, or a PIN half typed would be lost.
    let prompt = Memo::new(move |_| seen.with(|phone| phone.prompt.clone()));
    let inbox = Memo::new(move |_| seen.with(|phone| phone.inbox.clone()));
    let screen = move || match prompt.get() {
        Some(prompt) => {
            let now = seen.with_untracked(|phone| phone.now);
            view! { <Prompt number=number.get_untracked().msisdn().to_owned() prompt now/> }.into_any()
        }
        None => view! { <Idle/> }.into_any(),
    };
    view! {
        <noscript inner_html=format!("<meta http-equiv=\"refresh\" content=\"{}\">", refresh_secs.max(1))></noscript>
        <section class="overflow-hidden rounded-[2.5rem] border-8 border-neutral bg-base-100">
            <div class="flex items-center justify-between bg-neutral px-5 pb-2 text-sm text-neutral-content">
                <span class="tabular-nums">{move || number.with(crate::kernel::PhoneNumber::national)}</span>
                <span class="flex items-center gap-1"><IconView icon=Icon::Phone size=14/>"M-PESA"</span>
            </div>
            <div class="grid min-h-72 content-center p-5" aria-live="polite">{screen}</div>
            <KangaBorder seed="mpesa"/>
            {move || view! { <Inbox inbox=inbox.get()/> }}
        </section>
    }
}

/// Looks once a second, in the browser, for as long as the phone is shown.
fn look_again(wish: String, set_seen: WriteSignal<Phone>) {
    Effect::new(move |_| {
        let wish = wish.clone();
        let look = move || {
            let wish = wish.clone();
            spawn_local(async move {
                if let Ok(phone) = show_phone(wish).await {
                    // The page may be gone by now.
                    let _ = set_seen.try_set(phone);
                }
            });
        };
        if let Ok(ticking) = set_interval_with_handle(look, Duration::from_secs(1)) {
            on_cleanup(move || ticking.clear());
        }
    });
}

/// What M-Pesa asks on the screen.
#[component]
fn Prompt(number: String, prompt: PhonePrompt, now: Instant) -> impl IntoView {
    let i18n = use_i18n();
    let PhonePrompt { amount, business, reference, until, .. } = prompt;
    let ask = move || {
        t_string!(i18n, payments.phone_ask, amount = amount.to_string(), business = business.clone()).to_string()
    };
    let account = move || t_string!(i18n, payments.phone_account, reference = reference.clone()).to_string();
    let same_number = number.clone();
    let answer = ServerAction::<AnswerPrompt>::new();
    let decline = ServerAction::<DeclinePrompt>::new();
    view! {
        <div class="grid gap-4">
            <div class="grid gap-1">
                <p class="text-lg font-semibold">{ask}</p>
                <p class="text-sm text-muted">{account}</p>
            </div>
            <FormFrame action=answer>
                <Hidden name="number" value=same_number/>
                <Field
                    name="pin"
                    label=tu_string!(i18n, payments.phone_pin).to_string()
                    kind=FieldKind::Password
                    hint=tu_string!(i18n, payments.phone_pin_hint).to_string()
                    inputmode="numeric"
                    autocomplete="off"
                    required=true
                />
                <Button wide=true size=Size::Large>{t!(i18n, payments.phone_send)}</Button>
            </FormFrame>
            <FormFrame action=decline>
                <Hidden name="number" value=number/>
                <Button wide=true tone=Tone::Quiet>{t!(i18n, payments.phone_cancel)}</Button>
            </FormFrame>
            <p class="text-center text-sm text-muted">{t!(i18n, payments.phone_closes)}" "<Countdown until now/></p>
        </div>
    }
}

/// Nothing is asked.
#[component]
fn Idle() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="grid justify-items-center gap-2 py-8 text-center">
            <span class="text-muted"><IconView icon=Icon::Phone size=40/></span>
            <p class="font-semibold">{t!(i18n, payments.phone_idle)}</p>
            <p class="text-sm text-muted">{t!(i18n, payments.phone_idle_text)}</p>
        </div>
    }
}

/// What the phone was told.
#[component]
fn Inbox(inbox: Vec<Sms>) -> impl IntoView {
    let i18n = use_i18n();
    let is_empty = inbox.is_empty();
    let line = |sms: Sms| {
        view! {
            <li class="grid gap-1 rounded-xl bg-base-200 px-4 py-3">
                <span class="flex justify-between text-sm text-muted">"MPESA" <time datetime=sms.at.iso()>{sms.at.clock()}</time></span>
                <span>{sms.text}</span>
            </li>
        }
    };
    view! {
        <div class="grid gap-3 p-5">
            <h2 class="font-display font-bold">{t!(i18n, payments.phone_inbox)}</h2>
            <ul class="grid gap-2">{inbox.into_iter().take(MESSAGES_SHOWN).map(line).collect_view()}</ul>
            {is_empty.then(|| view! { <p class="text-sm text-muted">{t!(i18n, payments.phone_inbox_empty)}</p> })}
        </div>
    }
}

/// Takes another phone into the hand.
#[component]
fn Chooser(number: String) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <form method="get" action="/dev/phone" class="grid gap-3">
            <Field
                name="number"
                label=tu_string!(i18n, payments.phone_number).to_string()
                kind=FieldKind::Tel
                value=number
                placeholder="0712 345 678"
                autocomplete="off"
            />
            <Button tone=Tone::Secondary wide=true>{t!(i18n, payments.phone_show)}</Button>
        </form>
    }
}

/// The numbers that need nobody at the phone.
#[component]
fn Fates() -> impl IntoView {
    let i18n = use_i18n();
    let line = |(digits, fate): (&'static str, Fate)| {
        view! { <li><b class="tabular-nums">"…"{digits}</b>" "{move || fate.words(i18n.get_locale())}</li> }
    };
    view! {
        <details class="rounded-xl border border-base-300 px-4 py-3 text-sm">
            <summary class="font-semibold">{t!(i18n, payments.phone_fates)}</summary>
            <p class="py-2 text-muted">{t!(i18n, payments.phone_fates_hint)}</p>
            <ul class="grid gap-1">{SELF_ACTING.into_iter().map(line).collect_view()}</ul>
        </details>
    }
}
