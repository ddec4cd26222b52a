//! The map of seats that a plan describes.

use super::{Plan, Row, Seat, Spot, Zone, areas, rows};
use crate::venues::seat_map::{
    self, EXTENT_MAX, Kinds, Numbering, Point, PriceZone, RowForm, SeatMap, Section, Shape, Standing,
};

/// Price zones without a colour of their own get one of these.
const COLORS: [[u8; 3]; 6] = [[240, 134, 26], [18, 63, 115], [181, 23, 94], [26, 122, 58], [154, 98, 0], [29, 95, 168]];
/// What is drawn without a colour.
const PLAIN: [u8; 3] = [190, 180, 165];
/// Words by which plans call what all look at.
const FOCUS_WORDS: [&str; 10] =
    ["stage", "pitch", "field", "jukwaa", "uwanja", "scène", "scene", "bühne", "screen", "arena"];
/// A seat's part of the distance to its neighbour, from its middle.
const RADIUS: f64 = 0.4;
/// The most places of a map's own in one of the plan's; more tell nothing.
const FINEST: f64 = 64.0;

/// The plan's map. Seats come in the order of sections, rows, and places in the row.
pub fn to_map(plan: &Plan) -> SeatMap {
    let pitch = rows::pitch(plan.zones.iter().flat_map(|zone| &zone.rows));
    let scale = Scale::of(plan, pitch);
    let mut drawing = Drawing { plan, scale, pitch, seats: Vec::new() };
    let sections = plan.zones.iter().enumerate().filter_map(|(place, zone)| drawing.section(place, zone)).collect();
    let mut map = SeatMap {
        name: plan.name.clone(),
        size: scale.far,
        radius: scale.length(pitch * RADIUS).max(1),
        focus: Point::default(),
        zones: plan.categories.iter().enumerate().map(price_zone).collect(),
        sections,
        shapes: drawing.shapes(),
        seats: drawing.seats,
    };
    map.focus = focus(plan, &map, scale);
    map
}

fn price_zone((place, category): (usize, &super::Category)) -> PriceZone {
    let color = category.color.as_deref().and_then(areas::parse_color);
    PriceZone { name: category.name.clone(), color: color.unwrap_or(COLORS[place % COLORS.len()]) }
}

/// How the plan's places become the map's.
#[derive(Clone, Copy)]
struct Scale {
    near: Spot,
    factor: f64,
    far: Point,
}

impl Scale {
    /// Everything that is drawn fits, with a seat's width around it; the factor is a power of two, so that whole places
    /// stay whole.
    fn of(plan: &Plan, pitch: f64) -> Self {
        let spots = || plan.zones.iter().flat_map(spots);
        let margin = Spot::new(pitch, pitch);
        let fold = |start: f64, choose: fn(f64, f64) -> f64| {
            spots().fold(Spot::new(start, start), |found, spot| {
                Spot::new(choose(found.x, spot.x), choose(found.y, spot.y))
            })
        };
        let (near, far) = (fold(f64::INFINITY, f64::min), fold(f64::NEG_INFINITY, f64::max));
        let near = Spot::new(near.x - margin.x, near.y - margin.y);
        let longest = (far.x + margin.x - near.x).max(far.y + margin.y - near.y).max(1.0);
        let factor = (f64::from(EXTENT_MAX) / longest).log2().floor().exp2().min(FINEST);
        let scale = Self { near, factor, far: Point::default() };
        Self { far: scale.point(far.plus(margin)), ..scale }
    }

    fn point(self, spot: Spot) -> Point {
        Point::new(self.length(spot.x - self.near.x), self.length(spot.y - self.near.y))
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held inside the type's own limits")]
    fn length(self, length: f64) -> u16 {
        (length * self.factor).round().clamp(0.0, f64::from(EXTENT_MAX)) as u16
    }
}

/// Everything in a section that has a place.
fn spots(zone: &Zone) -> impl Iterator<Item = Spot> + '_ {
    let seats = zone.rows.iter().flat_map(|row| row.seats.iter().map(|seat| place(zone, row, seat)));
    let areas = zone.areas.iter().flat_map(areas::outline).map(|corner| zone.at.plus(corner));
    seats.chain(areas)
}

fn place(zone: &Zone, row: &Row, seat: &Seat) -> Spot {
    zone.at.plus(row.at.unwrap_or_default()).plus(seat.at)
}

/// A map in the making.
struct Drawing<'a> {
    plan: &'a Plan,
    scale: Scale,
    pitch: f64,
    seats: Vec<seat_map::Seat>,
}

impl Drawing<'_> {
    /// A section, when there is anything to sell in it.
    fn section(&mut self, place: usize, zone: &Zone) -> Option<Section> {
        let standing = zone.standing.as_ref().map(|standing| Standing {
            capacity: standing.capacity,
            zone: self.category(&standing.category),
            outline: zone.areas.first().map(|area| self.outline(zone, area)).unwrap_or_default(),
        });
        let rows: Vec<_> =
            zone.rows.iter().filter(|row| !row.seats.is_empty()).map(|row| self.row(zone, row)).collect();
        let name = zone.name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| (place + 1).to_string());
        (standing.is_some() || !rows.is_empty()).then_some(Section { name, rows, standing })
    }

    fn row(&mut self, zone: &Zone, row: &Row) -> seat_map::Row {
        let seats = row.along();
        let numbers: Vec<_> = seats.iter().map(|seat| seat.number.as_str()).collect();
        let numbering = Numbering::of(&numbers);
        let first = self.seats.len();
        let aisles = row.aisles(self.pitch);
        for (number, seat) in seats.iter().enumerate() {
            let is_end =
                number == 0 || number + 1 == seats.len() || aisles.contains(&number) || aisles.contains(&(number + 1));
            let aisle = if is_end && row.form == RowForm::Row { Kinds::AISLE } else { Kinds::default() };
            let at = self.scale.point(place(zone, row, seat));
            self.seats.push(seat_map::Seat { at, zone: self.category(&seat.category), kinds: seat.kinds.with(aisle) });
        }
        let ends = aisles.iter().copied().chain([seats.len()]);
        let number = |place: usize| u32::try_from(first + place).unwrap_or(u32::MAX);
        let mut from = 0;
        let runs = ends.map(|end| number(std::mem::replace(&mut from, end))..number(end)).collect();
        let height = row.elevation.unwrap_or(0.0) * 10.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "held inside the type's own limits"
        )]
        let height = height.round().clamp(0.0, f64::from(u16::MAX)) as u16;
        seat_map::Row { name: row.name.clone(), form: row.form, height, numbering, runs }
    }

    fn category(&self, name: &str) -> u8 {
        let place = self.plan.categories.iter().position(|category| category.name == name);
        place.and_then(|place| u8::try_from(place).ok()).unwrap_or(0)
    }

    fn outline(&self, zone: &Zone, area: &super::Extra) -> Vec<Point> {
        areas::outline(area).into_iter().map(|corner| self.scale.point(zone.at.plus(corner))).collect()
    }

    /// What is drawn: all areas, but those on which people stand.
    fn shapes(&self) -> Vec<Shape> {
        let zones = self.plan.zones.iter();
        let drawn = zones.flat_map(|zone| {
            zone.areas.iter().skip(usize::from(zone.standing.is_some())).map(move |area| (zone, area))
        });
        let shape = |(zone, area)| Shape {
            outline: self.outline(zone, area),
            color: areas::color(area).unwrap_or(PLAIN),
            text: areas::words(area),
        };
        drawn.map(shape).filter(|shape| !shape.outline.is_empty()).collect()
    }
}

/// Where all look: as the plan says, or at what it calls a stage, or forward.
fn focus(plan: &Plan, map: &SeatMap, scale: Scale) -> Point {
    let is_stage = |shape: &&Shape| FOCUS_WORDS.iter().any(|word| shape.text.to_lowercase().contains(word));
    let drawn = || Some(middle(&map.shapes.iter().find(is_stage)?.outline));
    let said = plan.focus.map(|spot| scale.point(spot));
    said.or_else(drawn).unwrap_or_else(|| {
        let places: Vec<_> = map.seats.iter().map(|seat| seat.at).collect();
        Point::new(middle(&places).x, 0)
    })
}

fn middle(points: &[Point]) -> Point {
    let middle = |of: fn(&Point) -> u16| {
        let (least, most) = (points.iter().map(of).min(), points.iter().map(of).max());
        u16::midpoint(least.unwrap_or(0), most.unwrap_or(0))
    };
    Point::new(middle(|point| point.x), middle(|point| point.y))
}
