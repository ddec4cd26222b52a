//! What best available gives in an empty house: so an organizer sees which seats the map takes for good.

use serde::{Deserialize, Serialize};

use super::{MapSheet, dot, names};
use crate::venues::seat_map::{FreeSeats, Orphans, Ranking, SeatMap, Wish, best_available};

/// Parts into which a group is split on trial.
const PARTS_MAX: u32 = 3;

/// Seats side by side, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub section: String,
    pub row: String,
    pub numbers: String,
}

/// The seats that would be given first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// None when so many seats are not to be had.
    pub parts: Vec<Part>,
    /// A path's `d`, a dot for each seat.
    pub path: String,
}

impl MapSheet {
    /// The sheet with the best seats marked: so many, of one price zone or of any.
    #[must_use]
    pub fn with_best(self, map: &SeatMap, seats: u32, zone: Option<u8>) -> Self {
        let free = FreeSeats::all(u32::try_from(map.seats.len()).unwrap_or(u32::MAX));
        let wish = Wish {
            seats,
            zones: zone.into_iter().collect(),
            accessible: 0,
            orphans: Orphans::Never,
            parts_max: PARTS_MAX,
        };
        let pick = best_available(map, &Ranking::of(map), &free, &wish);
        let parts = pick.map(|pick| pick.parts).unwrap_or_default();
        let path = parts.iter().cloned().flatten().map(|seat| dot(map.seats[seat as usize].at)).collect();
        let parts = parts.into_iter().filter_map(|part| {
            let section = map.sections.iter().find(|section| section.seats().contains(&part.start))?;
            let row = section.rows.iter().find(|row| row.seats().contains(&part.start))?;
            let numbers = names::numbers(row, part);
            Some(Part { section: section.name.clone(), row: row.name.clone(), numbers })
        });
        Self { suggestion: Some(Suggestion { parts: parts.collect(), path }), ..self }
    }
}
