//! What is on sale, and how many of each.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, tu_string, use_i18n},
    kernel::Money,
    orders::HoldTickets,
    tickets::{Availability, OnSale},
    ui::{
        ActionBar, Badge, BadgeTone, Button, Empty, FormFrame, Icon, Price, RefusedForm, Size, Stepper, WhenStyle,
        form_key, when_words,
    },
};

/// The form that holds tickets: a row for each type, the sum so far, one button. A plain form without script.
#[component]
pub fn TicketPicker(
    /// The event's address.
    #[prop(into)]
    slug: String,
    on_sale: Vec<OnSale>,
    /// The access code that opens some of it.
    #[prop(optional, into)]
    code: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<HoldTickets>::new();
    if on_sale.is_empty() {
        return view! {
            <RefusedForm action/>
            <Empty icon=Icon::Ticket title=tu_string!(i18n, orders.picker_none).to_string()/>
        }
        .into_any();
    }
    // A basket that was sent and is then changed is another purchase, and needs a key of its own.
    let (key, set_key) = signal(form_key());
    let counts = RwSignal::new(vec![0_u32; on_sale.len()]);
    let prices: Vec<Money> = on_sale.iter().map(|offer| offer.price).collect();
    let total = Memo::new(move |_| counts.with(|counts| sum(counts, &prices)));
    let is_open = on_sale.iter().any(|offer| matches!(offer.left, Availability::Plenty | Availability::Few(_)));
    let changed = move |row: usize, count: u32| {
        counts.update(|counts| counts[row] = count);
        if action.version().get_untracked() > 0 {
            set_key.set(form_key());
        }
    };
    let address = slug.clone();
    let row = move |(row, offer)| {
        let on_change = Callback::new(move |count| changed(row, count));
        view! { <OfferRow slug=address.clone() row offer on_change/> }
    };
    view! {
        <FormFrame action>
            <input type="hidden" name="form[event]" value=slug/>
            {(!code.is_empty()).then(|| view! { <input type="hidden" name="form[code]" value=code/> })}
            <input type="hidden" name="form[key]" value=key.get_untracked() prop:value=key/>
            // Made in here: outside the form a row would not hear what is wrong with it.
            <ul class="grid divide-y divide-base-300 rounded-box border border-base-300 bg-base-100">
                {on_sale.into_iter().enumerate().map(row).collect_view()}
            </ul>
            {is_open.then(|| view! {
                <ActionBar>
                    <div class="min-w-0">
                        <p class="font-display text-xl font-bold">
                            {move || total.get().map(|money| view! { <Price money plain=true/> })}
                        </p>
                        <p class="text-sm text-muted">{t!(i18n, orders.picker_included)}</p>
                    </div>
                    <Button size=Size::Large icon=Icon::ArrowRight>{t!(i18n, orders.picker_continue)}</Button>
                </ActionBar>
            })}
        </FormFrame>
    }
    .into_any()
}

/// The sum of what is picked, when there is one in a single currency.
fn sum(counts: &[u32], prices: &[Money]) -> Option<Money> {
    let zero = Money::zero(prices.first()?.currency);
    counts.iter().zip(prices).try_fold(zero, |sum, (count, price)| sum.plus(price.times(*count)?))
}

#[component]
fn OfferRow(slug: String, row: usize, offer: OnSale, on_change: Callback<u32>) -> impl IntoView {
    let i18n = use_i18n();
    let name = offer.name.clone();
    let label = t_string!(i18n, orders.picker_quantity, name = name).to_string();
    let control = match &offer.left {
        Availability::Plenty | Availability::Few(_) => view! {
            <input type="hidden" name=format!("form[wishes][{row}][ticket_type]") value=offer.id.to_string()/>
            <Stepper name=format!("form[wishes][{row}][quantity]") label max=offer.order_max on_change/>
        }
        .into_any(),
        Availability::SoldOut => {
            let line = format!("/e/{slug}/waiting?type={}", offer.id);
            view! {
                <div class="grid justify-items-end gap-1">
                    <Badge>{t!(i18n, orders.picker_sold_out)}</Badge>
                    <a href=line class="-my-2 min-h-11 content-center text-sm font-medium text-secondary hover:underline">{t!(i18n, inventory.wait_join)}</a>
                </div>
            }
            .into_any()
        }
        Availability::Ended => view! { <Badge>{t!(i18n, orders.picker_ended)}</Badge> }.into_any(),
        Availability::NotYet(from) => {
            let when = when_words(from, WhenStyle::Short, i18n.get_locale_untracked());
            view! { <Badge tone=BadgeTone::Info>{t!(i18n, orders.picker_from, when = when)}</Badge> }.into_any()
        }
    };
    let few = match offer.left {
        Availability::Few(left) => Some(left.to_string()),
        _ => None,
    };
    view! {
        <li class="flex items-center justify-between gap-4 p-4">
            <div class="grid min-w-0 gap-0.5">
                <p class="font-semibold">{offer.name}</p>
                {(!offer.note.is_empty()).then(|| view! { <p class="text-sm text-muted">{offer.note}</p> })}
                <p class="flex flex-wrap items-center gap-2">
                    <span class="font-display font-bold"><Price money=offer.price/></span>
                    {few.map(|left| view! { <Badge tone=BadgeTone::Warning>{t!(i18n, orders.picker_few, left = left)}</Badge> })}
                </p>
            </div>
            <div class="shrink-0">{control}</div>
        </li>
    }
}
