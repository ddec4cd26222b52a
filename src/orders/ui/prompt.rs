//! While the phone is asked.

use leptos::prelude::*;

use crate::{
    i18n::{t, use_i18n},
    orders::{CheckOrder, OrderPage, PaymentNews},
    ui::{BadgeTone, Button, Card, Countdown, FormFrame, Hidden, Icon, Notice, Tone},
};

/// What the buyer's phone shows now, for how long, and what to do when it does not.
#[component]
pub fn PromptWait(order: OrderPage) -> impl IntoView {
    let i18n = use_i18n();
    let total = order.total.to_string();
    let news = match order.payment.clone() {
        Some(PaymentNews::Asking { phone, until }) => view! { <Asking phone total until now=order.now/> }.into_any(),
        Some(PaymentNews::Review) => view! {
            <Notice tone=BadgeTone::Warning>
                <p class="font-semibold">{t!(i18n, orders.review_title)}</p>
                <p>{t!(i18n, orders.review_text, code = order.code.clone())}</p>
            </Notice>
        }
        .into_any(),
        _ => view! {
            <Notice tone=BadgeTone::Info>
                <p class="font-semibold">{t!(i18n, orders.checking_title)}</p>
                <p>{t!(i18n, orders.checking_text)}</p>
            </Notice>
        }
        .into_any(),
    };
    let action = ServerAction::<CheckOrder>::new();
    view! {
        // Without script the page looks again by itself.
        <noscript><meta http-equiv="refresh" content="3"/></noscript>
        {news}
        <div class="grid gap-3 sm:grid-cols-2">
            <details class="rounded-box border border-base-300 bg-base-100 px-4 py-3">
                <summary class="cursor-pointer font-semibold">{t!(i18n, orders.asking_not_got)}</summary>
                <p class="mt-2 text-muted">{t!(i18n, orders.asking_not_got_text)}</p>
            </details>
            <FormFrame action>
                <Hidden name="token" value=order.token/>
                <Button tone=Tone::Secondary wide=true icon=Icon::Check>{t!(i18n, orders.asking_paid)}</Button>
            </FormFrame>
        </div>
    }
}

/// A picture of the phone with the prompt on it, and the clock of the prompt.
#[component]
fn Asking(phone: String, total: String, until: crate::kernel::Instant, now: crate::kernel::Instant) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Card>
            <div class="grid items-center gap-6 sm:grid-cols-[auto_1fr]">
                <div class="mx-auto grid w-44 gap-3 rounded-3xl border-4 border-base-content bg-base-200 px-4 py-6" aria-hidden="true">
                    <p class="rounded-box bg-base-100 p-3 text-sm">{t!(i18n, orders.asking_phone_text, total = total.clone())}</p>
                    <p class="flex justify-center gap-2 text-xl">"• • • •"</p>
                </div>
                <div class="grid gap-2">
                    <h2 class="font-display text-2xl font-bold">{t!(i18n, orders.asking_title)}</h2>
                    <p>{t!(i18n, orders.asking_text, phone = phone, total = total)}</p>
                    <p class="text-muted">{t!(i18n, orders.asking_clock)}" "<Countdown until now/></p>
                </div>
            </div>
        </Card>
    }
}
