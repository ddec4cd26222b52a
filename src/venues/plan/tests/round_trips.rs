//! Export gives back what was imported.

use proptest::prelude::*;
use serde_json::Value;

use super::made::{a_hall, any_file};
use crate::venues::{
    plan::{Format, Plan, Spot, to_map},
    seat_map::{Kinds, RowForm, SeatMap},
};

fn read(text: &str) -> Plan {
    Plan::read(text.as_bytes()).unwrap_or_else(|faults| panic!("{faults:?} in {text}")).0
}

/// All that a seat is, wherever its file says so.
fn seats(plan: &Plan) -> Vec<(String, String, String, String, String, Spot, Kinds, RowForm)> {
    let mut seats = Vec::new();
    for zone in &plan.zones {
        for row in &zone.rows {
            let corner = zone.at.plus(row.at.unwrap_or_default());
            seats.extend(row.seats.iter().map(|seat| {
                let section = zone.name.clone().unwrap_or_default();
                let at = corner.plus(seat.at);
                let (guid, number, category) =
                    (seat.guid.clone(), seat.number.trim().to_owned(), seat.category.clone());
                (guid, section, row.name.clone(), number, category, at, seat.kinds, row.form)
            }));
        }
    }
    seats.sort_by(|a, b| a.0.cmp(&b.0));
    seats
}

#[test]
fn a_hall_of_another_program_is_read_whole() {
    let plan = read(&a_hall().to_string());
    let map = to_map(&plan);
    assert_eq!((map.seats.len(), map.standing(), map.rows(), map.sections.len()), (12, 500, 3, 3));
    assert_eq!(map.sections[0].rows[0].runs, [0..3, 3..5], "an aisle where the gap is");
    assert_eq!(map.sections[0].rows[1].height, 4);
    assert_eq!(map.sections[1].rows[0].form, RowForm::Booth);
    assert!(map.seats[0].kinds.has(Kinds::ACCESSIBLE));
    assert!(map.seats[2].kinds.has(Kinds::AISLE) && !map.seats[1].kinds.has(Kinds::AISLE));
    assert_eq!(map.zones[0].color, [0xf0, 0x86, 0x1a]);
    let name = map.name_of(4).expect("a seat");
    assert_eq!((name.section, name.row, &*name.number), ("Stalls", "1", "5"));
    // The stage is what all look at.
    let stage = &map.shapes[0];
    assert_eq!(stage.text, "Stage");
    assert_eq!(map.focus.x, u16::midpoint(stage.outline[0].x, stage.outline[1].x));
    assert_eq!(SeatMap::decode(&map.encode()), Ok(map));
}

#[test]
fn what_nobody_knows_is_written_back_unchanged() {
    let file = a_hall();
    let back: Value = serde_json::from_str(&read(&file.to_string()).write(Format::Json)).expect("a file");
    assert_eq!(back, file);
}

#[test]
fn seats_in_no_order_are_put_side_by_side() {
    let mut file = a_hall();
    let row = file["zones"][0]["rows"][0]["seats"].as_array_mut().expect("seats");
    row.swap(0, 3);
    row.swap(1, 4);
    let map = to_map(&read(&file.to_string()));
    assert_eq!(map.sections[0].rows[0].runs, [0..3, 3..5]);
    let numbers: Vec<_> = (0..5).map(|seat| map.name_of(seat).expect("a seat").number).collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "5"]);
}

proptest! {
    #[test]
    fn an_open_plan_comes_back_as_it_was(file in any_file()) {
        let plan = read(&file.to_string());
        let back: Value = serde_json::from_str(&plan.write(Format::Json)).expect("a file");
        prop_assert_eq!(&back, &file);
        prop_assert_eq!(read(&back.to_string()), plan);
    }

    #[test]
    fn every_plan_has_a_map_with_its_seats(file in any_file()) {
        let plan = read(&file.to_string());
        let map = to_map(&plan);
        prop_assert_eq!(map.seats.len(), seats(&plan).len());
        let names: Vec<_> = (0..u32::try_from(map.seats.len()).unwrap()).map(|seat| map.name_of(seat)).collect();
        prop_assert!(names.iter().all(Option::is_some));
        prop_assert_eq!(SeatMap::decode(&map.encode()), Ok(map));
    }

    #[test]
    fn a_drawing_comes_back_with_the_same_seats(file in any_file()) {
        let plan = read(&file.to_string());
        let again = read(&plan.write(Format::Svg));
        prop_assert_eq!(seats(&again), seats(&plan));
        let drawn = again.write(Format::Svg);
        prop_assert_eq!(read(&drawn).write(Format::Svg), drawn);
    }

    #[test]
    fn a_table_of_seats_comes_back_as_it_was(
        lines in prop::collection::vec(("[A-C=+ é\"]{1,3}", "[0-9]{1,2}", "(Front|Back|=x|'y)"), 1..30),
    ) {
        let lines: Vec<_> = lines.into_iter().map(|(section, row, category)| (section.trim().to_owned(), row, category)).collect();
        let mut file = String::from("Section,Row,Seat,Category\n");
        for (number, (section, row, category)) in lines.iter().enumerate() {
            file.push_str(&format!("\"{}\",{row},{number},{category}\n", section.replace('"', "\"\"")));
        }
        let plan = read(&file);
        prop_assert_eq!(seats(&plan).len(), lines.len());
        for (number, (section, row, category)) in lines.iter().enumerate() {
            let is_it = |seat: &&(String, String, String, String, String, Spot, Kinds, RowForm)| seat.3 == number.to_string();
            let found = seats(&plan).iter().find(is_it).cloned().expect("the seat");
            prop_assert_eq!((&found.1, &found.2, &found.4), (section, row, category));
        }
        let written = plan.write(Format::Csv);
        let again = read(&written);
        prop_assert_eq!(seats(&again), seats(&plan));
        prop_assert_eq!(again.write(Format::Csv), written);
    }
}
