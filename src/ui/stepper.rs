//! How many.

use leptos::prelude::*;

use super::{
    Icon, IconView,
    field::{bare, control_id, described_by, invalid},
    form::FormState,
};
use crate::i18n::{t_string, use_i18n};

/// A small number with a button on either side; without script it is a plain number field.
#[component]
pub fn Stepper(
    #[prop(into)] name: String,
    /// What is counted; heard, not seen.
    #[prop(into)]
    label: String,
    #[prop(optional)] value: u32,
    #[prop(optional)] min: u32,
    #[prop(default = 10)] max: u32,
    /// Told of every change.
    #[prop(optional, into)]
    on_change: Option<Callback<u32>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let value =
        FormState::typed_or(&name, value.to_string()).trim().parse().map_or(value, |typed: u32| typed.clamp(min, max));
    let (count, set_count) = signal(value);
    let change = move |next: u32| {
        let next = next.clamp(min, max);
        set_count.set(next);
        if let Some(on_change) = on_change {
            on_change.run(next);
        }
    };
    let fault = FormState::fault_of(&bare(&name));
    let is_invalid = invalid(&name);
    let describedby = described_by(&name, false);
    let fault_id = format!("{}-fault", control_id(&name));
    // Not in the view: there a `>` would end the tag.
    let is_least = move || count.get() <= min;
    let is_most = move || count.get() >= max;
    let side = "btn btn-square size-11 border-base-300 bg-base-200 disabled:opacity-40";
    view! {
        <div class="grid justify-items-end gap-1">
            <div class="flex items-center gap-1">
                <button type="button" class=side disabled=is_least on:click=move |_| change(count.get_untracked().saturating_sub(1)) aria-label=move || t_string!(i18n, common.less).to_string()>
                    <IconView icon=Icon::Minus/>
                </button>
                <input
                    id=control_id(&name)
                    name=name
                    type="number"
                    inputmode="numeric"
                    min=min
                    max=max
                    value=value
                    prop:value=move || count.get()
                    on:change=move |ev| change(event_target_value(&ev).trim().parse().unwrap_or(min))
                    aria-label=label
                    aria-describedby=describedby
                    aria-invalid=is_invalid
                    class="input bare-number h-11 w-12 px-0 text-center font-display text-lg font-bold tabular-nums"
                />
                <button type="button" class=side disabled=is_most on:click=move |_| change(count.get_untracked().saturating_add(1)) aria-label=move || t_string!(i18n, common.more).to_string()>
                    <IconView icon=Icon::Plus/>
                </button>
            </div>
            {move || fault.get().map(|fault| view! { <p id=fault_id.clone() class="text-sm font-medium text-error">{fault.words(i18n.get_locale())}</p> })}
        </div>
    }
}
