//! Who buys, and from which phone.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    orders::{OrderPage, PayOrder, PaymentNews, ReleaseOrder},
    payments::FailureReason,
    ui::{
        ActionBar, BadgeTone, Button, Card, Countdown, Field, FieldKind, FormFrame, Hidden, Icon, Notice, Price, Size,
        Tone, form_key,
    },
};

/// The checkout's form: contact, phone, and the one button. `on_end` is called when the hold runs out, `on_sent` when the
/// phone is being asked: the page's address stays the same, so nobody else would notice.
#[component]
pub fn PayForm(order: OrderPage, on_end: Callback<()>, on_sent: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<PayOrder>::new();
    Effect::new(move |_| {
        if action.value().with(|answer| matches!(answer, Some(Ok(())))) {
            on_sent.run(());
        }
    });
    let is_free = order.total.is_zero();
    let total = order.total;
    let token = order.token.clone();
    let failure = match &order.payment {
        Some(PaymentNews::NotPaid { failure }) => failure.parse::<FailureReason>().ok(),
        _ => None,
    };
    view! {
        {order.held_until.map(|until| view! { <HoldClock until now=order.now on_end/> })}
        {failure.map(|reason| view! {
            <Notice tone=BadgeTone::Warning>{move || reason.words(i18n.get_locale())}</Notice>
        })}
        <FormFrame action>
            <Hidden name="form[token]" value=order.token.clone()/>
            <Hidden name="form[key]" value=form_key()/>
            <Card>
                <h2 class="font-display text-lg font-bold">{t!(i18n, orders.contact_title)}</h2>
                <Field name="form[name]" label=t_string!(i18n, orders.field_name).to_string() value=order.buyer_name autocomplete="name" required=true/>
                <Field name="form[email]" label=t_string!(i18n, orders.field_email).to_string() kind=FieldKind::Email value=order.buyer_email hint=t_string!(i18n, orders.hint_email).to_string() autocomplete="email" required=true/>
            </Card>
            {(!is_free && order.is_payable).then(|| view! {
                <Card>
                    <h2 class="font-display text-lg font-bold">{t!(i18n, orders.pay_title)}</h2>
                    <Field name="form[phone]" label=t_string!(i18n, orders.field_phone).to_string() kind=FieldKind::Tel value=order.buyer_phone hint=t_string!(i18n, orders.hint_phone).to_string() autocomplete="tel-national" required=true/>
                </Card>
            })}
            {if order.is_payable {
                view! {
                    <ActionBar>
                        // On phones the button has the whole bar: it says the price itself.
                        <p class="font-display text-xl font-bold max-sm:hidden"><Price money=total plain=true/></p>
                        <div class="max-sm:flex-1"><Button size=Size::Large icon=Icon::Lock wide=true>
                            {if is_free {
                                t_string!(i18n, orders.free_button).to_string()
                            } else {
                                t_string!(i18n, orders.pay_button, total = total.to_string()).to_string()
                            }}
                        </Button></div>
                    </ActionBar>
                }.into_any()
            } else {
                view! { <Notice tone=BadgeTone::Info>{t!(i18n, orders.not_payable)}</Notice> }.into_any()
            }}
        </FormFrame>
        <ReleaseForm token/>
    }
}

/// How long the stock is still held, calm until the last minute.
#[component]
fn HoldClock(until: crate::kernel::Instant, now: crate::kernel::Instant, on_end: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="flex items-center justify-between gap-4 rounded-box border border-base-300 bg-base-200 px-4 py-3">
            <div>
                <p class="font-semibold">{t!(i18n, orders.held_for)}</p>
                <p class="text-sm text-muted">{t!(i18n, orders.held_hint)}</p>
            </div>
            <p class="text-2xl"><Countdown until now on_end/></p>
        </div>
    }
}

/// Back to the picker, with the stock given back at once.
#[component]
fn ReleaseForm(token: String) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<ReleaseOrder>::new();
    view! {
        <FormFrame action>
            <Hidden name="token" value=token/>
            <div class="text-center"><Button tone=Tone::Quiet icon=Icon::Undo>{t!(i18n, orders.change)}</Button></div>
        </FormFrame>
    }
}
