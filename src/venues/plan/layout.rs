//! Places for seats that came without any: sections side by side, rows behind each other.

use super::{Plan, Spot};

/// From seat to seat, and from row to row.
const SEAT: f64 = 25.0;
const ROW: f64 = 32.0;
/// Between sections.
const GAP: f64 = 80.0;

/// Gives every seat of a plan a place.
pub fn lay_out(plan: &mut Plan) {
    let across = (1..).find(|across| across * across >= plan.zones.len()).unwrap_or(1);
    let mut top = 0.0;
    for line in plan.zones.chunks_mut(across) {
        let (mut left, mut lowest) = (0.0, 0.0_f64);
        for zone in line {
            let widest = zone.rows.iter().map(|row| row.seats.len()).max().unwrap_or(0);
            zone.at = Spot::new(left, top);
            for (deep, row) in zone.rows.iter_mut().enumerate() {
                // Short rows stand in the middle.
                let inset = count(widest - row.seats.len()) * SEAT / 2.0;
                row.at = Some(Spot::new(inset, count(deep) * ROW));
                row.seats
                    .iter_mut()
                    .enumerate()
                    .for_each(|(place, seat)| seat.at = Spot::new(count(place) * SEAT, 0.0));
            }
            left += count(widest) * SEAT + GAP;
            lowest = lowest.max(count(zone.rows.len()) * ROW);
        }
        top += lowest + GAP;
    }
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
