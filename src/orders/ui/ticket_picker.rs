//! What is on sale, and how many of each.

use leptos::prelude::*;

use crate::{
    error::AppError,
    i18n::{Locale, t, t_string, td_string, tu_string, use_i18n},
    kernel::Money,
    orders::HoldTickets,
    queue::QueueRefusal,
    tickets::{Availability, OnSale},
    ui::{
        ActionBar, Badge, BadgeTone, Button, Empty, FormFrame, Icon, Price, RefusedForm, Size, Stepper, WhenStyle,
        browser, form_key, when_words,
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
    /// Whether a waiting room is in front of the sale: then baskets are chosen also before it opens.
    #[prop(optional)]
    has_room: bool,
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
    let is_open = on_sale.iter().any(|offer| can_choose(offer, has_room));
    lead_to_room(action, slug.clone());
    let changed = move |row: usize, count: u32| {
        counts.update(|counts| counts[row] = count);
        if action.version().get_untracked() > 0 {
            set_key.set(form_key());
        }
    };
    let address = slug.clone();
    let row = move |(row, offer)| {
        let on_change = Callback::new(move |count| changed(row, count));
        view! { <OfferRow slug=address.clone() row offer has_room on_change/> }
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

/// Whether a type can go into a basket: now, or into one that waits for the opening.
const fn can_choose(offer: &OnSale, has_room: bool) -> bool {
    offer.left.is_open() || (has_room && matches!(offer.left, Availability::NotYet(_)) && offer.order_max > 0)
}

/// Goes to the waiting page when the server says that it is not this buyer's turn yet. Without script the answer leads there.
fn lead_to_room(action: ServerAction<HoldTickets>, slug: String) {
    Effect::new(move |_| {
        let waits = action.value().with(|value| matches!(value, Some(Err(AppError::Queue(QueueRefusal::Wait)))));
        if waits {
            browser::go(&format!("/w/{slug}"));
        }
    });
}

/// From when a type is on sale, if that is ahead.
fn from_words(left: &Availability, locale: Locale) -> Option<String> {
    let Availability::NotYet(from) = left else {
        return None;
    };
    let when = when_words(from, WhenStyle::Short, locale);
    Some(td_string!(locale, orders.picker_from, when = when).to_string())
}

/// The sum of what is picked, when there is one in a single currency.
fn sum(counts: &[u32], prices: &[Money]) -> Option<Money> {
    let zero = Money::zero(prices.first()?.currency);
    counts.iter().zip(prices).try_fold(zero, |sum, (count, price)| sum.plus(price.times(*count)?))
}

#[component]
fn OfferRow(slug: String, row: usize, offer: OnSale, has_room: bool, on_change: Callback<u32>) -> impl IntoView {
    let i18n = use_i18n();
    let name = offer.name.clone();
    let label = t_string!(i18n, orders.picker_quantity, name = name).to_string();
    let is_chosen_here = can_choose(&offer, has_room);
    let from = from_words(&offer.left, i18n.get_locale_untracked());
    let control = match &offer.left {
        _ if is_chosen_here => view! {
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
        _ => from.clone().map(|from| view! { <Badge tone=BadgeTone::Info>{from}</Badge> }).into_any(),
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
                    {from.filter(|_| is_chosen_here).map(|from| view! { <Badge tone=BadgeTone::Info>{from}</Badge> })}
                    {few.map(|left| view! { <Badge tone=BadgeTone::Warning>{t!(i18n, orders.picker_few, left = left)}</Badge> })}
                </p>
            </div>
            <div class="shrink-0">{control}</div>
        </li>
    }
}
