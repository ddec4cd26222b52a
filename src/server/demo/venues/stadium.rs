//! A bowl around a pitch and a running track: two straight sides, two round ends, two tiers.

use std::f64::consts::{FRAC_PI_2, PI};

use super::{category, rectangle, seats, spot};
use crate::venues::{
    plan::{Plan, Row, Spot, Zone},
    seat_map::Kinds,
};

/// Half the length of a straight side, and the middle of the pitch; twenty of these are a metre.
const HALF: f64 = 1_000.0;
const MIDDLE: Spot = Spot::new(3_400.0, 2_400.0);
/// From seat to seat, from row to row, and between sections.
const SEAT: f64 = 10.0;
const ROW: f64 = 16.0;
const STAIRS: f64 = 24.0;
/// Sections of a side, and of an end.
const ON_A_SIDE: u32 = 6;
const ON_AN_END: u32 = 8;

/// One ring of sections.
struct Tier {
    /// The hundred that its sections are counted from.
    first: u32,
    rows: u32,
    /// From the middle line of an end to the first row.
    radius: f64,
    /// Metres above the pitch: of the first row, and more with each.
    height: (f64, f64),
}

const TIERS: [Tier; 2] = [
    Tier { first: 100, rows: 26, radius: 1_100.0, height: (1.0, 0.4) },
    Tier { first: 200, rows: 20, radius: 1_640.0, height: (13.0, 0.5) },
];

/// Kasarani as it could be: some sixty thousand seats.
pub fn plan() -> Plan {
    let pitch = Zone {
        at: MIDDLE,
        areas: vec![rectangle((-1_050.0, -680.0), (2_100.0, 1_360.0), "#1A7A3A", "Pitch")],
        ..Zone::default()
    };
    let sections = TIERS.iter().flat_map(|tier| (0..2 * (ON_A_SIDE + ON_AN_END)).map(|place| section(tier, place)));
    Plan {
        name: "Kasarani stadium".to_owned(),
        size: Some(Spot::new(2.0 * MIDDLE.x, 2.0 * MIDDLE.y)),
        focus: Some(MIDDLE),
        categories: vec![
            category("VIP", "#B5175E"),
            category("Main stand", "#F0861A"),
            category("Opposite stand", "#123F73"),
            category("Terraces", "#1A7A3A"),
        ],
        zones: std::iter::once(pitch).chain(sections).collect(),
        ..Plan::default()
    }
}

/// Sections are counted around the bowl: the main side, an end, the side opposite, the other end.
fn section(tier: &Tier, place: u32) -> Zone {
    let name = (tier.first + place + 1).to_string();
    let category = match place {
        2 | 3 if tier.first == 100 => "VIP",
        0..ON_A_SIDE => "Main stand",
        place if (ON_A_SIDE + ON_AN_END..2 * ON_A_SIDE + ON_AN_END).contains(&place) => "Opposite stand",
        _ => "Terraces",
    };
    let rows = (0..tier.rows).map(|row| {
        let radius = tier.radius + f64::from(row) * ROW;
        let spots = spots(place, radius);
        let last = spots.len() - 1;
        let number = (row + 1).to_string();
        // Wheelchairs reach the first row of the sides, with somebody beside them.
        let kinds = |seat: usize| match seat {
            0 | 2 if row == 0 && tier.first == 100 && place < ON_A_SIDE => Kinds::ACCESSIBLE,
            1 | 3 if row == 0 && tier.first == 100 && place < ON_A_SIDE => Kinds::COMPANION,
            seat if seat == 0 || seat == last => Kinds::AISLE,
            _ => Kinds::default(),
        };
        let seats = seats((&name, &number), category, &spots, kinds);
        let elevation = tier.height.0 + f64::from(row) * tier.height.1;
        Row { name: number, elevation: Some((elevation * 10.0).round() / 10.0), seats, ..Row::default() }
    });
    Zone { name: Some(name.clone()), at: MIDDLE, rows: rows.collect(), ..Zone::default() }
}

/// The seats of a row, from the left as one looks at the pitch.
fn spots(place: u32, radius: f64) -> Vec<Spot> {
    let (side, half) = (ON_A_SIDE, ON_A_SIDE + ON_AN_END);
    // The second half of the bowl is the first, turned round.
    let turn = |found: Spot| if place < half { found } else { spot(-found.x, -found.y) };
    let place = place % half;
    let spots: Vec<Spot> = if place < side {
        let width = 2.0 * HALF / f64::from(side);
        let from = -HALF + f64::from(place) * width + STAIRS / 2.0;
        along(width).map(|along| spot(from + along, -radius)).collect()
    } else {
        let angle = PI / f64::from(ON_AN_END);
        let from = f64::from(place - side) * angle - FRAC_PI_2;
        let inset = STAIRS / 2.0 / radius;
        along(angle * radius)
            .map(|along| from + inset + along / radius)
            .map(|angle| spot(HALF + radius * angle.cos(), radius * angle.sin()))
            .collect()
    };
    spots.into_iter().map(turn).collect()
}

/// Where seats stand on a way of this length, stairs at its ends.
fn along(length: f64) -> impl Iterator<Item = f64> {
    (0..u32::MAX).map(|seat| f64::from(seat) * SEAT).take_while(move |along| *along <= length - STAIRS)
}
