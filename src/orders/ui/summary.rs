//! What is bought, and for what.

use leptos::prelude::*;

use crate::{
    i18n::{t, use_i18n},
    kernel::{LocalTime, Money},
    orders::BasketLine,
    ui::{CalendarLeaf, Card, KangaBorder, Price, When},
};

/// The event in a strip: its cloth, its day, its place.
#[component]
pub fn EventStrip(title: String, place: String, starts: LocalTime, href: String) -> impl IntoView {
    view! {
        <div class="overflow-hidden rounded-box border border-base-300 bg-base-100">
            <KangaBorder seed=title.clone()/>
            <div class="flex items-center gap-4 p-4">
                <CalendarLeaf at=starts.clone()/>
                <div class="min-w-0">
                    <a href=href class="font-display text-lg font-bold hover:underline">{title}</a>
                    <p class="text-sm text-muted"><When at=starts/></p>
                    <p class="text-sm text-muted">{place}</p>
                </div>
            </div>
        </div>
    }
}

/// The lines of an order and their sum.
#[component]
pub fn Summary(lines: Vec<BasketLine>, total: Money) -> impl IntoView {
    let i18n = use_i18n();
    let rows = lines.into_iter().map(|line| {
        view! {
            <li class="flex justify-between gap-4">
                <span>{line.quantity}" × "{line.name}</span>
                <Price money=line.sum plain=true/>
            </li>
        }
    });
    view! {
        <Card>
            <h2 class="font-display text-lg font-bold">{t!(i18n, orders.your_order)}</h2>
            <ul class="grid gap-1">{rows.collect_view()}</ul>
            <div class="flex items-end justify-between gap-4 border-t border-base-300 pt-3">
                <div>
                    <p class="font-semibold">{t!(i18n, orders.total)}</p>
                    <p class="text-sm text-muted">{t!(i18n, orders.included)}</p>
                </div>
                <p class="font-display text-2xl font-bold"><Price money=total plain=true/></p>
            </div>
        </Card>
    }
}
