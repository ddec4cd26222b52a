//! Maps of all kinds: they come back as they were, and are small; the best seats are the best.

use proptest::prelude::*;

use super::*;

mod brute;

/// What a test's map is made of: rows of runs of so many seats.
pub fn a_map(sections: &[Vec<Vec<u32>>]) -> SeatMap {
    let mut seats = Vec::new();
    let mut found = Vec::new();
    for (place, rows) in sections.iter().enumerate() {
        let mut made = Vec::new();
        for (deep, runs) in rows.iter().enumerate() {
            let y = u16::try_from(1000 + deep * 100).unwrap();
            let mut x = u16::try_from(place * 5000).unwrap();
            let mut ranges = Vec::new();
            for run in runs {
                let start = u32::try_from(seats.len()).unwrap();
                for _ in 0..*run {
                    seats.push(Seat { at: Point::new(x, y), zone: 0, kinds: Kinds::default() });
                    x += 50;
                }
                x += 100;
                ranges.push(start..start + run);
            }
            made.push(Row {
                name: (deep + 1).to_string(),
                form: RowForm::Row,
                height: u16::try_from(deep * 3).unwrap(),
                numbering: Numbering::Counted { first: 1, step: 1 },
                runs: ranges,
            });
        }
        found.push(Section { name: format!("S{place}"), rows: made, standing: None });
    }
    SeatMap {
        name: "Hall".into(),
        size: Point::new(20_000, 9_000),
        radius: 20,
        focus: Point::new(400, 0),
        zones: vec![zone("Front"), zone("Back")],
        sections: found,
        shapes: Vec::new(),
        seats,
    }
}

fn zone(name: &str) -> PriceZone {
    PriceZone { name: name.into(), color: [240, 134, 26] }
}

/// A bowl of 60,000 seats: rings of sections, each of rows that bend around the pitch.
pub fn a_stadium() -> SeatMap {
    let mut map = a_map(&[]);
    map.size = Point::new(60_000, 60_000);
    map.focus = Point::new(30_000, 30_000);
    for block in 0..50_u32 {
        let mut rows = Vec::new();
        for row in 0..40_u32 {
            let start = u32::try_from(map.seats.len()).unwrap();
            let radius = 14_000.0 + f64::from(row) * 380.0;
            for seat in 0..30_u32 {
                let angle = (f64::from(block) + 0.05 + 0.9 * f64::from(seat) / 30.0) * std::f64::consts::TAU / 50.0;
                let x = (30_000.0 + radius * angle.cos()).round() as u16;
                let y = (30_000.0 + radius * angle.sin() * 0.8).round() as u16;
                let kinds = if [0, 14, 15, 29].contains(&seat) { Kinds::AISLE } else { Kinds::default() };
                map.seats.push(Seat { at: Point::new(x, y), zone: u8::from(row > 20), kinds });
            }
            rows.push(Row {
                name: (row + 1).to_string(),
                form: RowForm::Row,
                height: u16::try_from(row * 4).unwrap(),
                numbering: Numbering::Counted { first: 1, step: 1 },
                runs: vec![start..start + 15, start + 15..start + 30],
            });
        }
        map.sections.push(Section { name: format!("Block {}", block + 1), rows, standing: None });
    }
    map
}

#[test]
fn a_stadium_of_sixty_thousand_takes_less_than_120_kilobytes_even_uncompressed() {
    let map = a_stadium();
    assert_eq!(map.seats.len(), 60_000);
    let bytes = map.encode();

    assert!(bytes.len() < 120 * 1024, "{} bytes", bytes.len());
    assert_eq!(SeatMap::decode(&bytes).as_ref(), Ok(&map));
}

#[test]
fn what_is_cut_or_longer_or_of_another_version_is_no_map() {
    let bytes = a_map(&[vec![vec![3, 2]]]).encode();
    for end in 0..bytes.len() {
        assert_eq!(SeatMap::decode(&bytes[..end]), Err(DecodeFault), "{end}");
    }
    assert_eq!(SeatMap::decode(&[&bytes[..], &[0]].concat()), Err(DecodeFault));
    assert_eq!(SeatMap::decode(&[b"LSM2", &bytes[4..]].concat()), Err(DecodeFault));
}

fn a_point() -> impl Strategy<Value = Point> {
    prop_oneof![(any::<u16>(), any::<u16>()), (0..9_u16, 0..9_u16)].prop_map(|(x, y)| Point::new(x, y))
}

fn a_row() -> impl Strategy<Value = (Vec<Vec<Seat>>, String, u16, RowForm)> {
    let kinds = (0..16_u8).prop_map(|bits| Kinds::from_bits(bits).unwrap());
    let seat = (a_point(), 0..2_u8, kinds).prop_map(|(at, zone, kinds)| Seat { at, zone, kinds });
    let runs = prop::collection::vec(prop::collection::vec(seat, 1..6), 0..3);
    let form = prop_oneof![Just(RowForm::Row), Just(RowForm::Table), Just(RowForm::Booth)];
    (runs, "[A-Z0-9]{1,2}|.{0,5}", any::<u16>(), form)
}

/// Any map at all, far from what anybody would build.
fn any_map() -> impl Strategy<Value = SeatMap> {
    let standing = (any::<u32>(), 0..2_u8, prop::collection::vec(a_point(), 0..4));
    let standing =
        prop::option::of(standing.prop_map(|(capacity, zone, outline)| Standing { capacity, zone, outline }));
    let section = (".{0,6}", prop::collection::vec(a_row(), 0..4), standing);
    let shape = (prop::collection::vec(a_point(), 0..5), any::<[u8; 3]>(), ".{0,9}");
    let shape = shape.prop_map(|(outline, color, text)| Shape { outline, color, text });
    let sections = prop::collection::vec(section, 0..4);
    (".{0,9}", a_point(), a_point(), any::<u16>(), prop::collection::vec(shape, 0..3), sections).prop_map(
        |(name, size, focus, radius, shapes, sections)| {
            let mut map = SeatMap { name, size, focus, radius, shapes, ..a_map(&[]) };
            for (name, rows, standing) in sections {
                let rows = rows.into_iter().map(|row| furnish(&mut map.seats, row)).collect();
                map.sections.push(Section { name, rows, standing });
            }
            map
        },
    )
}

fn furnish(seats: &mut Vec<Seat>, (runs, name, height, form): (Vec<Vec<Seat>>, String, u16, RowForm)) -> Row {
    let mut ranges = Vec::new();
    for run in runs {
        let start = u32::try_from(seats.len()).unwrap();
        seats.extend(run);
        ranges.push(start..u32::try_from(seats.len()).unwrap());
    }
    let count = ranges.iter().map(ExactSizeIterator::len).sum::<usize>();
    let listed: Vec<_> = (0..count).map(|place| format!("{name}{place}")).collect();
    let numbering = Numbering::of(&listed.iter().map(String::as_str).collect::<Vec<_>>());
    Row { name, form, height, numbering, runs: ranges }
}

proptest! {
    #[test]
    fn every_map_comes_back_as_it_was(map in any_map()) {
        prop_assert_eq!(SeatMap::decode(&map.encode()), Ok(map));
    }

    #[test]
    fn no_bytes_break_the_reader(map in any_map(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = map.encode();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = SeatMap::decode(&bytes);
    }

    #[test]
    fn a_seat_is_called_by_its_row_and_number(rows in prop::collection::vec(prop::collection::vec(1..5_u32, 1..3), 1..4)) {
        let map = a_map(&[rows.clone()]);
        let mut seat = 0;
        for (deep, runs) in rows.iter().enumerate() {
            for number in 1..=runs.iter().sum() {
                let name = map.name_of(seat).unwrap();
                prop_assert_eq!((name.section, name.row, name.number), ("S0", &*(deep + 1).to_string(), number.to_string()));
                seat += 1;
            }
        }
        prop_assert_eq!(map.name_of(seat), None);
    }
}
