//! Charts from numbers, as SVG: no script, sharp everywhere. The table behind a chart is the page's.

use leptos::prelude::*;

/// One value of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Under the axis.
    pub label: String,
    pub value: i64,
    /// The value as people read it, such as `KSh 1,500`.
    pub words: String,
}

impl Point {
    pub fn new(label: impl Into<String>, value: i64, words: impl Into<String>) -> Self {
        Self { label: label.into(), value, words: words.into() }
    }
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 200.0;
/// Most labels that fit under the axis of a phone.
const LABELS_MAX: usize = 7;

/// The top of the axis: the next 1, 2, 2.5 or 5 times a power of ten.
fn ceiling(points: &[Point]) -> i64 {
    let most = points.iter().map(|point| point.value).max().unwrap_or(0).max(1);
    let mut unit: i64 = 1;
    loop {
        let steps =
            [unit, unit.saturating_mul(2), unit.saturating_mul(5) / 2 * i64::from(unit >= 2), unit.saturating_mul(5)];
        if let Some(top) = steps.into_iter().find(|top| *top >= most) {
            return top;
        }
        let Some(next) = unit.checked_mul(10) else {
            return i64::MAX;
        };
        unit = next;
    }
}

#[expect(clippy::cast_precision_loss, reason = "pixels")]
fn height_of(value: i64, top: i64) -> f64 {
    HEIGHT * (value.max(0) as f64) / (top as f64)
}

#[expect(clippy::cast_precision_loss, reason = "pixels")]
fn place(index: usize, count: usize) -> (f64, f64) {
    let step = WIDTH / (count.max(1) as f64);
    (step * (index as f64), step)
}

/// Lines at none, a half and the whole of the axis.
fn ground() -> impl IntoView {
    [0.0, 0.5, 1.0]
        .map(|part| {
            let y = HEIGHT * part;
            view! { <line x1="0" x2=WIDTH y1=y y2=y class="stroke-base-300" vector-effect="non-scaling-stroke"/> }
        })
        .collect_view()
}

/// How many values share a label: few enough labels for a phone, and each with as many values as the others.
fn label_every(count: usize) -> usize {
    let least = count.div_ceil(LABELS_MAX).max(1);
    (least..least * 2).find(|every| count.is_multiple_of(*every)).unwrap_or(least)
}

/// The drawing fills its place whatever that is; the labels stand below it as text, so that they keep their size.
#[component]
fn Frame(caption: String, series: Signal<Vec<Point>>, children: Children) -> impl IntoView {
    let labels = move || {
        series.with(|points| {
            let labels = points.iter().step_by(label_every(points.len()));
            labels.map(|point| view! { <span class="flex-1 truncate">{point.label.clone()}</span> }).collect_view()
        })
    };
    view! {
        <figure class="grid gap-2">
            <figcaption class="flex items-baseline justify-between gap-4 text-sm text-muted">
                <span>{caption.clone()}</span>
                <span class="tabular-nums">{move || series.with(|points| greatest(points))}</span>
            </figcaption>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" class="h-36 w-full overflow-visible sm:h-56" role="img" aria-label=caption>
                {children()}
            </svg>
            <div aria-hidden="true" class="flex text-xs tabular-nums text-muted">{labels}</div>
        </figure>
    }
}

/// The words of the greatest value, for the top right corner.
fn greatest(points: &[Point]) -> String {
    points.iter().max_by_key(|point| point.value).map(|point| point.words.clone()).unwrap_or_default()
}

/// A bar for each value.
#[component]
pub fn BarChart(#[prop(into)] series: Signal<Vec<Point>>, #[prop(into)] caption: String) -> impl IntoView {
    let bars = move || {
        let points = series.get();
        let top = ceiling(&points);
        let bars = points
            .iter()
            .enumerate()
            .map(|(index, point)| {
                let (x, step) = place(index, points.len());
                let tall = height_of(point.value, top);
                view! {
                    <rect x=x + step * 0.15 y=HEIGHT - tall width=step * 0.7 height=tall rx="3" class="fill-secondary">
                        <title>{format!("{}: {}", point.label, point.words)}</title>
                    </rect>
                }
            })
            .collect_view();
        view! { {ground()} {bars} }
    };
    view! { <Frame caption series>{bars}</Frame> }
}

/// A line through the values.
#[component]
pub fn LineChart(#[prop(into)] series: Signal<Vec<Point>>, #[prop(into)] caption: String) -> impl IntoView {
    let line = move || {
        let points = series.get();
        let top = ceiling(&points);
        let spots: Vec<_> = points
            .iter()
            .enumerate()
            .map(|(index, point)| {
                let (x, step) = place(index, points.len());
                format!("{:.1},{:.1}", x + step / 2.0, HEIGHT - height_of(point.value, top))
            })
            .collect();
        view! {
            {ground()}
            <polyline points=spots.join(" ") fill="none" stroke-width="3" stroke-linejoin="round" stroke-linecap="round" vector-effect="non-scaling-stroke" class="stroke-secondary"/>
        }
    };
    view! { <Frame caption series>{line}</Frame> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(values: &[i64]) -> Vec<Point> {
        values.iter().map(|value| Point::new("", *value, "")).collect()
    }

    #[test]
    fn labels_are_few_and_stand_evenly() {
        for (count, every) in [(0, 1), (7, 1), (24, 4), (30, 5), (23, 4)] {
            assert_eq!(label_every(count), every, "{count}");
        }
    }

    #[test]
    fn an_axis_ends_at_a_round_number_above_every_value() {
        for (most, top) in [(0, 1), (1, 1), (2, 2), (3, 5), (7, 10), (23, 25), (26, 50), (1_001, 2_000)] {
            assert_eq!(ceiling(&points(&[most])), top, "{most}");
        }
        assert_eq!(ceiling(&[]), 1);
    }
}
