//! /desk/:org/events/:event

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    analytics::{
        Change, Figures, get_dashboard,
        ui::{ByType, Doors, Measure, Series},
    },
    events::ui::{EventDesk, EventHeader},
    i18n::{t, t_string, tu_string, use_i18n},
    ui::{Badge, BadgeTone, Card, Chip, Chips, Load, Notice, Stat, latest_news, load},
};

#[component]
pub fn DashboardPage() -> impl IntoView {
    let desk = EventDesk::of_address();
    let figures = load(move || desk.get(), |desk| get_dashboard(desk.org, desk.event));
    view! {
        <Load from=figures let:first>
            <Dashboard first/>
        </Load>
    }
    .into_any()
}

/// What was loaded, until a later message brings all of it anew.
fn latest(first: &Figures, news: Option<String>) -> Figures {
    let sent = news.and_then(|text| serde_json::from_str::<Figures>(&text).ok());
    sent.filter(|sent| sent.as_of >= first.as_of).unwrap_or_else(|| first.clone())
}

#[component]
fn Dashboard(first: Figures) -> impl IntoView {
    let i18n = use_i18n();
    let desk = EventDesk::of_address().get_untracked();
    let event = first.event.clone();
    let zone = event.starts.zone.0.clone();
    let news = latest_news(format!("/live/event/{}/{}", desk.org, desk.event), "figures");
    let figures: Signal<Figures> = Memo::new(move |_| latest(&first, news.get())).into();
    let conflicts = move || figures.with(|figures| figures.conflicts);
    view! {
        <EventHeader event/>
        <div class="grid gap-6">
            <Show when=move || { conflicts() > 0 }>
                <Notice tone=BadgeTone::Warning>{move || t_string!(i18n, analytics.conflicts, count = conflicts()).to_string()}</Notice>
            </Show>
            <Numbers figures/>
            <Card>
                <div class="flex flex-wrap items-center justify-between gap-3">
                    <Steps/>
                    <Show when=move || news.with(Option::is_some)>
                        <Badge tone=BadgeTone::Accent>{t!(i18n, analytics.live)}</Badge>
                    </Show>
                </div>
                <Charts figures/>
                <p class="text-sm text-muted">{t!(i18n, analytics.times_in, zone = zone)}</p>
            </Card>
            <ByType figures/>
            <Doors figures/>
        </div>
    }
}

/// The numbers that come first.
#[component]
fn Numbers(figures: Signal<Figures>) -> impl IntoView {
    let i18n = use_i18n();
    let number = move |pick: fn(&Figures) -> String| Signal::derive(move || figures.with(pick));
    let sold_note = Signal::derive(move || {
        figures.with(|f| {
            let share =
                t_string!(i18n, analytics.of_capacity, capacity = f.capacity, share = f.share_sold()).to_string();
            let day = t_string!(i18n, analytics.last_day, count = f.sold_last_day.now).to_string();
            let against = t_string!(i18n, analytics.against_day, change = change(f.sold_last_day)).to_string();
            format!("{share}. {day}, {against}")
        })
    });
    let revenue_note = Signal::derive(move || {
        figures.with(|f| {
            if f.refunded.is_zero() {
                t_string!(i18n, analytics.revenue_clean).to_string()
            } else {
                t_string!(i18n, analytics.revenue_note, refunded = f.refunded.to_string()).to_string()
            }
        })
    });
    let door_note = Signal::derive(move || {
        figures.with(|f| {
            let share = t_string!(i18n, analytics.of_sold, share = f.share_admitted()).to_string();
            let hour = t_string!(i18n, analytics.last_hour, count = f.admitted_last_hour.now).to_string();
            format!("{share}. {hour}")
        })
    });
    let orders_note = Signal::derive(move || {
        figures.with(|f| t_string!(i18n, analytics.orders_pending, pending = f.pending, held = f.held).to_string())
    });
    view! {
        <div class="grid grid-cols-2 gap-3 lg:grid-cols-4">
            <Stat label=tu_string!(i18n, analytics.tickets_sold).to_string() value=number(|f| f.sold.to_string()) note=sold_note/>
            <Stat label=tu_string!(i18n, analytics.revenue).to_string() value=number(|f| f.revenue.to_string()) note=revenue_note/>
            <Stat label=tu_string!(i18n, analytics.checked_in).to_string() value=number(|f| f.admitted.to_string()) note=door_note/>
            <Stat label=tu_string!(i18n, analytics.orders).to_string() value=number(|f| f.orders.to_string()) note=orders_note/>
        </div>
    }
}

/// A change with its sign: `+12`, `−3`, `±0`.
fn change(change: Change) -> String {
    match change.by() {
        0 => "±0".to_owned(),
        more if more > 0 => format!("+{more}"),
        less => format!("−{}", less.unsigned_abs()),
    }
}

/// The query's word for a series by day; any other is by hour.
const BY_DAY: &str = "day";

fn is_by_day() -> Signal<bool> {
    let query = use_query_map();
    Signal::derive(move || query.read().get_str("by") == Some(BY_DAY))
}

#[component]
fn Steps() -> impl IntoView {
    let i18n = use_i18n();
    let base = EventDesk::of_address().get_untracked().address("");
    let by_day = is_by_day();
    move || {
        let items = vec![
            Chip {
                label: t_string!(i18n, analytics.by_hour).to_string(),
                href: base.clone(),
                is_chosen: !by_day.get(),
            },
            Chip {
                label: t_string!(i18n, analytics.by_day).to_string(),
                href: format!("{base}?by={BY_DAY}"),
                is_chosen: by_day.get(),
            },
        ];
        view! { <Chips label=t_string!(i18n, analytics.step).to_string() items/> }
    }
}

#[component]
fn Charts(figures: Signal<Figures>) -> impl IntoView {
    let i18n = use_i18n();
    let by_day = is_by_day();
    let buckets = Signal::derive(move || figures.with(|f| if by_day.get() { f.days.clone() } else { f.hours.clone() }));
    let has_door = Memo::new(move |_| buckets.with(|buckets| buckets.iter().any(|bucket| bucket.admitted > 0)));
    view! {
        <Series title=tu_string!(i18n, analytics.sales_chart).to_string() measure=Measure::Sold buckets/>
        <Show when=move || has_door.get()>
            <Series title=tu_string!(i18n, analytics.door_chart).to_string() measure=Measure::Admitted buckets/>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_shows_its_direction_in_a_sign() {
        let cases = [((5, 5), "±0"), ((7, 5), "+2"), ((5, 7), "−2")];
        for ((now, before), words) in cases {
            assert_eq!(change(Change { now, before }), words);
        }
    }
}
