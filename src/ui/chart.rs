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
const FOOT: f64 = 24.0;
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
    (HEIGHT - FOOT) * (value.max(0) as f64) / (top as f64)
}

#[expect(clippy::cast_precision_loss, reason = "pixels")]
fn place(index: usize, count: usize) -> (f64, f64) {
    let step = WIDTH / (count.max(1) as f64);
    (step * (index as f64), step)
}

/// Lines at a half and the whole of the axis, and the labels that fit.
fn ground(points: &[Point]) -> impl IntoView + use<> {
    let every = points.len().div_ceil(LABELS_MAX).max(1);
    let labels = points
        .iter()
        .enumerate()
        .filter(|(index, _)| index % every == 0)
        .map(|(index, point)| {
            let (x, step) = place(index, points.len());
            view! { <text x=x + step / 2.0 y=HEIGHT - 6.0 text-anchor="middle" class="fill-base-content text-sm opacity-75">{point.label.clone()}</text> }
        })
        .collect_view();
    let lines = [0.0, 0.5, 1.0]
        .map(|part| {
            let y = (HEIGHT - FOOT) * part + 0.5;
            view! { <line x1="0" x2=WIDTH y1=y y2=y class="stroke-base-300"/> }
        })
        .collect_view();
    view! { {lines} {labels} }
}

#[component]
fn Frame(caption: String, top: Signal<String>, children: Children) -> impl IntoView {
    view! {
        <figure class="grid gap-2">
            <figcaption class="flex items-baseline justify-between gap-4 text-sm text-muted">
                <span>{caption.clone()}</span>
                <span class="tabular-nums">{move || top.get()}</span>
            </figcaption>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") class="w-full overflow-visible" role="img" aria-label=caption>
                {children()}
            </svg>
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
                    <rect x=x + step * 0.15 y=HEIGHT - FOOT - tall width=step * 0.7 height=tall rx="3" class="fill-secondary">
                        <title>{format!("{}: {}", point.label, point.words)}</title>
                    </rect>
                }
            })
            .collect_view();
        view! { {ground(&points)} {bars} }
    };
    view! { <Frame caption top=Signal::derive(move || series.with(|points| greatest(points)))>{bars}</Frame> }
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
                format!("{:.1},{:.1}", x + step / 2.0, HEIGHT - FOOT - height_of(point.value, top))
            })
            .collect();
        view! {
            {ground(&points)}
            <polyline points=spots.join(" ") fill="none" stroke-width="3" stroke-linejoin="round" stroke-linecap="round" class="stroke-secondary"/>
        }
    };
    view! { <Frame caption top=Signal::derive(move || series.with(|points| greatest(points)))>{line}</Frame> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(values: &[i64]) -> Vec<Point> {
        values.iter().map(|value| Point::new("", *value, "")).collect()
    }

    #[test]
    fn an_axis_ends_at_a_round_number_above_every_value() {
        for (most, top) in [(0, 1), (1, 1), (2, 2), (3, 5), (7, 10), (23, 25), (26, 50), (1_001, 2_000)] {
            assert_eq!(ceiling(&points(&[most])), top, "{most}");
        }
        assert_eq!(ceiling(&[]), 1);
    }
}
