//! How the seats of a row follow each other.

use super::{Row, Seat, Spot};
use crate::venues::seat_map::RowForm;

/// A gap this much wider than the usual one is an aisle.
const AISLE: f64 = 1.6;
/// How much longer the way through a row may be in the order of the file than in the order of places.
const DETOUR: f64 = 1.3;

/// The word by which files call a form.
pub const fn form_word(form: RowForm) -> &'static str {
    match form {
        RowForm::Row => "row",
        RowForm::Table => "table",
        RowForm::Booth => "booth",
    }
}

pub fn form_of_word(word: &str) -> Option<RowForm> {
    [RowForm::Row, RowForm::Table, RowForm::Booth].into_iter().find(|form| form_word(*form) == word)
}

impl Row {
    /// The seats as they stand side by side: in the file's order, unless that jumps to and fro.
    pub fn along(&self) -> Vec<&Seat> {
        let given: Vec<_> = self.seats.iter().collect();
        if self.form != RowForm::Row || given.len() < 3 {
            return given;
        }
        let (wide, high) = (extent(&given, |seat| seat.at.x), extent(&given, |seat| seat.at.y));
        let mut placed = given.clone();
        let place = |seat: &Seat| if wide >= high { (seat.at.x, seat.at.y) } else { (seat.at.y, seat.at.x) };
        placed.sort_by(|a, b| place(a).0.total_cmp(&place(b).0).then(place(a).1.total_cmp(&place(b).1)));
        if way(&given) <= way(&placed) * DETOUR { given } else { placed }
    }

    /// Where a new run starts among the seats side by side. `pitch` is the usual distance in the whole plan.
    pub fn aisles(&self, pitch: f64) -> Vec<usize> {
        let seats = self.along();
        if self.form != RowForm::Row {
            return Vec::new();
        }
        let gaps: Vec<_> = seats.windows(2).map(|two| two[0].at.distance(two[1].at)).collect();
        let usual = if gaps.len() < 2 { pitch } else { median(gaps.clone()) };
        gaps.iter().zip(1..).filter(|(gap, _)| **gap > usual * AISLE).map(|(_, place)| place).collect()
    }
}

fn extent(seats: &[&Seat], of: fn(&Seat) -> f64) -> f64 {
    let values = || seats.iter().map(|seat| of(seat));
    values().fold(f64::MIN, f64::max) - values().fold(f64::MAX, f64::min)
}

fn way(seats: &[&Seat]) -> f64 {
    seats.windows(2).map(|two| two[0].at.distance(two[1].at)).sum()
}

/// The usual distance between neighbours of a whole plan.
pub fn pitch<'a>(rows: impl Iterator<Item = &'a Row>) -> f64 {
    let spots = rows.map(|row| row.seats.iter().map(|seat| seat.at).collect::<Vec<Spot>>());
    let gaps = spots.flat_map(|spots| spots.windows(2).map(|two| two[0].distance(two[1])).collect::<Vec<_>>());
    let gaps: Vec<_> = gaps.filter(|gap| *gap > 0.0).collect();
    if gaps.is_empty() { USUAL } else { median(gaps) }
}

/// When a plan does not tell: seats as wide as most programs draw them.
const USUAL: f64 = 25.0;

fn median(mut values: Vec<f64>) -> f64 {
    let middle = (values.len() - 1) / 2;
    *values.select_nth_unstable_by(middle, f64::total_cmp).1
}
