//! A plan as a file of the open format: what came in goes out again.

use serde_json::{Map, Value, json};

use super::{Category, Extra, Plan, Row, Seat, Spot, Zone, json::OURS, rows::form_word};
use crate::venues::seat_map::{Kinds, RowForm};

pub fn write(plan: &Plan) -> String {
    let mut file = plan.extra.clone();
    file.insert("name".into(), plan.name.clone().into());
    if let Some(size) = plan.size {
        put_pair(&mut file, "size", ("width", size.x), ("height", size.y));
    }
    if let Some(focus) = plan.focus {
        put_ours(&mut file, "focus", json!({ "x": number(focus.x), "y": number(focus.y) }));
    }
    file.insert("categories".into(), plan.categories.iter().map(category).collect());
    file.insert("zones".into(), plan.zones.iter().map(zone).collect());
    Value::Object(file).to_string()
}

fn category(category: &Category) -> Value {
    let mut file = category.extra.clone();
    file.insert("name".into(), category.name.clone().into());
    put_words(&mut file, "color", category.color.as_ref());
    Value::Object(file)
}

fn zone(zone: &Zone) -> Value {
    let mut file = zone.extra.clone();
    put_words(&mut file, "name", zone.name.as_ref());
    put_spot(&mut file, zone.at);
    file.insert("rows".into(), zone.rows.iter().map(row).collect());
    if !zone.areas.is_empty() || !file.contains_key("areas") {
        file.insert("areas".into(), zone.areas.iter().cloned().map(Value::Object).collect());
    }
    if let Some(standing) = &zone.standing {
        put_ours(&mut file, "standing", json!({ "capacity": standing.capacity, "category": standing.category }));
    }
    Value::Object(file)
}

fn row(row: &Row) -> Value {
    let mut file = row.extra.clone();
    file.insert("row_number".into(), row.name.clone().into());
    if let Some(at) = row.at {
        put_spot(&mut file, at);
    }
    if let Some(elevation) = row.elevation {
        put_ours(&mut file, "elevation", number(elevation));
    }
    if row.form != RowForm::Row {
        put_ours(&mut file, "form", form_word(row.form).into());
    }
    file.insert("seats".into(), row.seats.iter().map(seat).collect());
    Value::Object(file)
}

fn seat(seat: &Seat) -> Value {
    let mut file = seat.extra.clone();
    file.insert("seat_guid".into(), seat.guid.clone().into());
    file.insert("seat_number".into(), seat.number.clone().into());
    put_spot(&mut file, seat.at);
    file.insert("category".into(), seat.category.clone().into());
    for kind in seat.kinds.each() {
        let is_said =
            |(word, value): (&String, &Value)| Kinds::of_word(word) == Some(kind) && *value == Value::Bool(true);
        if !seat.extra.iter().any(is_said) {
            file.insert(kind.word().into(), true.into());
        }
    }
    Value::Object(file)
}

fn put_words(file: &mut Extra, name: &str, words: Option<&String>) {
    if let Some(words) = words {
        file.insert(name.into(), words.clone().into());
    }
}

fn put_spot(file: &mut Extra, spot: Spot) {
    put_pair(file, "position", ("x", spot.x), ("y", spot.y));
}

/// Two numbers beside what else stands in their object.
fn put_pair(file: &mut Extra, name: &str, (x, across): (&str, f64), (y, down): (&str, f64)) {
    let pair = object_in(file, name);
    pair.insert(x.into(), number(across));
    pair.insert(y.into(), number(down));
}

fn put_ours(file: &mut Extra, name: &str, value: Value) {
    object_in(file, OURS).insert(name.into(), value);
}

fn object_in<'a>(file: &'a mut Extra, name: &str) -> &'a mut Extra {
    let object = file.entry(name).or_insert_with(|| Value::Object(Map::new()));
    if !object.is_object() {
        *object = Value::Object(Map::new());
    }
    match object {
        Value::Object(object) => object,
        _ => unreachable!("it was made one"),
    }
}

/// A whole number without a point.
fn number(number: f64) -> Value {
    const WHOLE_MAX: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < WHOLE_MAX {
        #[expect(clippy::cast_possible_truncation, reason = "whole, and small enough")]
        return (number as i64).into();
    }
    number.into()
}
