//! A plan as a drawing that any program opens, and that comes back as the same plan.

use super::{Category, Plan, Row, Seat, Spot, Zone, areas, rows};
use crate::venues::seat_map::{Kinds, RowForm};

/// A seat's part of the distance to its neighbour.
const RADIUS: f64 = 0.4;
/// Seats and shapes without a colour.
const PLAIN: &str = "#beb4a5";
/// Around everything.
const MARGIN: f64 = 40.0;

pub fn write(plan: &Plan) -> String {
    let drawing = Drawing { plan, radius: rows::pitch(plan.zones.iter().flat_map(|zone| &zone.rows)) * RADIUS };
    let zones: String = plan.zones.iter().map(|zone| drawing.zone(zone)).collect();
    let (near, far) = corners(plan);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{} {} {} {}\">\n<title>{}</title>\n{zones}</svg>\n",
        near.x - MARGIN,
        near.y - MARGIN,
        far.x - near.x + 2.0 * MARGIN,
        far.y - near.y + 2.0 * MARGIN,
        escape(&plan.name),
    )
}

struct Drawing<'a> {
    plan: &'a Plan,
    radius: f64,
}

impl Drawing<'_> {
    fn zone(&self, zone: &Zone) -> String {
        let standing = zone.standing.iter().zip(&zone.areas).map(|(standing, area)| {
            let more = format!(
                " data-standing=\"{}\" data-category=\"{}\" fill=\"{}\"",
                standing.capacity,
                escape(&standing.category),
                self.color(&standing.category)
            );
            shape(zone, area, &more)
        });
        let drawn = zone.areas.iter().skip(usize::from(zone.standing.is_some())).map(|area| {
            let color = area
                .get("color")
                .and_then(serde_json::Value::as_str)
                .filter(|color| areas::parse_color(color).is_some());
            shape(zone, area, &format!(" fill=\"{}\"", color.unwrap_or(PLAIN)))
        });
        let rows = zone.rows.iter().map(|row| self.row(zone, row));
        let inside: String = standing.chain(drawn).chain(rows).collect();
        let section =
            zone.name.as_deref().map(|name| format!(" data-section=\"{}\"", escape(name))).unwrap_or_default();
        format!("<g{section}>\n{inside}</g>\n")
    }

    fn row(&self, zone: &Zone, row: &Row) -> String {
        let corner = zone.at.plus(row.at.unwrap_or_default());
        let form = if row.form == RowForm::Row {
            String::new()
        } else {
            format!(" data-form=\"{}\"", rows::form_word(row.form))
        };
        let elevation = row.elevation.map(|metres| format!(" data-elevation=\"{metres}\"")).unwrap_or_default();
        let seats: String = row.seats.iter().map(|seat| self.seat(corner, seat)).collect();
        format!("<g data-row=\"{}\"{form}{elevation}>\n{seats}</g>\n", escape(&row.name))
    }

    fn seat(&self, corner: Spot, seat: &Seat) -> String {
        let at = corner.plus(seat.at);
        let kinds: Vec<_> = seat.kinds.each().map(Kinds::word).collect();
        let kinds = if kinds.is_empty() { String::new() } else { format!(" data-kinds=\"{}\"", kinds.join(" ")) };
        format!(
            "<circle id=\"{}\" data-seat=\"{}\" data-category=\"{}\"{kinds} cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\"/>\n",
            escape(&seat.guid),
            escape(&seat.number),
            escape(&seat.category),
            at.x,
            at.y,
            self.radius,
            self.color(&seat.category),
        )
    }

    fn color(&self, category: &str) -> &str {
        let found = self.plan.categories.iter().find(|found| found.name == category);
        let color =
            |found: &Category| found.color.as_deref().filter(|color| areas::parse_color(color).is_some()).is_some();
        found.filter(|found| color(found)).and_then(|found| found.color.as_deref()).unwrap_or(PLAIN)
    }
}

/// What is drawn: an outline, or words where there is none.
fn shape(zone: &Zone, area: &super::Extra, more: &str) -> String {
    let words = areas::words(area);
    let points: Vec<_> = areas::outline(area).into_iter().map(|spot| zone.at.plus(spot)).collect();
    if points.len() < 2 {
        let at = points.first().copied().unwrap_or_else(|| zone.at.plus(areas::place(area)));
        return if words.is_empty() {
            String::new()
        } else {
            format!("<text x=\"{}\" y=\"{}\"{more}>{}</text>\n", at.x, at.y, escape(&words))
        };
    }
    let points: Vec<_> = points.iter().map(|spot| format!("{},{}", spot.x, spot.y)).collect();
    let words = if words.is_empty() { words } else { format!(" data-text=\"{}\"", escape(&words)) };
    format!("<polygon points=\"{}\"{words}{more}/>\n", points.join(" "))
}

fn corners(plan: &Plan) -> (Spot, Spot) {
    let mut spots = plan.zones.iter().flat_map(|zone| {
        let seats = zone.rows.iter().flat_map(move |row| {
            let corner = zone.at.plus(row.at.unwrap_or_default());
            row.seats.iter().map(move |seat| corner.plus(seat.at))
        });
        seats.chain(zone.areas.iter().flat_map(areas::outline).map(|corner| zone.at.plus(corner)))
    });
    let first = spots.next().unwrap_or_default();
    spots.fold((first, first), |(near, far), spot| {
        (Spot::new(near.x.min(spot.x), near.y.min(spot.y)), Spot::new(far.x.max(spot.x), far.y.max(spot.y)))
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
