//! How good every seat of a map is: worked out once, asked often.

use std::ops::Range;

use super::{Kinds, RowForm, SeatMap};

/// What a bad view costs, as a part of the seat's own distance.
const RESTRICTED_COSTS: u64 = 4;

/// Seats side by side, an aisle or a wall at either end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub seats: Range<u32>,
    pub form: RowForm,
    /// What its best seat costs.
    pub least: u64,
}

/// A row: its runs in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankedRow {
    pub section: usize,
    pub runs: Vec<Run>,
    /// What the best seat costs, here or in the row behind.
    pub least: u64,
}

/// What every seat of a map costs: the square of its distance to what all look at, more where the view is bad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    pub(super) costs: Vec<u64>,
    /// In the order of the map.
    pub(super) rows: Vec<RankedRow>,
    /// Row and run, the best first.
    pub(super) best_runs: Vec<(usize, usize)>,
    /// The rows, the best first.
    pub(super) best_rows: Vec<usize>,
}

impl Ranking {
    pub fn of(map: &SeatMap) -> Self {
        let costs: Vec<_> = map.seats.iter().map(|seat| cost(map, seat)).collect();
        let least = |seats: &Range<u32>| seats.clone().map(|seat| costs[seat as usize]).min().unwrap_or(u64::MAX);
        let mut rows = Vec::new();
        for (section, found) in map.sections.iter().enumerate() {
            rows.extend(found.rows.iter().map(|row| {
                let run = |seats: &Range<u32>| Run { seats: seats.clone(), form: row.form, least: least(seats) };
                let runs: Vec<_> = row.runs.iter().map(run).collect();
                RankedRow { section, least: runs.iter().map(|run| run.least).min().unwrap_or(u64::MAX), runs }
            }));
        }
        for place in 1..rows.len() {
            let behind = &rows[place];
            let least = if behind.section == rows[place - 1].section { behind.least } else { u64::MAX };
            rows[place - 1].least = rows[place - 1].least.min(least);
        }
        let places = |(row, found): (usize, &RankedRow)| (0..found.runs.len()).map(move |run| (row, run));
        let mut best_runs: Vec<_> = rows.iter().enumerate().flat_map(places).collect();
        best_runs.sort_by_key(|(row, run)| rows[*row].runs[*run].least);
        let mut best_rows: Vec<_> = (0..rows.len()).collect();
        best_rows.sort_by_key(|row| rows[*row].least);
        Self { costs, rows, best_runs, best_rows }
    }
}

fn cost(map: &SeatMap, seat: &super::Seat) -> u64 {
    let distance = seat.at.distance_squared(map.focus);
    if seat.kinds.has(Kinds::RESTRICTED_VIEW) { distance * RESTRICTED_COSTS } else { distance }
}
