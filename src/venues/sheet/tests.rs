//! What a page shows of a map, in lines, dots and words.

use super::*;
use crate::venues::seat_map::{Numbering, PriceZone, Seat};

/// So many rows of twenty seats, an aisle in the middle of each, the first seat of each for wheelchairs.
fn a_map(rows: u32) -> SeatMap {
    let mut map = SeatMap {
        name: "Hall".into(),
        size: Point::new(3_000, 60_000),
        radius: 20,
        focus: Point::new(1_000, 0),
        zones: vec![PriceZone { name: "Front".into(), color: [240, 134, 26] }],
        sections: vec![Section { name: "Stalls".into(), rows: Vec::new(), standing: None }],
        shapes: Vec::new(),
        seats: Vec::new(),
    };
    for row in 0..rows {
        let start = row * 20;
        for seat in 0..20_u16 {
            let x = 100 + seat * 50 + if seat < 10 { 0 } else { 100 };
            let y = 100 + u16::try_from(row).expect("few") * 100;
            let kinds = if seat == 0 { Kinds::ACCESSIBLE } else { Kinds::default() };
            map.seats.push(Seat { at: Point::new(x, y), zone: 0, kinds });
        }
        map.sections[0].rows.push(Row {
            name: (row + 1).to_string(),
            form: RowForm::Row,
            height: 14,
            numbering: Numbering::Counted { first: 1, step: 1 },
            runs: vec![start..start + 10, start + 10..start + 20],
        });
    }
    map
}

#[test]
fn from_afar_runs_are_lines_and_from_near_seats_are_dots() {
    let large = a_map(200);
    let afar = MapSheet::of(&large, None);
    assert!(afar.sections[0].strokes[0].path.starts_with("M100 100L550 100M700 100L1150 100M100 200L"));
    assert!(afar.rows.is_empty());
    let near = MapSheet::of(&large, Some(0));
    assert!(near.sections[0].strokes[0].path.starts_with("M100 100h0M150 100h0"));
    assert_eq!(near.rows.len(), 200);
    let small = MapSheet::of(&a_map(2), None);
    assert!(small.sections[0].strokes[0].path.starts_with("M100 100h0M150 100h0"));
    assert_eq!(MapSheet::of(&large, Some(7)), afar, "there is no such section");
}

#[test]
fn a_bent_run_is_a_bent_line() {
    let bent: Vec<_> = (0..13_u16).map(|place| Point::new(place * 100, 1_000 - place * (12 - place) * 10)).collect();
    assert_eq!(line(&bent), "M0 1000L600 640L1200 1000");
    assert_eq!(line(&bent[..1]), "M0 1000h0");
}

#[test]
fn a_row_is_told_in_words() {
    let row = &MapSheet::of(&a_map(1), Some(0)).rows[0];
    assert_eq!((row.numbers.as_str(), row.wheelchair.as_str(), row.metres.as_str()), ("1–10, 11–20", "1", "1.4"));
    assert_eq!((row.count, row.zones.as_str()), (20, "Front"));
    assert_eq!((row.x, row.y), (50, 100), "its name stands before the first seat");
}

#[test]
fn the_best_seats_are_told_and_marked() {
    let map = a_map(3);
    let best = MapSheet::of(&map, None).with_best(&map, 4, None).suggestion.expect("a suggestion");
    assert_eq!((best.parts[0].section.as_str(), best.parts[0].row.as_str()), ("Stalls", "1"));
    assert_eq!(best.parts[0].numbers, "15–18");
    assert_eq!(best.path, "M900 100h0M950 100h0M1000 100h0M1050 100h0");
    let none = MapSheet::of(&map, None).with_best(&map, 4, Some(9)).suggestion.expect("an answer");
    assert!(none.parts.is_empty());
}
