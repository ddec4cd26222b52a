//! Figures as charts and tables; a table stands behind every chart.

use leptos::prelude::*;

use crate::{
    analytics::{Bucket, Door, Figures, TypeFigures},
    events::ui::EventDesk,
    i18n::{t, t_string, tu_string, use_i18n},
    ui::{BarChart, Card, Empty, Icon, LinkButton, Point, Table, Tone, When, WhenStyle},
};

/// Which of a stretch's numbers a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Sold,
    Admitted,
}

/// A chart over time, and the numbers behind it.
#[component]
pub fn Series(
    #[prop(into)] title: String,
    measure: Measure,
    #[prop(into)] buckets: Signal<Vec<Bucket>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let point = move |bucket: &Bucket| match measure {
        Measure::Sold => Point::new(&bucket.label, bucket.sold, format!("{} · {}", bucket.sold, bucket.taken)),
        Measure::Admitted => Point::new(&bucket.label, bucket.admitted, bucket.admitted.to_string()),
    };
    let points = Signal::derive(move || buckets.with(|buckets| buckets.iter().map(point).collect::<Vec<_>>()));
    let head = vec![
        tu_string!(i18n, analytics.time).to_string(),
        tu_string!(i18n, analytics.sold).to_string(),
        tu_string!(i18n, analytics.taken).to_string(),
        tu_string!(i18n, analytics.in_count).to_string(),
    ];
    let rows = move || buckets.with(|buckets| buckets.iter().map(bucket_row).collect_view());
    view! {
        <div class="grid gap-3">
            <BarChart series=points caption=title.clone()/>
            <details class="text-sm">
                <summary class="inline-flex min-h-11 cursor-pointer items-center font-medium text-secondary hover:underline">
                    {t!(i18n, analytics.show_table)}
                </summary>
                <Table caption=title head>{rows}</Table>
            </details>
        </div>
    }
}

fn bucket_row(bucket: &Bucket) -> impl IntoView + use<> {
    view! {
        <tr>
            <th scope="row" class="font-normal tabular-nums">{bucket.label.clone()}</th>
            <td class="tabular-nums">{bucket.sold}</td>
            <td class="tabular-nums">{bucket.taken.to_string()}</td>
            <td class="tabular-nums">{bucket.admitted}</td>
        </tr>
    }
}

/// How each ticket type sells.
#[component]
pub fn ByType(#[prop(into)] figures: Signal<Figures>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = EventDesk::of_address();
    let caption = tu_string!(i18n, analytics.by_type).to_string();
    let head = vec![
        tu_string!(i18n, analytics.type_name).to_string(),
        tu_string!(i18n, analytics.price).to_string(),
        tu_string!(i18n, analytics.sold).to_string(),
        tu_string!(i18n, analytics.held).to_string(),
        tu_string!(i18n, analytics.left).to_string(),
        tu_string!(i18n, analytics.taken).to_string(),
        tu_string!(i18n, analytics.in_count).to_string(),
    ];
    let rows = move || {
        figures.with(|figures| figures.types.iter().map(|kind| view! { <TypeRow kind=kind.clone()/> }).collect_view())
    };
    view! {
        <Card title=caption.clone()>
            <Show
                when=move || figures.with(|figures| !figures.types.is_empty())
                fallback=move || view! {
                    <Empty
                        icon=Icon::Ticket
                        title=tu_string!(i18n, analytics.no_types).to_string()
                        text=tu_string!(i18n, analytics.no_types_text).to_string()
                    >
                        <LinkButton href=desk.get_untracked().address("/types")>{t!(i18n, analytics.add_types)}</LinkButton>
                    </Empty>
                }
            >
                <Table caption=caption.clone() head=head.clone()>{rows}</Table>
            </Show>
        </Card>
    }
}

#[component]
fn TypeRow(kind: TypeFigures) -> impl IntoView {
    let i18n = use_i18n();
    let (sold, capacity) = (kind.sold, kind.capacity);
    let left = (kind.capacity - kind.sold - kind.held).max(0);
    let label = move || t_string!(i18n, analytics.sold_of, sold = sold, capacity = capacity).to_string();
    view! {
        <tr>
            <th scope="row" class="font-medium">{kind.name}</th>
            <td class="whitespace-nowrap tabular-nums">{kind.price.to_string()}</td>
            <td class="tabular-nums">
                <span class="whitespace-nowrap">{format!("{sold} / {capacity}")}</span>
                <progress class="progress progress-secondary block w-24" value=sold.to_string() max=capacity.max(1).to_string() aria-label=label></progress>
            </td>
            <td class="tabular-nums">{kind.held}</td>
            <td class="tabular-nums">{left}</td>
            <td class="whitespace-nowrap tabular-nums">{kind.taken.to_string()}</td>
            <td class="tabular-nums">{kind.admitted}</td>
        </tr>
    }
}

/// What each phone at the gate has done.
#[component]
pub fn Doors(#[prop(into)] figures: Signal<Figures>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = EventDesk::of_address();
    let caption = tu_string!(i18n, analytics.at_the_door).to_string();
    let head = vec![
        tu_string!(i18n, analytics.device).to_string(),
        tu_string!(i18n, analytics.admitted).to_string(),
        tu_string!(i18n, analytics.refused).to_string(),
        tu_string!(i18n, analytics.last_seen).to_string(),
    ];
    let rows = move || {
        figures.with(|figures| figures.doors.iter().map(|door| view! { <DoorRow door=door.clone()/> }).collect_view())
    };
    view! {
        <Card title=caption.clone()>
            <Show
                when=move || figures.with(|figures| !figures.doors.is_empty())
                fallback=move || view! {
                    <Empty
                        icon=Icon::Scan
                        title=tu_string!(i18n, analytics.no_doors).to_string()
                        text=tu_string!(i18n, analytics.no_doors_text).to_string()
                    >
                        <LinkButton href=desk.get_untracked().address("/gates") tone=Tone::Secondary>{t!(i18n, analytics.pair_phone)}</LinkButton>
                    </Empty>
                }
            >
                <Table caption=caption.clone() head=head.clone()>{rows}</Table>
            </Show>
        </Card>
    }
}

#[component]
fn DoorRow(door: Door) -> impl IntoView {
    let i18n = use_i18n();
    let seen = match door.last_seen {
        Some(at) => view! { <When at style=WhenStyle::Short/> }.into_any(),
        None => t!(i18n, analytics.never).into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="font-medium">{door.name}</th>
            <td class="tabular-nums">{door.admitted}</td>
            <td class="tabular-nums">{door.refused}</td>
            <td class="whitespace-nowrap">{seen}</td>
        </tr>
    }
}
