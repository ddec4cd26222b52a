//! Venues of the demo: places that are real, with plans of their plausible shape.
mod club;
mod stadium;
mod theatre;

use std::sync::OnceLock;

use serde_json::json;
use uuid::Uuid;

use crate::{
    error::Result,
    kernel::{AccountId, OrgId, VenueId},
    platform::{chance::Chance, db::Tx, state::AppState},
    venues::{
        NewMap, VenueForm, insert_venue, keep_map, new_map,
        plan::{Category, Extra, Seat, Spot},
        seat_map::Kinds,
    },
};

/// A venue of the demo, ready to be written.
pub struct DemoVenue {
    name: &'static str,
    map: NewMap,
}

/// The venues; drawing them takes a moment, so it is done once, and before anything is written.
pub fn all() -> &'static [DemoVenue] {
    static ALL: OnceLock<Vec<DemoVenue>> = OnceLock::new();
    ALL.get_or_init(draw)
}

fn draw() -> Vec<DemoVenue> {
    let plans = [
        ("Moi International Sports Centre, Kasarani", stadium::plan()),
        ("Kenya National Theatre", theatre::plan()),
        ("Baraza Club", club::plan()),
    ];
    plans.map(|(name, plan)| DemoVenue { name, map: new_map(&plan, &format!("{}.json", plan.name)) }).into()
}

/// Writes the venues of an organizer in Nairobi.
pub async fn put_up(
    app: &AppState,
    tx: &mut Tx,
    chance: &mut Chance,
    (org_id, owner, venues): (OrgId, Uuid, &[DemoVenue]),
) -> Result<()> {
    for venue in venues {
        let key = (org_id, VenueId(chance.id(app.now())));
        let form = VenueForm { name: venue.name.to_owned(), place: "Nairobi".to_owned() };
        insert_venue(tx, key, &form.parse()?).await?;
        keep_map(tx, key, AccountId(owner), &venue.map).await?;
    }
    Ok(())
}

fn category(name: &str, color: &str) -> Category {
    Category { name: name.to_owned(), color: Some(color.to_owned()), extra: Extra::new() }
}

/// Seats of one row, named after it; `kinds` tells what each of them is.
fn seats(row: (&str, &str), category: &str, spots: &[Spot], kinds: impl Fn(usize) -> Kinds) -> Vec<Seat> {
    let seat = |(place, at): (usize, &Spot)| Seat {
        guid: format!("{}-{}-{}", row.0, row.1, place + 1),
        number: (place + 1).to_string(),
        at: *at,
        category: category.to_owned(),
        kinds: kinds(place),
        extra: Extra::new(),
    };
    spots.iter().enumerate().map(seat).collect()
}

/// A place to a hundredth: plans need no more.
fn spot(x: f64, y: f64) -> Spot {
    Spot::new((x * 100.0).round() / 100.0, (y * 100.0).round() / 100.0)
}

/// A rectangle that is drawn.
fn rectangle((x, y): (f64, f64), (width, height): (f64, f64), color: &str, text: &str) -> Extra {
    let area = json!({
        "shape": "rectangle", "position": { "x": x, "y": y }, "rectangle": { "width": width, "height": height },
        "color": color, "text": { "text": text },
    });
    area.as_object().cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::venues::{
        plan::{Plan, to_map},
        seat_map::SeatMap,
    };

    fn map_of(plan: &Plan) -> SeatMap {
        let guids: HashSet<_> =
            plan.zones.iter().flat_map(|zone| &zone.rows).flat_map(|row| &row.seats).map(|seat| &seat.guid).collect();
        let map = to_map(plan);
        assert_eq!(guids.len(), map.seats.len(), "every seat has a name of its own");
        map
    }

    #[test]
    fn the_stadium_has_about_sixty_thousand_seats_and_a_small_map() {
        let map = map_of(&stadium::plan());
        assert!((58_000..=62_000).contains(&map.seats.len()), "{}", map.seats.len());
        let bytes = map.encode();
        assert!(bytes.len() < 120 * 1024, "{} bytes", bytes.len());
        assert_eq!(SeatMap::decode(&bytes), Ok(map));
    }

    #[test]
    fn the_theatre_and_the_club_have_what_they_are_known_for() {
        let theatre = map_of(&theatre::plan());
        assert!((400..=500).contains(&theatre.seats.len()), "{}", theatre.seats.len());
        assert!(theatre.seats.iter().any(|seat| seat.kinds.has(Kinds::ACCESSIBLE)));
        assert!(theatre.seats.iter().any(|seat| seat.kinds.has(Kinds::RESTRICTED_VIEW)));
        let club = map_of(&club::plan());
        assert_eq!(club.standing(), 400);
        let forms: HashSet<_> =
            club.sections.iter().flat_map(|section| &section.rows).map(|row| format!("{:?}", row.form)).collect();
        assert_eq!(forms, HashSet::from(["Table".to_owned(), "Booth".to_owned()]));
    }
}
