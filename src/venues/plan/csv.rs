//! A line for each seat: section, row and seat, and what else is known of it.

use std::collections::{HashMap, HashSet};

use csv::{ReaderBuilder, StringRecord};

use super::{
    Category, Fault, Plan, Problem, Row, Seat, Spot, Whence, Zone,
    faults::Faults,
    json::{bad_words, most},
    layout,
    rows::{form_of_word, form_word},
};
use crate::venues::seat_map::{Kinds, SEATS_MAX};

/// The columns, the first three of which must be there.
const COLUMNS: [&str; 10] = ["section", "row", "seat", "category", "kinds", "x", "y", "form", "elevation", "seat_guid"];
const NEEDED: usize = 3;
/// The price zone of seats that name none.
const ONLY: &str = "Standard";
/// Between two kinds in one cell.
const BETWEEN: char = ' ';

/// Reads a file, or says everything that is wrong with it.
pub fn read(text: &str) -> Result<Plan, Vec<Fault>> {
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b';', b'\t'].into_iter().find(|sign| head.as_bytes().contains(sign)).unwrap_or(b',');
    let mut lines = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let broken = |line| vec![Fault::at_line(line, Problem::Broken)];
    let head = lines.headers().map_err(|_| broken(1))?.clone();
    let mut reading = Reading { columns: columns(&head)?, ..Reading::default() };
    for record in lines.records() {
        let record = record.map_err(|error| broken(error.position().map_or(0, |at| line(at.line()))))?;
        if !record.iter().all(|cell| cell.trim().is_empty()) {
            reading.line(&record);
        }
    }
    reading.finish()
}

/// Where each column is.
fn columns(head: &StringRecord) -> Result<[Option<usize>; COLUMNS.len()], Vec<Fault>> {
    let names: Vec<_> = head.iter().map(|name| name.trim().to_lowercase().replace(' ', "_")).collect();
    let found = COLUMNS.map(|column| names.iter().position(|name| name == column));
    let missing = COLUMNS[..NEEDED].iter().zip(found).filter(|(_, place)| place.is_none());
    let faults: Vec<_> = missing.map(|(name, _)| Fault::at_line(1, Problem::NoColumn((*name).to_owned()))).collect();
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

fn line(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[derive(Default)]
struct Reading {
    columns: [Option<usize>; COLUMNS.len()],
    faults: Faults,
    plan: Plan,
    zones: HashMap<String, usize>,
    rows: HashMap<(usize, String), usize>,
    guids: HashSet<String>,
    seats: usize,
    placed: usize,
}

impl Reading {
    fn cell<'a>(&self, record: &'a StringRecord, column: &str) -> &'a str {
        let place = COLUMNS.iter().position(|name| *name == column).and_then(|place| self.columns[place]);
        let cell = place.and_then(|place| record.get(place)).unwrap_or_default().trim();
        // What spreadsheets must not take for a formula went out with a mark in front.
        cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
    }

    fn line(&mut self, record: &StringRecord) {
        let line = record.position().map_or(0, |at| line(at.line()));
        let whence = || Whence::Line(line);
        let cells = COLUMNS.map(|column| self.cell(record, column));
        let [section, row, number, category, kinds, x, y, form, elevation, guid] = cells;
        for cell in cells {
            if let Some(problem) = bad_words(cell) {
                self.faults.add(whence, problem);
                return;
            }
        }
        if number.is_empty() {
            self.faults.add(whence, Problem::Missing);
            return;
        }
        let guid = if guid.is_empty() { format!("{section}-{row}-{number}") } else { guid.to_owned() };
        let parsed =
            (self.spot(line, x, y), self.kinds(line, kinds), self.form(line, form), self.number(line, elevation));
        if !self.guids.insert(guid.clone()) {
            self.faults.add(whence, Problem::Doubled(guid));
            return;
        }
        self.count(line);
        let (Some(spot), Some(kinds), Some(form), Some(elevation)) = parsed else { return };
        let category = if category.is_empty() { ONLY } else { category };
        self.category(category);
        let row = self.row(section, row);
        (row.form, row.elevation) = (form, elevation.or(row.elevation));
        let number = number.to_owned();
        row.seats.push(Seat { guid, number, at: spot, category: category.to_owned(), kinds, ..Seat::default() });
    }

    /// Both numbers or none.
    fn spot(&mut self, line: u32, x: &str, y: &str) -> Option<Spot> {
        let (x, y) = (self.number(line, x)?, self.number(line, y)?);
        match (x, y) {
            (Some(x), Some(y)) => {
                self.placed += 1;
                Some(Spot { x, y })
            }
            (None, None) => Some(Spot::default()),
            _ => {
                self.faults.add(|| Whence::Line(line), Problem::Missing);
                None
            }
        }
    }

    /// A number, or nothing in an empty cell.
    #[expect(clippy::option_option, reason = "what is empty is right, what is no number is not")]
    fn number(&mut self, line: u32, cell: &str) -> Option<Option<f64>> {
        if cell.is_empty() {
            return Some(None);
        }
        let number = cell.replace(',', ".").parse::<f64>().ok().filter(|number| number.abs() <= 10_000_000.0);
        if number.is_none() {
            self.faults.add(|| Whence::Line(line), Problem::NotANumber);
        }
        number.map(Some)
    }

    fn kinds(&mut self, line: u32, cell: &str) -> Option<Kinds> {
        let words = cell.split([BETWEEN, ',', ';', '|', '+']).filter(|word| !word.is_empty());
        let kinds = words.map(Kinds::of_word).try_fold(Kinds::default(), |kinds, kind| Some(kinds.with(kind?)));
        if kinds.is_none() {
            self.faults.add(|| Whence::Line(line), Problem::NotAChoice);
        }
        kinds
    }

    fn form(&mut self, line: u32, cell: &str) -> Option<crate::venues::seat_map::RowForm> {
        let form = if cell.is_empty() { Some(Row::default().form) } else { form_of_word(&cell.to_lowercase()) };
        if form.is_none() {
            self.faults.add(|| Whence::Line(line), Problem::NotAChoice);
        }
        form
    }

    fn count(&mut self, line: u32) {
        self.seats += 1;
        if self.seats == SEATS_MAX + 1 {
            self.faults.add(|| Whence::Line(line), Problem::TooMany { max: most(SEATS_MAX) });
        }
    }

    fn category(&mut self, name: &str) {
        if !self.plan.categories.iter().any(|category| category.name == name) {
            self.plan.categories.push(Category { name: name.to_owned(), ..Category::default() });
        }
    }

    fn row(&mut self, section: &str, row: &str) -> &mut Row {
        let zones = &mut self.plan.zones;
        let zone = *self.zones.entry(section.to_owned()).or_insert_with(|| {
            zones.push(Zone { name: Some(section.to_owned()), ..Zone::default() });
            zones.len() - 1
        });
        let rows = &mut zones[zone].rows;
        let row = *self.rows.entry((zone, row.to_owned())).or_insert_with(|| {
            rows.push(Row { name: row.to_owned(), ..Row::default() });
            rows.len() - 1
        });
        &mut rows[row]
    }

    fn finish(mut self) -> Result<Plan, Vec<Fault>> {
        self.faults.add_sizes(&self.plan, self.rows.len());
        if self.seats == 0 {
            self.faults.add(|| Whence::File, Problem::NoSeats);
        }
        if self.placed == 0 {
            layout::lay_out(&mut self.plan);
        } else if self.placed < self.seats {
            // Some seats have a place and some have none: where should those be?
            self.faults.add(|| Whence::File, Problem::NoColumn("x".to_owned()));
        }
        self.faults.unless_any(self.plan)
    }
}

/// The plan's seats as a file.
pub fn write(plan: &Plan) -> String {
    let mut file = format!("\u{feff}{}\r\n", COLUMNS.join(","));
    for zone in &plan.zones {
        for row in &zone.rows {
            let corner = zone.at.plus(row.at.unwrap_or_default());
            row.seats.iter().for_each(|seat| file.push_str(&seat_line(zone, row, seat, corner)));
        }
    }
    file
}

fn seat_line(zone: &Zone, row: &Row, seat: &Seat, corner: Spot) -> String {
    let at = corner.plus(seat.at);
    let kinds: Vec<_> = seat.kinds.each().map(Kinds::word).collect();
    let words = [zone.name.as_deref().unwrap_or_default(), &row.name, &seat.number, &seat.category].map(cell);
    let elevation = row.elevation.map(|metres| metres.to_string()).unwrap_or_default();
    let (kinds, form, guid) = (kinds.join(&BETWEEN.to_string()), form_word(row.form), cell(&seat.guid));
    format!("{},{kinds},{},{},{form},{elevation},{guid}\r\n", words.join(","), at.x, at.y)
}

/// A cell in quotes, with a mark in front of what a spreadsheet would take for a formula.
fn cell(text: &str) -> String {
    let mark = if is_formula(text) { "'" } else { "" };
    format!("\"{mark}{}\"", text.replace('"', "\"\""))
}

/// Whether a spreadsheet may take the text for more than text. What already bears marks gets another, which comes off
/// again.
fn is_formula(text: &str) -> bool {
    let first = text.trim_start_matches('\'').chars().next();
    first.is_some_and(|sign| matches!(sign, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
}
