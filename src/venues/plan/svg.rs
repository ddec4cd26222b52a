//! A drawing whose shapes are seats.
//!
//! A circle, ellipse or rectangle is a seat when it says so (`data-seat`), when it stands in a group that is a row
//! (`data-row`), or when its id reads `section-row-seat`. Its price zone is what it or a group around it says
//! (`data-category`), else its colour. Other shapes are drawn and not sold. What cannot be read is told, never left out.

mod shapes;

use std::collections::{HashMap, HashSet};

use roxmltree::{Document, Node, ParsingOptions};

use self::shapes::Name;
use super::{
    AREAS_MAX, Category, Extra, Fault, Plan, Problem, Row, Seat, Standing, Whence, Zone,
    faults::Faults,
    json::{bad_words, most},
    rows::form_of_word,
    svg_transform::Transform,
};
use crate::venues::seat_map::{RowForm, SEATS_MAX};

/// Elements inside each other at most.
const DEPTH_MAX: u32 = 64;
/// Elements, attributes and texts of a file at most.
const NODES_MAX: u32 = 1_500_000;
/// What is not drawn, or only says how.
const SILENT: [&str; 9] =
    ["title", "desc", "metadata", "defs", "style", "linearGradient", "radialGradient", "clipPath", "tspan"];
/// The price zone of seats that name none and have no colour.
const ONLY: &str = "Standard";
/// The section of what is drawn outside every section.
const AROUND: &str = "";
const SVG: &str = "http://www.w3.org/2000/svg";

/// Reads a file, or says everything that is wrong with it. Documents with a DTD, and so with entities, are refused.
pub fn read(text: &str) -> Result<Plan, Vec<Fault>> {
    let options = ParsingOptions { nodes_limit: NODES_MAX, ..ParsingOptions::default() };
    let broken = |error: roxmltree::Error| vec![Fault::at_line(error.pos().row, Problem::Broken)];
    let document = Document::parse_with_options(text, options).map_err(broken)?;
    let mut reading = Reading::default();
    reading.plan.name = name_of(document.root_element());
    reading.children(document.root_element(), &Around::default());
    reading.finish()
}

fn name_of(root: Node<'_, '_>) -> String {
    let title = root.children().find(|node| node.has_tag_name((SVG, "title"))).and_then(|title| title.text());
    title.map(str::trim).filter(|title| bad_words(title).is_none()).unwrap_or_default().to_owned()
}

/// What the groups around an element say.
#[derive(Clone)]
struct Around {
    transform: Transform,
    section: Option<String>,
    row: Option<String>,
    /// The group that is the row: two groups are two rows, whatever they are called.
    group: usize,
    category: Option<String>,
    fill: Option<String>,
    form: RowForm,
    elevation: Option<f64>,
    depth: u32,
}

impl Default for Around {
    fn default() -> Self {
        Self {
            transform: Transform::NONE,
            section: None,
            row: None,
            group: 0,
            category: None,
            fill: None,
            form: RowForm::Row,
            elevation: None,
            depth: 0,
        }
    }
}

#[derive(Default)]
struct Reading {
    faults: Faults,
    plan: Plan,
    zones: HashMap<String, usize>,
    rows: HashMap<(usize, usize, String), usize>,
    categories: HashSet<String>,
    guids: HashSet<String>,
    seats: usize,
    areas: usize,
}

impl Reading {
    fn children(&mut self, node: Node<'_, '_>, around: &Around) {
        for child in node.children().filter(Node::is_element) {
            self.element(child, around);
        }
    }

    fn fault(&mut self, node: Node<'_, '_>, problem: Problem) {
        let line = || Whence::Line(node.document().text_pos_at(node.range().start).row);
        self.faults.add(line, problem);
    }

    fn element(&mut self, node: Node<'_, '_>, around: &Around) {
        let name = node.tag_name();
        // Other programs' own words about their drawing are not part of it.
        let is_foreign = name.namespace().is_some_and(|namespace| namespace != SVG);
        if is_foreign || SILENT.contains(&name.name()) || self.faults.is_full() {
            return;
        }
        let Some(around) = self.inside(node, around) else { return };
        match name.name() {
            "g" | "a" | "svg" if around.depth < DEPTH_MAX => self.children(node, &around),
            "circle" | "ellipse" | "rect" => self.shape(node, &around),
            "polygon" | "polyline" | "line" | "text" => self.area(node, &around),
            other => self.fault(node, Problem::Unreadable(other.chars().take(40).collect())),
        }
    }

    /// What holds inside an element.
    fn inside(&mut self, node: Node<'_, '_>, around: &Around) -> Option<Around> {
        let mut inside = Around { depth: around.depth + 1, ..around.clone() };
        if let Some(text) = node.attribute("transform") {
            let Some(own) = Transform::parse(text) else {
                self.fault(node, Problem::Unreadable("transform".to_owned()));
                return None;
            };
            inside.transform = around.transform.after(own);
        }
        for (name, place) in [
            ("data-section", &mut inside.section),
            ("data-row", &mut inside.row),
            ("data-category", &mut inside.category),
            ("fill", &mut inside.fill),
        ] {
            if let Some(words) = node.attribute(name) {
                if let Some(problem) = bad_words(words) {
                    self.fault(node, problem);
                    return None;
                }
                *place = Some(words.to_owned());
            }
        }
        if node.has_tag_name((SVG, "g")) && node.has_attribute("data-row") {
            inside.group = node.id().get_usize();
        }
        if let Some(word) = node.attribute("data-form") {
            let Some(form) = form_of_word(word) else {
                self.fault(node, Problem::NotAChoice);
                return None;
            };
            inside.form = form;
        }
        if let Some(text) = node.attribute("data-elevation") {
            inside.elevation = self.or_fault(node, shapes::numbers(text))?.first().copied();
        }
        Some(inside)
    }

    /// What was found, or a fault at the element.
    fn or_fault<T>(&mut self, node: Node<'_, '_>, found: Result<T, Problem>) -> Option<T> {
        found.map_err(|problem| self.fault(node, problem)).ok()
    }

    fn shape(&mut self, node: Node<'_, '_>, around: &Around) {
        let by_id = || node.attribute("id").and_then(shapes::name_by_id);
        let section = || around.section.clone().unwrap_or_default();
        let said = node.attribute("data-seat").map(|number| Name {
            section: section(),
            row: around.row.clone().unwrap_or_default(),
            number: Some(number.to_owned()),
        });
        let in_row = || {
            let row = around.row.clone().filter(|_| node.attribute("data-standing").is_none())?;
            Some(Name { section: section(), row, number: None })
        };
        match said.or_else(in_row).or_else(by_id) {
            Some(name) => self.seat(node, around, name),
            None => self.area(node, around),
        }
    }

    fn seat(&mut self, node: Node<'_, '_>, around: &Around, Name { section, row, number }: Name) {
        self.seats += 1;
        if self.seats == SEATS_MAX + 1 {
            return self.fault(node, Problem::TooMany { max: most(SEATS_MAX) });
        }
        let Some(middle) = self.or_fault(node, shapes::middle(node)) else { return };
        let at = around.transform.place(middle);
        let Some(kinds) = self.or_fault(node, shapes::kinds_of(node)) else { return };
        let words = [&section, &row, number.as_ref().unwrap_or(&row)];
        if let Some(problem) = words.into_iter().find_map(|words| bad_words(words)) {
            return self.fault(node, problem);
        }
        let category =
            around.category.clone().or_else(|| around.fill.clone()).filter(|name| !name.is_empty() && name != "none");
        let category = category.unwrap_or_else(|| ONLY.to_owned());
        self.category(&category, around.fill.as_deref());
        let line = self.row((&section, &row), around);
        let number = number.unwrap_or_else(|| (line.seats.len() + 1).to_string());
        let guid = node.attribute("id").map_or_else(|| format!("{section}-{row}-{number}"), str::to_owned);
        let problem =
            bad_words(&guid).or_else(|| (!self.guids.insert(guid.clone())).then(|| Problem::Doubled(guid.clone())));
        if let Some(problem) = problem {
            return self.fault(node, problem);
        }
        let seat = Seat { guid, number, at, category, kinds, extra: Extra::new() };
        self.row((&section, &row), around).seats.push(seat);
    }

    fn category(&mut self, name: &str, fill: Option<&str>) {
        if self.categories.insert(name.to_owned()) {
            let color = fill.filter(|fill| fill.starts_with('#')).map(str::to_owned);
            self.plan.categories.push(Category { name: name.to_owned(), color, extra: Extra::new() });
        }
    }

    fn zone(&mut self, section: &str) -> usize {
        let zones = &mut self.plan.zones;
        *self.zones.entry(section.to_owned()).or_insert_with(|| {
            zones.push(Zone { name: (section != AROUND).then(|| section.to_owned()), ..Zone::default() });
            zones.len() - 1
        })
    }

    fn row(&mut self, (section, row): (&str, &str), around: &Around) -> &mut Row {
        let zone = self.zone(section);
        let rows = &mut self.plan.zones[zone].rows;
        let place = *self.rows.entry((zone, around.group, row.to_owned())).or_insert_with(|| {
            let (form, elevation) = (around.form, around.elevation);
            rows.push(Row { name: row.to_owned(), form, elevation, ..Row::default() });
            rows.len() - 1
        });
        &mut rows[place]
    }

    /// Something that is drawn, or on which people stand.
    fn area(&mut self, node: Node<'_, '_>, around: &Around) {
        self.areas += 1;
        if self.areas == AREAS_MAX + 1 {
            return self.fault(node, Problem::TooMany { max: most(AREAS_MAX) });
        }
        let Some(outline) = self.or_fault(node, shapes::outline(node)) else { return };
        let points: Vec<_> = outline.into_iter().map(|spot| around.transform.place(spot)).collect();
        let standing = node.attribute("data-standing").map(str::to_owned);
        let words: String = if node.tag_name().name() == "text" {
            node.descendants().filter_map(|part| part.is_text().then(|| part.text()).flatten()).collect()
        } else {
            node.attribute("data-text").unwrap_or_default().to_owned()
        };
        let zone = self.zone(around.section.as_deref().unwrap_or(AROUND));
        let fill = around.fill.as_deref().filter(|fill| fill.starts_with('#'));
        let area = shapes::area(&points, words.trim(), fill);
        match standing {
            Some(capacity) => self.standing(node, around, (zone, &capacity, area)),
            None => self.plan.zones[zone].areas.push(area),
        }
    }

    fn standing(&mut self, node: Node<'_, '_>, around: &Around, (zone, capacity, area): (usize, &str, Extra)) {
        let capacity = capacity.parse().ok().filter(|capacity| (1..=1_000_000).contains(capacity));
        let Some(capacity) = capacity else { return self.fault(node, Problem::OutOfRange) };
        if self.plan.zones[zone].standing.is_some() {
            return self.fault(node, Problem::Doubled(around.section.clone().unwrap_or_default()));
        }
        let category = around.category.clone().or_else(|| around.fill.clone()).unwrap_or_else(|| ONLY.to_owned());
        self.category(&category, around.fill.as_deref());
        let zone = &mut self.plan.zones[zone];
        zone.areas.insert(0, area);
        zone.standing = Some(Standing { capacity, category });
    }

    fn finish(mut self) -> Result<Plan, Vec<Fault>> {
        self.faults.add_sizes(&self.plan, self.rows.len());
        if self.seats == 0 && self.plan.zones.iter().all(|zone| zone.standing.is_none()) {
            self.faults.add(|| Whence::File, Problem::NoSeats);
        }
        self.faults.unless_any(self.plan)
    }
}
