//! `/desk/:org/events/:event/rehearsal`: an on-sale, played before it opens.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    error::AppError,
    events::ui::{EventDesk, EventHeader},
    i18n::{t, t_string, use_i18n},
    kernel::EventId,
    rehearsal::{Curve, Moment, Outcome, PlanForm, PlanRehearsal, RehearsalPage, show_rehearsal},
    ui::{
        BadgeTone, Button, Card, Field, FieldKind, FormFrame, Hidden, Icon, LineChart, Load, Notice, Point, Select,
        Stat, Table, load,
    },
};

#[component]
pub fn RehearsalDeskPage() -> impl IntoView {
    let desk = EventDesk::of_address();
    let query = use_query_map();
    let form = Memo::new(move |_| query.with(|query| form_of(|name| query.get(name).unwrap_or_default())));
    let page = load(
        move || (desk.get(), form.get()),
        |(desk, form)| async move {
            let event: EventId = desk.event.parse().map_err(|_| AppError::NotFound)?;
            show_rehearsal(desk.org, event, form).await
        },
    );
    view! {
        <Load from=page let:page>
            <Rehearsal org=desk.get_untracked().org page/>
        </Load>
    }
    .into_any()
}

/// The plan that an address names.
fn form_of(value: impl Fn(&str) -> String) -> PlanForm {
    PlanForm {
        arrivals: value("arrivals"),
        before: value("before"),
        minutes: value("minutes"),
        curve: value("curve"),
        baskets: value("baskets"),
        pays: value("pays"),
        pay_secs: value("pay_secs"),
        ceiling: value("ceiling"),
        seed: value("seed"),
    }
}

#[component]
fn Rehearsal(org: String, page: RehearsalPage) -> impl IntoView {
    let i18n = use_i18n();
    let outcome = page.outcome.map(|outcome| view! { <Shown outcome/> });
    view! {
        <EventHeader event=page.event.clone()/>
        <div class="grid max-w-4xl gap-6">
            <p class="text-muted">{t!(i18n, rehearsal.lead, stock = page.stock)}</p>
            {(page.stock == 0).then(|| view! { <Notice tone=BadgeTone::Warning>{t!(i18n, rehearsal.no_stock)}</Notice> })}
            <PlanCard org event=page.event.event_id.to_string() form=page.form/>
            {outcome}
        </div>
    }
}

/// What is expected.
#[component]
fn PlanCard(org: String, event: String, form: PlanForm) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<PlanRehearsal>::new();
    let curves = Curve::ALL.map(|curve| {
        let shown = match curve {
            Curve::Rush => t_string!(i18n, rehearsal.curve_rush).to_string(),
            Curve::Even => t_string!(i18n, rehearsal.curve_even).to_string(),
        };
        (curve.word().to_owned(), shown)
    });
    view! {
        <Card title=t_string!(i18n, rehearsal.plan).to_string()>
            <FormFrame action>
                <Hidden name="org" value=org/>
                <Hidden name="event" value=event/>
                <div class="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
                    <Field name="form[arrivals]" kind=FieldKind::Number value=form.arrivals label=t_string!(i18n, rehearsal.arrivals).to_string() required=true/>
                    <Field name="form[before]" kind=FieldKind::Number value=form.before label=t_string!(i18n, rehearsal.before).to_string() required=true/>
                    <Field name="form[minutes]" kind=FieldKind::Number value=form.minutes label=t_string!(i18n, rehearsal.minutes).to_string() required=true/>
                    <Select name="form[curve]" value=form.curve label=t_string!(i18n, rehearsal.curve).to_string() options=curves.into()/>
                    <Field name="form[baskets]" value=form.baskets label=t_string!(i18n, rehearsal.baskets).to_string() hint=t_string!(i18n, rehearsal.baskets_hint).to_string() required=true/>
                    <Field name="form[pays]" kind=FieldKind::Number value=form.pays label=t_string!(i18n, rehearsal.pays).to_string() required=true/>
                    <Field name="form[pay_secs]" kind=FieldKind::Number value=form.pay_secs label=t_string!(i18n, rehearsal.pay_secs).to_string() required=true/>
                    <Field name="form[ceiling]" kind=FieldKind::Number value=form.ceiling label=t_string!(i18n, queue.desk_ceiling).to_string() required=true/>
                    <Field name="form[seed]" kind=FieldKind::Number value=form.seed label=t_string!(i18n, rehearsal.seed).to_string() hint=t_string!(i18n, rehearsal.seed_hint).to_string() required=true/>
                </div>
                <div><Button icon=Icon::ArrowRight>{t!(i18n, rehearsal.play)}</Button></div>
            </FormFrame>
        </Card>
    }
}

/// `1:05` minutes and seconds after the opening, `1:00:00` from an hour on.
fn clock(secs: i64) -> String {
    let (hours, mins, secs) = (secs / 3600, secs / 60 % 60, secs % 60);
    if hours > 0 { format!("{hours}:{mins:02}:{secs:02}") } else { format!("{mins}:{secs:02}") }
}

/// How it went: numbers, charts, and the table behind them.
#[component]
fn Shown(outcome: Outcome) -> impl IntoView {
    let i18n = use_i18n();
    let sold_out = match outcome.sold_out_secs {
        Some(secs) => clock(secs),
        None => t_string!(i18n, rehearsal.not_sold_out).to_string(),
    };
    let sold = t_string!(i18n, rehearsal.sold_note, sold = outcome.sold, left = outcome.left).to_string();
    let still = t_string!(i18n, rehearsal.queue_note, still = outcome.still_waiting).to_string();
    let turned = t_string!(i18n, rehearsal.turned_note, turned = outcome.turned_away).to_string();
    let revenue = t_string!(i18n, rehearsal.revenue_note, revenue = outcome.revenue.to_string()).to_string();
    let series = |pick: fn(&Moment) -> i64| -> Vec<Point> {
        let point = |moment: &Moment| Point::new(clock(moment.secs), pick(moment), pick(moment).to_string());
        outcome.moments.iter().map(point).collect()
    };
    let (queue, sales) = (series(|moment| moment.waiting), series(|moment| moment.sold));
    view! {
        <section id="outcome" class="grid gap-6">
            <h2 class="font-display text-xl font-bold">{t!(i18n, rehearsal.outcome)}</h2>
            <div class="grid grid-cols-2 gap-3 lg:grid-cols-4">
                <Stat label=t_string!(i18n, rehearsal.sold_out).to_string() value=sold_out note=sold/>
                <Stat label=t_string!(i18n, rehearsal.greatest_queue).to_string() value=outcome.greatest_queue.to_string() note=still/>
                <Stat label=t_string!(i18n, rehearsal.longest_wait).to_string() value=clock(outcome.longest_wait_secs) note=turned/>
                <Stat label=t_string!(i18n, rehearsal.abandoned).to_string() value=outcome.abandoned_holds.to_string() note=revenue/>
            </div>
            <Card>
                <LineChart series=Signal::stored(queue) caption=t_string!(i18n, rehearsal.queue_chart).to_string()/>
                <LineChart series=Signal::stored(sales) caption=t_string!(i18n, rehearsal.sales_chart).to_string()/>
            </Card>
            <Moments moments=outcome.moments/>
        </section>
    }
}

#[component]
fn Moments(moments: Vec<Moment>) -> impl IntoView {
    let i18n = use_i18n();
    let head = vec![
        t_string!(i18n, rehearsal.column_time).to_string(),
        t_string!(i18n, queue.desk_waiting).to_string(),
        t_string!(i18n, queue.desk_inside).to_string(),
        t_string!(i18n, rehearsal.column_held).to_string(),
        t_string!(i18n, rehearsal.column_sold).to_string(),
    ];
    let rows = moments
        .into_iter()
        .map(|moment| {
            view! {
                <tr>
                    <th scope="row" class="font-normal tabular-nums">{clock(moment.secs)}</th>
                    <td class="tabular-nums">{moment.waiting}</td>
                    <td class="tabular-nums">{moment.inside}</td>
                    <td class="tabular-nums">{moment.held}</td>
                    <td class="tabular-nums">{moment.sold}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <Table caption=t_string!(i18n, rehearsal.table).to_string() head>{rows}</Table> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_after_the_opening_read_like_a_stopwatch() {
        assert_eq!([0, 65, 3_600, 3_725].map(clock), ["0:00", "1:05", "1:00:00", "1:02:05"]);
    }
}
