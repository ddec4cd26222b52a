//! An event in a list.

use leptos::prelude::*;

use super::EventPicture;
use crate::{
    events::{EventCard, Relative, Stock},
    i18n::{t, use_i18n},
    ui::{Badge, BadgeTone, CalendarLeaf, Price, When, WhenStyle},
};

/// A card that leads to the event's page.
#[component]
pub fn EventCardView(card: EventCard, #[prop(optional)] eager: bool) -> impl IntoView {
    let locale = use_i18n().get_locale_untracked();
    let soon = (card.relative.is_today() || card.relative == Relative::Tomorrow).then(|| card.relative.words(locale));
    let stock = card.stock.words(locale);
    let tone = if card.stock == Stock::Few { BadgeTone::Warning } else { BadgeTone::Neutral };
    view! {
        <a href=format!("/e/{}", card.slug) class="group grid content-start overflow-hidden rounded-box border border-base-300 bg-base-100 hover:border-secondary">
            <div class="relative aspect-3/2 overflow-hidden bg-base-200">
                <EventPicture picture=card.picture seed=card.slug.clone() sizes="(min-width: 1024px) 320px, (min-width: 640px) 50vw, 100vw" eager/>
                {soon.map(|words| view! { <span class="absolute left-3 top-3"><Badge tone=BadgeTone::Accent>{words}</Badge></span> })}
            </div>
            <div class="flex gap-3 p-4">
                <CalendarLeaf at=card.starts.clone()/>
                <div class="grid min-w-0 flex-1 content-start gap-1">
                    <h2 class="line-clamp-2 font-display text-lg font-bold leading-snug group-hover:underline">{card.title}</h2>
                    <p class="truncate text-sm text-muted"><When at=card.starts style=WhenStyle::Short/></p>
                    <p class="truncate text-sm text-muted">{card.venue}", "{card.place}</p>
                    <p class="flex flex-wrap items-center gap-2 pt-1 font-semibold">
                        {card.price_from.filter(|_| card.stock != Stock::SoldOut).map(|price| view! { <PriceFrom price/> })}
                        {stock.map(|words| view! { <Badge tone>{words}</Badge> })}
                    </p>
                </div>
            </div>
        </a>
    }
}

#[component]
fn PriceFrom(price: crate::kernel::Money) -> impl IntoView {
    let i18n = use_i18n();
    if price.is_zero() {
        view! { <Price money=price/> }.into_any()
    } else {
        view! { <span class="tabular-nums">{t!(i18n, events.price_from, price = price.to_string())}</span> }.into_any()
    }
}
