//! Plans for tests.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A small hall as other programs write it: two sections, a stage, a table, people who stand.
pub fn a_hall() -> Value {
    json!({
        "name": "Hall", "size": { "width": 600, "height": 400, "unit": "px" }, "version": 3,
        "categories": [{ "name": "Front", "color": "#F0861A", "id": 7 }, { "name": "Back" }],
        "zones": [
            {
                "name": "Stalls", "position": { "x": 0, "y": 0 }, "zone_id": "s1", "uuid": "u-1",
                "areas": [{ "shape": "rectangle", "position": { "x": 100, "y": -80 }, "rectangle": { "width": 200, "height": 40 },
                            "text": { "text": "Stage", "size": 16 }, "color": "#cccccc", "uuid": "u-9" }],
                "rows": [
                    { "row_number": "1", "position": { "x": 10, "y": 20.5, "z": 1 }, "row_number_position": "both",
                      "seats": seats("1", "Front", &[0, 25, 50, 125, 150]) },
                    { "row_number": "2", "position": { "x": 10, "y": 52 }, "lango": { "elevation": 0.4 },
                      "seats": seats("2", "Back", &[0, 25, 50, 125, 150]) },
                ],
            },
            {
                "name": "Tables", "position": { "x": 300, "y": 100 }, "rows": [
                    { "row_number": "T1", "lango": { "form": "booth", "later": true }, "seats": seats("T1", "Back", &[0, 30]) },
                ], "areas": [],
            },
            {
                "name": "Floor", "position": { "x": 0, "y": 300 }, "rows": [],
                "areas": [{ "position": { "x": 0, "y": 0 }, "width": 400, "height": 100, "rotation": 0 }],
                "lango": { "standing": { "capacity": 500, "category": "Back" } },
            },
        ],
    })
}

fn seats(row: &str, category: &str, places: &[i32]) -> Vec<Value> {
    let seat = |(x, number): (&i32, usize)| {
        let kinds =
            if number == 1 { json!({ "wheelchair": true, "accessible": true }) } else { json!({ "radius": 10 }) };
        let mut seat = json!({
            "seat_guid": format!("{row}-{number}"), "seat_number": number.to_string(), "category": category,
            "position": { "x": x, "y": 0 },
        });
        let (Value::Object(seat_fields), Value::Object(kinds)) = (&mut seat, kinds) else { unreachable!() };
        seat_fields.extend(kinds);
        seat
    };
    places.iter().zip(1..).map(seat).collect()
}

/// Fields that no program has.
fn extra() -> impl Strategy<Value = Map<String, Value>> {
    let value = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,5}".prop_map(Value::from),
        Just(json!({ "deep": [1, { "deeper": "x" }] })),
    ];
    prop::collection::btree_map("x_[a-z]{1,4}", value, 0..3).prop_map(|fields| fields.into_iter().collect())
}

fn with(mut fields: Map<String, Value>, own: Value) -> Value {
    let Value::Object(own) = own else { unreachable!() };
    fields.extend(own);
    Value::Object(fields)
}

fn place() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        (-5000..5000_i32).prop_map(Value::from),
        (-500_000..500_000_i32).prop_map(|number| json!(f64::from(number) / 128.0 + 0.001)),
    ];
    (number.clone(), number, extra()).prop_map(|(x, y, more)| with(more, json!({ "x": x, "y": y })))
}

/// A file that somebody may have, with fields that nobody knows.
pub fn any_file() -> impl Strategy<Value = Value> {
    let kinds =
        prop::sample::subsequence(vec!["wheelchair", "accessible", "companion", "restricted_view", "aisle"], 0..3);
    let seat = ("[A-Z0-9 ]{0,3}", place(), 0..2_usize, kinds, extra());
    let row = (
        ".{0,4}",
        prop::option::of(place()),
        prop::option::of(0..90_u32),
        0..3_usize,
        prop::collection::vec(seat, 1..5),
        extra(),
    );
    let zone = (prop::option::of("[^\\p{C}]{0,6}"), place(), prop::collection::vec(row, 1..4), extra());
    (".{0,9}", prop::collection::vec(zone, 1..4), extra(), extra()).prop_map(|(name, zones, category, more)| {
        let mut guid = 0;
        let zones: Vec<_> = zones.into_iter().map(|zone| make_zone(zone, &mut guid)).collect();
        let clean = |text: String| text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect::<String>();
        let categories = [with(category, json!({ "name": "Front", "color": "#123456" })), json!({ "name": "Back" })];
        with(more, json!({ "name": clean(name), "categories": categories, "zones": zones }))
    })
}

type SeatParts = (String, Value, usize, Vec<&'static str>, Map<String, Value>);
type RowParts = (String, Option<Value>, Option<u32>, usize, Vec<SeatParts>, Map<String, Value>);

fn make_zone(
    (name, position, rows, more): (Option<String>, Value, Vec<RowParts>, Map<String, Value>),
    guid: &mut u32,
) -> Value {
    let rows: Vec<_> = rows.into_iter().map(|row| make_row(row, guid)).collect();
    let mut zone = with(more, json!({ "position": position, "rows": rows, "areas": [] }));
    if let Some(name) = name {
        zone["name"] = name.chars().filter(|c| c.is_ascii_graphic()).collect::<String>().into();
    }
    zone
}

fn make_row((name, position, elevation, form, seats, more): RowParts, guid: &mut u32) -> Value {
    let seats: Vec<_> = seats
        .into_iter()
        .map(|(number, position, category, kinds, more)| {
            *guid += 1;
            let category = ["Front", "Back"][category];
            let mut seat = with(more, json!({ "seat_number": number, "position": position, "category": category }));
            seat["seat_guid"] = format!("g{guid}").into();
            kinds.into_iter().for_each(|kind| seat[kind] = true.into());
            seat
        })
        .collect();
    let name: String = name.chars().filter(char::is_ascii_graphic).collect();
    let mut row = with(more, json!({ "row_number": name, "seats": seats }));
    if let Some(position) = position {
        row["position"] = position;
    }
    if let Some(elevation) = elevation {
        row["lango"]["elevation"] = elevation.into();
    }
    if form > 0 {
        row["lango"]["form"] = ["row", "table", "booth"][form].into();
    }
    row
}
