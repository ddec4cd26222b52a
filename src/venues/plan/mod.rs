//! A venue's plan as people draw, send and keep it: the open seating-plan format, with what we add to it.
//!
//! Every file that comes in becomes a plan, and every file that goes out is written from one; the map of seats is made of
//! it. What we do not know is kept where it was found and written back unchanged.
//! Invariant: a plan in hand has a map: seats have names of their own, places, and categories that exist.
mod areas;
mod csv;
mod faults;
mod json;
mod json_write;
mod layout;
mod path;
mod rows;
mod svg;
mod svg_transform;
mod svg_write;
#[cfg(test)]
mod tests;
mod to_map;

use super::fault::{Fault, Problem, Whence};
pub use to_map::to_map;

use crate::venues::seat_map::{Kinds, RowForm};

/// Bytes of a file at most.
pub const FILE_BYTES_MAX: usize = 24 * 1024 * 1024;
/// Sections, rows of the whole plan, price zones, and drawn things of a section, at most.
pub const SECTIONS_MAX: usize = 2_000;
pub const ROWS_MAX: usize = 20_000;
pub const CATEGORIES_MAX: usize = 200;
pub const AREAS_MAX: usize = 2_000;

/// Fields of a file that mean nothing to us.
pub type Extra = serde_json::Map<String, serde_json::Value>;

/// A place, or the way from one to another, in the plan's own units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spot {
    pub x: f64,
    pub y: f64,
}

impl Spot {
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self { x: self.x + other.x, y: self.y + other.y }
    }

    /// How far it is to another place.
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// A whole plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    pub name: String,
    /// Width and height.
    pub size: Option<Spot>,
    /// Where all look.
    pub focus: Option<Spot>,
    pub categories: Vec<Category>,
    pub zones: Vec<Zone>,
    pub extra: Extra,
}

/// A price zone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Category {
    pub name: String,
    pub color: Option<String>,
    pub extra: Extra,
}

/// A section.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Zone {
    pub name: Option<String>,
    pub at: Spot,
    pub rows: Vec<Row>,
    /// What is drawn, as it was written.
    pub areas: Vec<Extra>,
    pub standing: Option<Standing>,
    pub extra: Extra,
}

/// A section in which people stand, on its first area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub capacity: u32,
    pub category: String,
}

/// A row, a table or a booth.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub name: String,
    /// Within its section.
    pub at: Option<Spot>,
    pub form: RowForm,
    /// Metres above the stage.
    pub elevation: Option<f64>,
    pub seats: Vec<Seat>,
    pub extra: Extra,
}

impl Default for Row {
    fn default() -> Self {
        let (name, seats, extra) = (String::new(), Vec::new(), Extra::new());
        Self { name, at: None, form: RowForm::Row, elevation: None, seats, extra }
    }
}

/// One seat.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seat {
    /// Its name in the whole plan.
    pub guid: String,
    pub number: String,
    /// Within its row.
    pub at: Spot,
    pub category: String,
    pub kinds: Kinds,
    pub extra: Extra,
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    Svg,
    Csv,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Json, Self::Svg, Self::Csv];

    /// The ending of such a file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Svg => "svg",
            Self::Csv => "csv",
        }
    }

    /// What such a file is called on its way.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Svg => "image/svg+xml",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    /// The kind with this ending.
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }

    /// What a file is, by how it begins.
    fn of_text(text: &str) -> Self {
        match text.trim_start().chars().next() {
            Some('{' | '[') => Self::Json,
            Some('<') => Self::Svg,
            _ => Self::Csv,
        }
    }
}

impl Plan {
    /// Reads a file of any kind, or says everything that is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<(Self, Format), Vec<Fault>> {
        if bytes.len() > FILE_BYTES_MAX {
            return Err(vec![Fault::whole(Problem::TooLarge)]);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| vec![Fault::whole(Problem::NotText)])?;
        let text = text.trim_start_matches('\u{feff}');
        let format = Format::of_text(text);
        let plan = match format {
            Format::Json => json::read(text),
            Format::Svg => svg::read(text),
            Format::Csv => csv::read(text),
        }?;
        Ok((plan, format))
    }

    /// The plan as a file.
    pub fn write(&self, format: Format) -> String {
        match format {
            Format::Json => json_write::write(self),
            Format::Svg => svg_write::write(self),
            Format::Csv => csv::write(self),
        }
    }
}
