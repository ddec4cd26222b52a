//! Where every seat is: the compact form of a plan, the same on both sides.
//!
//! A seat is known by its place in [`SeatMap::seats`], which follows the plan's own order and never changes within a
//! version of a map: bitsets, claims and drawings all speak of that number.
//! Invariant: what is encoded decodes to the same map, and nothing else decodes at all.
mod best;
mod bytes;
mod codec;
mod curve;
mod free;
mod kinds;
mod numbering;
mod ranking;
mod split;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use best::{Orphans, Pick, Wish, best_available};
pub use codec::DecodeFault;
pub use free::FreeSeats;
pub use kinds::Kinds;
pub use numbering::Numbering;
pub use ranking::Ranking;

/// Longest side of a map in its own units; plans are scaled so that they fit.
pub const EXTENT_MAX: u16 = u16::MAX;
/// Seats of one map at most.
pub const SEATS_MAX: usize = 100_000;

/// A place on the map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    pub x: u16,
    pub y: u16,
}

impl Point {
    pub const fn new(x: u16, y: u16) -> Self {
        Self { x, y }
    }

    /// The square of the distance to another place.
    pub const fn distance_squared(self, other: Self) -> u64 {
        let (across, down) = (self.x.abs_diff(other.x) as u64, self.y.abs_diff(other.y) as u64);
        across * across + down * down
    }
}

/// What seats cost alike: ticket types are bound to these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceZone {
    pub name: String,
    /// Red, green, blue.
    pub color: [u8; 3],
}

/// One place to sit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    pub at: Point,
    /// Which of the map's price zones.
    pub zone: u8,
    pub kinds: Kinds,
}

/// What stands together: a row of seats, or the seats around something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowForm {
    Row,
    /// Seats around a table, sold one by one.
    Table,
    /// Seats that are sold together or not at all.
    Booth,
}

/// Seats that are named alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub name: String,
    pub form: RowForm,
    /// Above the stage or the pitch, in decimetres.
    pub height: u16,
    pub numbering: Numbering,
    /// Seats of each run: between two runs there is an aisle.
    pub runs: Vec<Range<u32>>,
}

impl Row {
    /// All seats of the row.
    pub fn seats(&self) -> Range<u32> {
        let first = self.runs.first().map_or(0, |run| run.start);
        first..self.runs.last().map_or(first, |run| run.end)
    }
}

/// People who stand: a number and an area instead of seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub capacity: u32,
    pub zone: u8,
    pub outline: Vec<Point>,
}

/// A part of the venue that has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub name: String,
    pub rows: Vec<Row>,
    pub standing: Option<Standing>,
}

impl Section {
    /// All seats of the section.
    pub fn seats(&self) -> Range<u32> {
        let first = self.rows.first().map_or(0, |row| row.seats().start);
        first..self.rows.last().map_or(first, |row| row.seats().end)
    }
}

/// What is drawn and not sold: a stage, a pitch, a wall, a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    pub outline: Vec<Point>,
    pub color: [u8; 3],
    pub text: String,
}

/// A venue's map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatMap {
    pub name: String,
    /// The far corner.
    pub size: Point,
    /// How far a seat reaches from its middle.
    pub radius: u16,
    /// Where all look: the stage or the pitch.
    pub focus: Point,
    pub zones: Vec<PriceZone>,
    pub sections: Vec<Section>,
    pub shapes: Vec<Shape>,
    pub seats: Vec<Seat>,
}

/// What a seat is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatName<'a> {
    pub section: &'a str,
    pub row: &'a str,
    pub number: String,
}

impl SeatMap {
    /// How many people stand.
    pub fn standing(&self) -> u32 {
        self.sections.iter().filter_map(|section| section.standing.as_ref()).map(|standing| standing.capacity).sum()
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.sections.iter().map(|section| section.rows.len()).sum()
    }

    /// What a seat is called; nothing when there is no such seat.
    pub fn name_of(&self, seat: u32) -> Option<SeatName<'_>> {
        let section = self.sections.iter().find(|section| section.seats().contains(&seat))?;
        let row = section.rows.iter().find(|row| row.seats().contains(&seat))?;
        let number = row.numbering.label(seat - row.seats().start);
        Some(SeatName { section: &section.name, row: &row.name, number })
    }
}
