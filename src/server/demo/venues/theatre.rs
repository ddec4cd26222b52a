//! A theatre: stalls on a curve before the stage, and a balcony above their end.

use super::{category, rectangle, seats, spot};
use crate::venues::{
    plan::{Plan, Row, Spot, Zone},
    seat_map::Kinds,
};

/// The middle of the curve that rows stand on: behind the stage.
const MIDDLE: Spot = Spot::new(400.0, -400.0);
const SEAT: f64 = 25.0;
const ROW: f64 = 34.0;
/// More room than between seats: the way through the middle of the stalls.
const WAY: f64 = 45.0;

/// Some four hundred and fifty seats.
pub fn plan() -> Plan {
    let stage = Zone { areas: vec![rectangle((200.0, 0.0), (400.0, 110.0), "#9A6200", "Stage")], ..Zone::default() };
    Plan {
        name: "Kenya National Theatre".to_owned(),
        size: Some(Spot::new(800.0, 1_000.0)),
        categories: vec![
            category("Stalls", "#F0861A"),
            category("Rear stalls", "#123F73"),
            category("Balcony", "#B5175E"),
        ],
        zones: vec![stage, stalls(), balcony()],
        ..Plan::default()
    }
}

fn stalls() -> Zone {
    let rows = (0..16_u8).map(|row| {
        let name = char::from(b'A' + row).to_string();
        let spots = curve(600.0 + f64::from(row) * ROW, 10 + u32::from(row) / 4);
        let last = spots.len() - 1;
        // The last row is level with the doors.
        let kinds = |seat: usize| match seat {
            _ if row < 15 => Kinds::default(),
            0 => Kinds::ACCESSIBLE,
            1 => Kinds::COMPANION,
            seat if seat == last => Kinds::ACCESSIBLE,
            seat if seat + 1 == last => Kinds::COMPANION,
            _ => Kinds::default(),
        };
        let category = if row < 10 { "Stalls" } else { "Rear stalls" };
        let seats = seats(("Stalls", &name), category, &spots, kinds);
        Row { name, elevation: Some(f64::from(row) / 10.0), seats, ..Row::default() }
    });
    Zone { name: Some("Stalls".to_owned()), rows: rows.collect(), ..Zone::default() }
}

fn balcony() -> Zone {
    let rows = (0..4_u8).map(|row| {
        let name = format!("B{}", char::from(b'A' + row));
        let spots = curve(1_220.0 + f64::from(row) * ROW, 13);
        let last = spots.len() - 1;
        // From the sides, the rail hides a corner of the stage.
        let kinds = |seat: usize| if seat < 2 || seat + 2 > last { Kinds::RESTRICTED_VIEW } else { Kinds::default() };
        let seats = seats(("Balcony", &name), "Balcony", &spots, kinds);
        Row { name, elevation: Some(4.0 + f64::from(row) / 2.0), seats, ..Row::default() }
    });
    Zone { name: Some("Balcony".to_owned()), rows: rows.collect(), ..Zone::default() }
}

/// A row on the curve: so many seats on either side of the way.
fn curve(radius: f64, on_a_side: u32) -> Vec<Spot> {
    let side = (0..on_a_side).map(|seat| (WAY / 2.0 + f64::from(seat) * SEAT) / radius);
    let right: Vec<f64> = side.collect();
    let angles = right.iter().rev().map(|angle| -angle).chain(right.iter().copied());
    angles.map(|angle| spot(MIDDLE.x + radius * angle.sin(), MIDDLE.y + radius * angle.cos())).collect()
}
