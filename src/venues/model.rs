//! Venues, their maps in versions, and what is asked of them.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::sheet::MapSheet;
use crate::kernel::{FieldErrors, Title, VenueId};

/// Venues of one organizer at most.
pub const VENUES_MAX: i64 = 200;
/// Versions of one map at most.
pub const VERSIONS_MAX: i32 = 500;
/// Seats that best available is tried with, at most.
pub const TRIED_SEATS_MAX: u32 = 20;

/// A place with a map of seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Venue {
    pub venue_id: VenueId,
    pub name: String,
    pub place: String,
}

/// A venue in an organizer's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VenueCard {
    pub venue: Venue,
    /// Its newest map; none before the first import.
    pub newest: Option<MapVersion>,
}

/// One version of a venue's map: what was sold on it stays on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapVersion {
    pub version: i32,
    /// The file it came from.
    pub file_name: String,
    pub sections: i32,
    pub rows: i32,
    pub seats: i32,
    pub standing: i32,
}

/// An organizer's venues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VenueList {
    pub org_name: String,
    pub venues: Vec<VenueCard>,
}

/// What of a map is looked at; words of an address, which may say anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MapLook {
    /// The newest when it is none.
    pub version: String,
    /// The place of a section in the map.
    pub section: String,
    /// How many seats best available is tried with.
    pub seats: String,
    /// The place of a price zone in the map.
    pub zone: String,
}

impl MapLook {
    /// How many seats are asked for together.
    pub fn seats(&self) -> Option<u32> {
        self.seats.trim().parse().ok().filter(|seats| (1..=TRIED_SEATS_MAX).contains(seats))
    }
}

/// All that a venue's page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VenuePage {
    pub venue: Venue,
    /// The newest first.
    pub versions: Vec<MapVersion>,
    /// The version that is looked at; none before the first import.
    pub shown: Option<i32>,
    pub sheet: Option<MapSheet>,
}

/// The raw form about a venue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VenueForm {
    pub name: String,
    pub place: String,
}

/// A checked venue that is not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVenue {
    pub name: Title,
    pub place: Title,
}

impl VenueForm {
    /// Checks every field.
    pub fn parse(&self) -> Result<NewVenue, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", Title::parse(&self.name));
        let place = errors.keep("place", Title::parse(&self.place));
        match (name, place) {
            (Some(name), Some(place)) => Ok(NewVenue { name, place }),
            _ => Err(errors),
        }
    }
}

/// Why a venue stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum VenueRefusal {
    #[error("You have a venue of this name already.")]
    NameTaken,
    #[error("You have as many venues as one organizer can have.")]
    TooMany,
    #[error("This venue has as many versions of its map as one can have.")]
    TooManyVersions,
}

impl VenueRefusal {
    pub const fn status(self) -> StatusCode {
        StatusCode::CONFLICT
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::FieldFault;

    #[test]
    fn a_venue_needs_a_name_and_a_place() {
        let good = VenueForm { name: "Kasarani".into(), place: "Nairobi".into() };
        assert!(good.parse().is_ok());
        let nameless = VenueForm { name: " ".into(), ..good.clone() };
        assert_eq!(nameless.parse(), Err(FieldErrors::one("name", FieldFault::Required)));
        let nowhere = VenueForm { place: "x".repeat(121), ..good };
        assert_eq!(nowhere.parse(), Err(FieldErrors::one("place", FieldFault::TooLong(120))));
    }

    #[test]
    fn an_address_that_says_nonsense_asks_for_no_seats() {
        for (text, seats) in
            [("6", Some(6)), (" 2 ", Some(2)), ("0", None), ("21", None), ("-1", None), ("six", None), ("", None)]
        {
            assert_eq!(MapLook { seats: text.into(), ..MapLook::default() }.seats(), seats, "{text}");
        }
    }
}
