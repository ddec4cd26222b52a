//! The open seating-plan format, older and newer files alike.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    AREAS_MAX, CATEGORIES_MAX, Category, Extra, Fault, Plan, Problem, ROWS_MAX, Row, SECTIONS_MAX, Seat, Spot,
    Standing, Whence, Zone, faults::Faults, path::Path, rows::form_of_word,
};
use crate::{
    kernel::{FieldFault, Title},
    venues::seat_map::{Kinds, SEATS_MAX},
};

/// How far from the corner anything may be.
const FAR: f64 = 10_000_000.0;
/// Our own fields stand in an object of this name, where no other program's are.
pub const OURS: &str = "lango";

/// Reads a file, or says everything that is wrong with it.
pub fn read(text: &str) -> Result<Plan, Vec<Fault>> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| vec![Fault::at_line(u32::try_from(error.line()).unwrap_or(0), Problem::Broken)])?;
    let mut reading = Reading::default();
    let plan = reading.plan(value).unwrap_or_default();
    if reading.seats + reading.standing == 0 {
        reading.faults.add(|| Whence::File, Problem::NoSeats);
    }
    reading.faults.unless_any(plan)
}

#[derive(Default)]
struct Reading {
    faults: Faults,
    categories: HashSet<String>,
    guids: HashSet<String>,
    seats: usize,
    rows: usize,
    standing: usize,
}

impl Reading {
    fn plan(&mut self, value: Value) -> Option<Plan> {
        let Value::Object(mut extra) = value else {
            self.faults.add(|| Whence::File, Problem::NotAnObject);
            return None;
        };
        let at = |name| Path::field(None, name);
        let name = self.words(&mut extra, &at("name")).unwrap_or_default();
        let size = extra.contains_key("size").then(|| self.pair(&mut extra, &at("size"), ["width", "height"]));
        let mut ours = self.ours(&mut extra, &at(OURS));
        let focus = ours.contains_key("focus").then(|| self.spot(&mut ours, &at(OURS).to("focus")));
        keep_ours(&mut extra, ours);
        let categories = self.list(&mut extra, &at("categories"), ("categories", CATEGORIES_MAX));
        let categories = self.each(categories, &at("categories"), Self::category);
        let zones = self.list(&mut extra, &at("zones"), ("zones", SECTIONS_MAX));
        let zones = self.each(zones, &at("zones"), Self::zone);
        Some(Plan { name, size: size.flatten(), focus: focus.flatten(), categories, zones, extra })
    }

    fn category(&mut self, mut extra: Extra, at: &Path<'_>) -> Category {
        let name = self.words(&mut extra, &at.to("name")).unwrap_or_default();
        if !self.categories.insert(name.clone()) {
            self.faults.add(|| at.to("name").whence(), Problem::Doubled(name.clone()));
        }
        let color = self.maybe_words(&mut extra, &at.to("color"));
        Category { name, color, extra }
    }

    fn zone(&mut self, mut extra: Extra, at: &Path<'_>) -> Zone {
        let name = self.maybe_words(&mut extra, &at.to("name"));
        let spot = self.spot(&mut extra, &at.to("position")).unwrap_or_default();
        let rows = self.list(&mut extra, &at.to("rows"), ("rows", ROWS_MAX));
        let rows = self.each(rows, &at.to("rows"), Self::row);
        let areas = match extra.contains_key("areas") {
            true => self.list(&mut extra, &at.to("areas"), ("areas", AREAS_MAX)),
            false => Vec::new(),
        };
        let areas = self.each(areas, &at.to("areas"), |_, area, _| area);
        let mut ours = self.ours(&mut extra, &at.to(OURS));
        let standing = self.standing(&mut ours, &at.to(OURS));
        if standing.is_some() && areas.is_empty() {
            self.faults.add(|| at.to("areas").whence(), Problem::Missing);
        }
        keep_ours(&mut extra, ours);
        Zone { name, at: spot, rows, areas, standing, extra }
    }

    fn standing(&mut self, ours: &mut Extra, at: &Path<'_>) -> Option<Standing> {
        let value = ours.remove("standing")?;
        let at = at.to("standing");
        let mut standing = self.object(value, &at)?;
        let category = self.known_category(&mut standing, &at.to("category"));
        let capacity = self.number(standing.get("capacity"), &at.to("capacity"))?;
        if !(1.0..=1_000_000.0).contains(&capacity) || capacity.fract() != 0.0 {
            self.faults.add(|| at.to("capacity").whence(), Problem::OutOfRange);
            return None;
        }
        self.standing += 1;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "its range was looked at just now")]
        let capacity = capacity as u32;
        Some(Standing { capacity, category })
    }

    fn row(&mut self, mut extra: Extra, at: &Path<'_>) -> Row {
        self.rows += 1;
        if self.rows == ROWS_MAX + 1 {
            self.faults.add(|| at.whence(), Problem::TooMany { max: most(ROWS_MAX) });
        }
        let name = self.words(&mut extra, &at.to("row_number")).unwrap_or_default();
        let spot = extra.contains_key("position").then(|| self.spot(&mut extra, &at.to("position")));
        let mut ours = self.ours(&mut extra, &at.to(OURS));
        let elevation =
            ours.remove("elevation").and_then(|value| self.number(Some(&value), &at.to(OURS).to("elevation")));
        let word = self.maybe_words(&mut ours, &at.to(OURS).to("form"));
        let form = word.map_or(Some(Row::default().form), |word| form_of_word(&word));
        if form.is_none() {
            self.faults.add(|| at.to(OURS).to("form").whence(), Problem::NotAChoice);
        }
        keep_ours(&mut extra, ours);
        let seats = self.list(&mut extra, &at.to("seats"), ("seats", SEATS_MAX));
        let seats = self.each(seats, &at.to("seats"), Self::seat);
        Row { name, at: spot.flatten(), form: form.unwrap_or(Row::default().form), elevation, seats, extra }
    }

    fn seat(&mut self, mut extra: Extra, at: &Path<'_>) -> Seat {
        self.seats += 1;
        if self.seats == SEATS_MAX + 1 {
            self.faults.add(|| at.whence(), Problem::TooMany { max: most(SEATS_MAX) });
        }
        let guid = self.words(&mut extra, &at.to("seat_guid")).unwrap_or_default();
        if guid.is_empty() {
            self.faults.add(|| at.to("seat_guid").whence(), Problem::Missing);
        } else if !self.guids.insert(guid.clone()) {
            self.faults.add(|| at.to("seat_guid").whence(), Problem::Doubled(guid.clone()));
        }
        let number = self.words(&mut extra, &at.to("seat_number")).unwrap_or_default();
        let spot = self.spot(&mut extra, &at.to("position")).unwrap_or_default();
        let category = self.known_category(&mut extra, &at.to("category"));
        Seat { guid, number, at: spot, category, kinds: take_kinds(&mut extra), extra }
    }

    fn known_category(&mut self, from: &mut Extra, at: &Path<'_>) -> String {
        let category = self.words(from, at).unwrap_or_default();
        if !self.categories.contains(&category) && !self.faults.is_full() {
            self.faults.add(|| at.whence(), Problem::UnknownCategory(category.clone()));
        }
        category
    }
}

/// Values of every kind, or a fault.
impl Reading {
    fn object(&mut self, value: Value, at: &Path<'_>) -> Option<Extra> {
        match value {
            Value::Object(object) => Some(object),
            _ => {
                self.faults.add(|| at.whence(), Problem::NotAnObject);
                None
            }
        }
    }

    /// Our own fields of an object.
    fn ours(&mut self, from: &mut Extra, at: &Path<'_>) -> Extra {
        from.remove(OURS).and_then(|value| self.object(value, at)).unwrap_or_default()
    }

    fn list(&mut self, from: &mut Extra, at: &Path<'_>, (name, max): (&str, usize)) -> Vec<Value> {
        let problem = match from.remove(name) {
            Some(Value::Array(items)) if items.len() <= max => return items,
            Some(Value::Array(_)) => Problem::TooMany { max: most(max) },
            Some(_) => Problem::NotAList,
            None => Problem::Missing,
        };
        self.faults.add(|| at.whence(), problem);
        Vec::new()
    }

    fn each<T>(&mut self, items: Vec<Value>, at: &Path<'_>, read: fn(&mut Self, Extra, &Path<'_>) -> T) -> Vec<T> {
        let mut found = Vec::with_capacity(items.len());
        for (place, item) in items.into_iter().enumerate() {
            let at = at.item(place);
            found.extend(self.object(item, &at).map(|item| read(self, item, &at)));
        }
        found
    }

    fn words(&mut self, from: &mut Extra, at: &Path<'_>) -> Option<String> {
        let found = self.maybe_words(from, at);
        if found.is_none() {
            self.faults.add(|| at.whence(), Problem::Missing);
        }
        found
    }

    /// Words that may be missing; what is `null` is missing too, and stays so.
    fn maybe_words(&mut self, from: &mut Extra, at: &Path<'_>) -> Option<String> {
        let name = at.name();
        if from.get(name)?.is_null() {
            return None;
        }
        let problem = match from.remove(name) {
            Some(Value::String(words)) => match bad_words(&words) {
                None => return Some(words),
                Some(problem) => problem,
            },
            _ => Problem::NotWords,
        };
        self.faults.add(|| at.whence(), problem);
        Some(String::new())
    }

    fn spot(&mut self, from: &mut Extra, at: &Path<'_>) -> Option<Spot> {
        self.pair(from, at, ["x", "y"])
    }

    /// Two numbers in an object of their own; what else is in it stays behind.
    fn pair(&mut self, from: &mut Extra, at: &Path<'_>, [x, y]: [&str; 2]) -> Option<Spot> {
        let name = at.name();
        let Some(value) = from.remove(name) else {
            self.faults.add(|| at.whence(), Problem::Missing);
            return None;
        };
        let mut pair = self.object(value, at)?;
        let found = (self.number(pair.remove(x).as_ref(), &at.to(x)), self.number(pair.remove(y).as_ref(), &at.to(y)));
        if !pair.is_empty() {
            from.insert(name.to_owned(), Value::Object(pair));
        }
        found.0.zip(found.1).map(|(x, y)| Spot { x, y })
    }

    fn number(&mut self, value: Option<&Value>, at: &Path<'_>) -> Option<f64> {
        let problem = match value.map(Value::as_f64) {
            Some(Some(number)) if number.abs() <= FAR => return Some(number),
            Some(Some(_)) => Problem::OutOfRange,
            Some(None) => Problem::NotANumber,
            None => Problem::Missing,
        };
        self.faults.add(|| at.whence(), problem);
        None
    }
}

/// What is wrong with words; they may be empty.
pub fn bad_words(words: &str) -> Option<Problem> {
    match Title::parse(words) {
        Ok(_) | Err(FieldFault::Required) => None,
        Err(FieldFault::TooLong(max)) => Some(Problem::TooLong { max }),
        Err(_) => Some(Problem::BadCharacters),
    }
}

/// A limit as faults tell it.
pub fn most(max: usize) -> u32 {
    u32::try_from(max).unwrap_or(u32::MAX)
}

/// Puts back what is left of our own fields: those of a later version.
fn keep_ours(extra: &mut Extra, ours: Extra) {
    if !ours.is_empty() {
        extra.insert(OURS.to_owned(), Value::Object(ours));
    }
}

/// The kinds that a seat's fields tell. Our own words are taken out; those of other programs stay as they are.
fn take_kinds(extra: &mut Extra) -> Kinds {
    let mut kinds = Kinds::default();
    for kind in Kinds::ALL {
        let is_said = |word: &str, value: &Value| Kinds::of_word(word) == Some(kind) && *value == Value::Bool(true);
        let words: Vec<_> =
            extra.iter().filter(|(word, value)| is_said(word, value)).map(|(word, _)| word.clone()).collect();
        if !words.is_empty() {
            kinds = kinds.with(kind);
        }
        if words == [kind.word()] {
            extra.remove(kind.word());
        }
    }
    kinds
}
