//! A group that finds no seats side by side: two parts close to each other, else parts wherever they are.
//!
//! Nobody sits alone where it can be helped: a part of one is tried last.

use std::ops::Range;

use super::{
    FreeSeats, RowForm,
    best::{Hall, Pick, Window},
    ranking::RankedRow,
};

/// Two parts in one row or in two that follow each other; the more even, the better.
pub fn near(hall: &Hall<'_>) -> Option<Pick> {
    // Who needs a place for a wheelchair is not parted from those who come along.
    if hall.wish.parts_max < 2 || hall.wish.accessible > 0 {
        return None;
    }
    let sizes = (1..=hall.wish.seats / 2).rev().map(|small| [hall.wish.seats - small, small]);
    sizes.filter_map(|sizes| best_pair(hall, sizes)).next()
}

/// Two windows, and what they cost together; the lower, the better.
type Pair = (u64, Window, Window);

/// The best two windows of these sizes near each other. Rows come the best first, so most are never looked at.
fn best_pair(hall: &Hall<'_>, sizes: [u32; 2]) -> Option<Pick> {
    let rows = &hall.ranking.rows;
    let mut best: Option<Pair> = None;
    for place in &hall.ranking.best_rows {
        let row = &rows[*place];
        if best.is_some_and(|best| row.least.saturating_mul(hall.wish.seats.into()) > best.0) {
            break;
        }
        let own = windows(hall, row, sizes);
        let behind = rows.get(place + 1).filter(|behind| behind.section == row.section);
        let behind = behind.map(|behind| windows(hall, behind, sizes)).unwrap_or_default();
        best = best.into_iter().chain(cheapest(&own, &behind)).min();
    }
    best.map(|(_, one, two)| Pick { parts: vec![one.seats(), two.seats()] })
}

/// The best window of either size in each free stretch of a row; booths are not divided.
fn windows(hall: &Hall<'_>, row: &RankedRow, sizes: [u32; 2]) -> Vec<[Option<Window>; 2]> {
    let runs = row.runs.iter().filter(|run| run.form != RowForm::Booth);
    let stretches = runs.flat_map(|run| hall.free.stretches(run.seats.clone()));
    let in_stretch = |stretch: Range<u32>| sizes.map(|count| hall.best_in(&stretch, count));
    stretches.map(in_stretch).filter(|found| found.iter().any(Option::is_some)).collect()
}

/// The cheapest pair of windows in two different stretches, one of each size, at least one of them in `own`.
fn cheapest(own: &[[Option<Window>; 2]], behind: &[[Option<Window>; 2]]) -> Option<Pair> {
    let mut best: Option<Pair> = None;
    for (place, mine) in own.iter().enumerate() {
        for other in own[place + 1..].iter().chain(behind) {
            let pairs = [mine[0].zip(other[1]), mine[1].zip(other[0])].into_iter().flatten();
            best = best.into_iter().chain(pairs.map(|(one, two)| (one.cost + two.cost, one, two))).min();
        }
    }
    best
}

/// The largest parts that there are, the best of each size, until all have a seat.
pub fn anywhere(hall: &Hall<'_>) -> Option<Pick> {
    if hall.wish.accessible > 0 {
        return None;
    }
    let mut free: FreeSeats = hall.free.clone();
    let mut parts = Vec::new();
    let mut missing = hall.wish.seats;
    while missing > 0 && parts.len() < hall.wish.parts_max as usize {
        let part = next_part(&Hall { free: &free, ..*hall }, missing)?;
        part.seats().for_each(|seat| free.take(seat));
        missing -= part.count;
        parts.push(part.seats());
    }
    (missing == 0).then_some(Pick { parts })
}

/// The largest window that leaves nobody alone, or else the largest there is.
fn next_part(hall: &Hall<'_>, missing: u32) -> Option<Window> {
    let sizes = (1..=missing).rev();
    let is_kind = |size: &u32| missing - size != 1 && (*size > 1 || missing == 1);
    sizes.clone().filter(is_kind).chain(sizes).find_map(|size| hall.best_window(size))
}
