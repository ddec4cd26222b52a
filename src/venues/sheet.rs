//! A map as a page shows it: lines for rows from afar, dots for seats from near, and lists that say the same in words.

mod best;
mod names;
#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use best::Suggestion;

use super::seat_map::{Kinds, Point, Row, RowForm, SeatMap, Section};

/// Seats of a map up to which each is a dot; beyond, a run is a line until its section is opened.
const DOTS_MAX: usize = 2_500;
/// Every so many seats a line bends.
const BEND: usize = 6;
/// Places of the map that a line may be off.
const OFF_THE_LINE: f64 = 4.0;
/// Letters on a map, in parts of its longer side: the largest, and the smallest that a phone shows well.
pub const LETTERS: u16 = 30;
const SMALL_LETTERS: u16 = 45;
/// Around a section that is looked at, in parts of its own size.
const MARGIN: u16 = 12;

/// A part of the map, as a drawing's `viewBox` says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

/// A stroke for many seats of one price zone: a path's `d`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stroke {
    pub color: String,
    pub path: String,
}

/// What is drawn and not sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// A polygon's `points`.
    pub points: String,
    pub color: String,
    pub text: String,
    pub x: u16,
    pub y: u16,
}

/// A section on the sheet and in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionView {
    /// Its place in the map.
    pub number: usize,
    pub name: String,
    pub rows: usize,
    pub seats: usize,
    /// People who stand.
    pub standing: u32,
    /// Its price zones, in words.
    pub zones: String,
    pub strokes: Vec<Stroke>,
    /// A polygon's `points`, where people stand.
    pub ground: Option<Drawn>,
    /// Where its name is written, and how large.
    pub x: u16,
    pub y: u16,
    pub letters: u16,
}

/// A row of a section that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowView {
    pub name: String,
    pub is_table: bool,
    pub is_booth: bool,
    pub count: usize,
    /// `1–14, 15–28`: a comma is an aisle.
    pub numbers: String,
    pub zones: String,
    /// Numbers of the seats of each kind.
    pub wheelchair: String,
    pub companion: String,
    pub restricted: String,
    /// Above the stage.
    pub metres: String,
    /// Where its name is written.
    pub x: u16,
    pub y: u16,
}

/// A price zone, and how many it has room for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneView {
    pub name: String,
    pub color: String,
    pub seats: u32,
    pub standing: u32,
}

/// A map as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapSheet {
    pub frame: Frame,
    /// A seat's width on the map.
    pub dot: u16,
    pub drawn: Vec<Drawn>,
    pub sections: Vec<SectionView>,
    pub zones: Vec<ZoneView>,
    /// The section that was opened, by its place, and its rows.
    pub opened: Option<usize>,
    pub rows: Vec<RowView>,
    pub suggestion: Option<Suggestion>,
}

impl MapSheet {
    /// The whole map, or one section of it from near.
    pub fn of(map: &SeatMap, opened: Option<usize>) -> Self {
        let opened = opened.filter(|number| *number < map.sections.len());
        let section = opened.map(|number| &map.sections[number]);
        let has_dots = opened.is_some() || map.seats.len() <= DOTS_MAX;
        let sections = map.sections.iter().enumerate();
        let shown = sections.map(|(number, section)| {
            let is_drawn = opened.is_none_or(|opened| opened == number);
            section_view(map, number, section, is_drawn.then_some(has_dots))
        });
        Self {
            frame: section.map_or_else(|| whole(map), |section| frame_of(&places(map, section), map.radius)),
            dot: map.radius.saturating_mul(2),
            drawn: map.shapes.iter().map(|shape| drawn(&shape.outline, shape.color, &shape.text)).collect(),
            sections: shown.collect(),
            zones: zones(map),
            opened,
            rows: section
                .map(|section| section.rows.iter().map(|row| row_view(map, row)).collect())
                .unwrap_or_default(),
            suggestion: None,
        }
    }
}

const fn whole(map: &SeatMap) -> Frame {
    Frame { x: 0, y: 0, width: map.size.x, height: map.size.y }
}

fn places(map: &SeatMap, section: &Section) -> Vec<Point> {
    let ground = section.standing.iter().flat_map(|standing| standing.outline.iter().copied());
    section.seats().map(|seat| map.seats[seat as usize].at).chain(ground).collect()
}

/// The part of the map around some places.
fn frame_of(places: &[Point], radius: u16) -> Frame {
    let range = |of: fn(&Point) -> u16| {
        let least = places.iter().map(of).min().unwrap_or(0);
        (least, places.iter().map(of).max().unwrap_or(0) - least)
    };
    let ((x, width), (y, height)) = (range(|place| place.x), range(|place| place.y));
    let margin = (width.max(height) / MARGIN).max(radius.saturating_mul(3));
    Frame {
        x: x.saturating_sub(margin),
        y: y.saturating_sub(margin),
        width: width.saturating_add(margin.saturating_mul(2)),
        height: height.saturating_add(margin.saturating_mul(2)),
    }
}

fn middle(places: &[Point]) -> Point {
    let frame = frame_of(places, 0);
    Point::new(frame.x.saturating_add(frame.width / 2), frame.y.saturating_add(frame.height / 2))
}

fn drawn(outline: &[Point], color: [u8; 3], text: &str) -> Drawn {
    let points: Vec<_> = outline.iter().map(|corner| format!("{},{}", corner.x, corner.y)).collect();
    let Point { x, y } = middle(outline);
    Drawn { points: points.join(" "), color: hex(color), text: text.to_owned(), x, y }
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// `draw` tells whether its seats are drawn, and whether as dots.
fn section_view(map: &SeatMap, number: usize, section: &Section, draw: Option<bool>) -> SectionView {
    let seats = section.seats();
    let standing = section.standing.as_ref();
    let places = places(map, section);
    let Point { x, y } = middle(&places);
    let ground = standing.filter(|_| draw.is_some());
    SectionView {
        number,
        name: section.name.clone(),
        rows: section.rows.len(),
        seats: seats.len(),
        standing: standing.map_or(0, |standing| standing.capacity),
        zones: zone_names(map, seats, standing.map(|standing| standing.zone)),
        strokes: draw.map(|has_dots| strokes(map, section, has_dots)).unwrap_or_default(),
        ground: ground.map(|standing| drawn(&standing.outline, map.zones[usize::from(standing.zone)].color, "")),
        x,
        y,
        letters: letters(map, frame_of(&places, 0).width, &section.name),
    }
}

/// How large a section's name is written: into its width where that can be read, never larger than other words.
fn letters(map: &SeatMap, width: u16, name: &str) -> u16 {
    let longest = map.size.x.max(map.size.y);
    let characters = u16::try_from(name.chars().count()).unwrap_or(u16::MAX).max(1);
    // A bold letter is about two thirds as wide as high.
    ((width / characters).saturating_mul(3) / 2).clamp(longest / SMALL_LETTERS, longest / LETTERS)
}

/// A stroke for each price zone of the section.
fn strokes(map: &SeatMap, section: &Section, has_dots: bool) -> Vec<Stroke> {
    let mut paths = vec![String::new(); map.zones.len()];
    for run in section.rows.iter().flat_map(|row| row.runs.iter().map(move |run| (row.form, run.clone()))) {
        let seats = &map.seats[run.1.start as usize..run.1.end as usize];
        for alike in seats.chunk_by(|a, b| a.zone == b.zone) {
            let path = &mut paths[usize::from(alike[0].zone)];
            if has_dots || run.0 != RowForm::Row {
                alike.iter().for_each(|seat| path.push_str(&dot(seat.at)));
            } else {
                path.push_str(&line(&alike.iter().map(|seat| seat.at).collect::<Vec<_>>()));
            }
        }
    }
    let colors = map.zones.iter().map(|zone| hex(zone.color));
    let strokes = colors.zip(paths).map(|(color, path)| Stroke { color, path });
    strokes.filter(|stroke| !stroke.path.is_empty()).collect()
}

/// A line of no length, which a round end makes a dot.
fn dot(at: Point) -> String {
    format!("M{} {}h0", at.x, at.y)
}

/// A line through a run, bent where the run bends.
fn line(places: &[Point]) -> String {
    let Some((last, before)) = places.split_last() else { return String::new() };
    let bend = if is_straight(places) { before.len().max(1) } else { BEND };
    let corners = before.iter().step_by(bend).chain([last]);
    let corners: Vec<_> = corners.map(|corner| format!("{} {}", corner.x, corner.y)).collect();
    if corners.len() == 1 { dot(*last) } else { format!("M{}", corners.join("L")) }
}

/// Whether the middle of a run is on the way from its first seat to its last, as far as the eye can tell.
fn is_straight(places: &[Point]) -> bool {
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return true };
    let way = |to: Point| (f64::from(to.x) - f64::from(first.x), f64::from(to.y) - f64::from(first.y));
    let (whole, half) = (way(*last), way(places[places.len() / 2]));
    (whole.0 * half.1 - whole.1 * half.0).abs() <= whole.0.hypot(whole.1) * OFF_THE_LINE
}

fn zone_names(map: &SeatMap, seats: Range<u32>, standing: Option<u8>) -> String {
    let mut zones: Vec<u8> = seats.map(|seat| map.seats[seat as usize].zone).chain(standing).collect();
    zones.sort_unstable();
    zones.dedup();
    let names: Vec<_> = zones.iter().map(|zone| map.zones[usize::from(*zone)].name.as_str()).collect();
    names.join(", ")
}

fn zones(map: &SeatMap) -> Vec<ZoneView> {
    let view = |zone: &super::seat_map::PriceZone| ZoneView {
        name: zone.name.clone(),
        color: hex(zone.color),
        seats: 0,
        standing: 0,
    };
    let mut zones: Vec<_> = map.zones.iter().map(view).collect();
    map.seats.iter().for_each(|seat| zones[usize::from(seat.zone)].seats += 1);
    let standing = map.sections.iter().filter_map(|section| section.standing.as_ref());
    standing.for_each(|standing| zones[usize::from(standing.zone)].standing += standing.capacity);
    zones
}

fn row_view(map: &SeatMap, row: &Row) -> RowView {
    let of_kind = |kind: Kinds| {
        let is_of = |seat: &u32| map.seats[*seat as usize].kinds.has(kind);
        names::numbers(row, row.seats().filter(is_of))
    };
    let runs: Vec<_> = row.runs.iter().map(|run| names::numbers(row, run.clone())).collect();
    // The name stands before the first seat, away from the second.
    let first = map.seats[row.seats().start as usize].at;
    let second = map.seats.get(row.seats().start as usize + 1).map_or(first, |seat| seat.at);
    let before = |here: u16, next: u16| u16::try_from(2 * i32::from(here) - i32::from(next)).unwrap_or(0);
    RowView {
        name: row.name.clone(),
        is_table: row.form == RowForm::Table,
        is_booth: row.form == RowForm::Booth,
        count: row.seats().len(),
        numbers: runs.join(", "),
        zones: zone_names(map, row.seats(), None),
        wheelchair: of_kind(Kinds::ACCESSIBLE),
        companion: of_kind(Kinds::COMPANION),
        restricted: of_kind(Kinds::RESTRICTED_VIEW),
        metres: if row.height == 0 { String::new() } else { format!("{}.{}", row.height / 10, row.height % 10) },
        x: before(first.x, second.x),
        y: before(first.y, second.y),
    }
}
