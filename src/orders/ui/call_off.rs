//! Calling an event off: the question, which names the number and the sum, and how far the money has gone back.

use leptos::prelude::*;

use crate::{
    events::CancelEvent,
    i18n::{t, t_string, use_i18n},
    kernel::EventId,
    orders::{CallOff, CallOffEvent, get_call_off},
    ui::{BadgeTone, Button, Confirm, FormFrame, Hidden, Load, Notice, Tone, load, look_again},
};

/// Seconds between two looks at money that goes back.
const LOOK_SECS: u64 = 3;

/// What calling an event off means for its buyers, and the forms that do it; of an event that is off, how far it is.
#[component]
pub fn CallOffCard(
    /// The organizer's address.
    #[prop(into)]
    org: String,
    event: EventId,
    #[prop(into)] title: String,
) -> impl IntoView {
    let address = StoredValue::new((org, title));
    let state = load(move || (), move |()| get_call_off(address.get_value().0, event));
    look_again(
        LOOK_SECS,
        Callback::new(move |()| {
            // Only what moves is looked at again.
            let is_moving = state.with_untracked(|state| {
                state.as_ref().and_then(|state| state.as_ref().ok()).is_some_and(CallOff::is_moving)
            });
            if is_moving {
                state.refetch();
            }
        }),
    );
    view! {
        <Load from=state let:state>
            {
                let (org, title) = address.get_value();
                if state.is_cancelled {
                    view! { <Returning org event state/> }.into_any()
                } else {
                    view! { <Question org event title state/> }.into_any()
                }
            }
        </Load>
    }
}

/// Asks before an event is called off, in words that name it, the number of paid orders and their sum.
#[component]
fn Question(org: String, event: EventId, title: String, state: CallOff) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<CancelEvent>::new();
    let question = t_string!(i18n, events.cancel_text, title = title).to_string();
    let (has_money, may_refund) = (state.kept > 0, state.may_refund);
    let alone = if has_money {
        t_string!(i18n, orders.call_off_keep).to_string()
    } else {
        t_string!(i18n, events.cancel_event).to_string()
    };
    let tone = if has_money && may_refund { Tone::Quiet } else { Tone::Danger };
    view! {
        <div>
            <Confirm id="cancel" label=t_string!(i18n, events.cancel_event).to_string() title=question tone=Tone::Quiet>
                {(has_money && may_refund).then(|| view! { <RefundAll org=org.clone() event state=state.clone() cancels=true/> })}
                {(has_money && !may_refund).then(|| view! {
                    <p>{t!(i18n, orders.call_off_others, count = state.kept, sum = state.kept_sum.to_string())}</p>
                })}
                <FormFrame action>
                    <Hidden name="org" value=org/>
                    <Hidden name="event" value=event.to_string()/>
                    <Button wide=true tone=tone>{alone}</Button>
                </FormFrame>
            </Confirm>
        </div>
    }
}

/// The form that has all orders refunded. It sends along the number that it names.
#[component]
fn RefundAll(
    org: String,
    event: EventId,
    state: CallOff,
    /// Whether the same form calls the event off.
    cancels: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<CallOffEvent>::new();
    let sum = state.kept_sum.to_string();
    let label = if cancels {
        t_string!(i18n, orders.call_off_refund, sum = sum.clone()).to_string()
    } else {
        t_string!(i18n, orders.call_off_refund_now, sum = sum.clone()).to_string()
    };
    let lead = t_string!(i18n, orders.call_off_lead, count = state.kept, sum = sum).to_string();
    view! {
        <p>{lead}</p>
        <FormFrame action>
            <Hidden name="org" value=org/>
            <Hidden name="event" value=event.to_string()/>
            <Hidden name="orders" value=state.kept.to_string()/>
            <Button wide=true tone=Tone::Danger>{label}</Button>
        </FormFrame>
    }
}

/// Of an event that is off: what has gone back, what is on its way, and what nobody has asked for yet.
#[component]
fn Returning(org: String, event: EventId, state: CallOff) -> impl IntoView {
    let i18n = use_i18n();
    let is_offered = !state.is_asked && state.kept > 0 && state.may_refund;
    let has_orders = state.all() > 0;
    let sum = state.kept_sum.to_string();
    let question = t_string!(i18n, orders.call_off_refund_now, sum = sum).to_string();
    view! {
        <Notice tone=BadgeTone::Warning>
            <p>{t!(i18n, events.refused_cancelled)}</p>
            {has_orders.then(|| view! { <Progress state=state.clone()/> })}
            {is_offered.then(|| view! {
                <div class="mt-3">
                    <Confirm id="refund-all" label=t_string!(i18n, orders.call_off_open).to_string() title=question>
                        <RefundAll org event state cancels=false/>
                    </Confirm>
                </div>
            })}
        </Notice>
    }
}

#[component]
fn Progress(state: CallOff) -> impl IntoView {
    let i18n = use_i18n();
    let (done, all) = (state.refunded, state.all());
    let name = t_string!(i18n, orders.call_off_progress, done = done, all = all).to_string();
    let label = name.clone();
    view! {
        <div class="mt-2 grid gap-1 text-sm tabular-nums" aria-live="polite">
            <p class="font-medium">{name}</p>
            <progress class="progress progress-info w-full max-w-sm" value=done max=all aria-label=label></progress>
            {(state.on_the_way > 0).then(|| view! { <p>{t!(i18n, orders.call_off_on_the_way, count = state.on_the_way)}</p> })}
            {(state.stuck > 0).then(|| view! { <p>{t!(i18n, orders.call_off_stuck, count = state.stuck)}</p> })}
        </div>
    }
}
