//! What is drawn and not sold, as its outline: rectangles, circles, ellipses, polygons and words, old and new alike.

use serde_json::Value;

use super::{Extra, Spot};

/// Corners of what is round.
const CORNERS: u32 = 32;
/// Points of an outline at most; a drawing with more is left out of the map and kept in the file.
const POINTS_MAX: usize = 500;
/// Characters on an area at most.
const WORDS_MAX: usize = 60;

/// An area's outline in its section's place.
pub fn outline(area: &Extra) -> Vec<Spot> {
    let at = place(area);
    let shape = area.get("shape").and_then(Value::as_str).unwrap_or("rectangle");
    let part = area.get(shape).and_then(Value::as_object).unwrap_or(area);
    let turn = number(area, "rotation").unwrap_or(0.0).to_radians();
    let corners = match shape {
        "circle" => number(part, "radius").map(|radius| ellipse(radius, radius)),
        "ellipse" => spot(part, "radius").or_else(|| spot(area, "radius")).map(|radius| ellipse(radius.x, radius.y)),
        "polygon" => part.get("points").and_then(Value::as_array).map(|points| polygon(points)),
        "rectangle" => {
            number(part, "width").zip(number(part, "height")).map(|(width, height)| rectangle(width, height))
        }
        _ => None,
    };
    let corners = corners.unwrap_or_default();
    if corners.len() > POINTS_MAX {
        return Vec::new();
    }
    corners.into_iter().map(|corner| at.plus(turned(corner, turn))).collect()
}

/// Where an area stands in its section.
pub fn place(area: &Extra) -> Spot {
    spot(area, "position").unwrap_or_default()
}

/// The words on an area, as many as can be read.
pub fn words(area: &Extra) -> String {
    let words = area.get("text").and_then(|text| text.as_str().or_else(|| text.get("text")?.as_str()));
    words.unwrap_or_default().chars().filter(|c| !c.is_control()).take(WORDS_MAX).collect()
}

/// An area's colour.
pub fn color(area: &Extra) -> Option<[u8; 3]> {
    parse_color(area.get("color")?.as_str()?)
}

/// `#f80` or `#ff8800`, with or without how much shines through.
pub fn parse_color(text: &str) -> Option<[u8; 3]> {
    let digits = text.trim().strip_prefix('#').filter(|digits| digits.is_ascii())?;
    let part = |from: usize, length: usize| u8::from_str_radix(digits.get(from..from + length)?, 16).ok();
    match digits.len() {
        3 | 4 => Some([part(0, 1)? * 17, part(1, 1)? * 17, part(2, 1)? * 17]),
        6 | 8 => Some([part(0, 2)?, part(2, 2)?, part(4, 2)?]),
        _ => None,
    }
}

fn rectangle(width: f64, height: f64) -> Vec<Spot> {
    [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)].map(|(x, y)| Spot { x, y }).to_vec()
}

fn ellipse(wide: f64, high: f64) -> Vec<Spot> {
    let angles = (0..CORNERS).map(|corner| f64::from(corner) * std::f64::consts::TAU / f64::from(CORNERS));
    angles.map(|angle| Spot { x: wide * angle.cos(), y: high * angle.sin() }).collect()
}

/// The outline of something round about its middle.
pub fn around(middle: Spot, radius: Spot) -> Vec<Spot> {
    ellipse(radius.x, radius.y).into_iter().map(|corner| middle.plus(corner)).collect()
}

fn polygon(points: &[Value]) -> Vec<Spot> {
    let corner = |point: &Value| Some(Spot { x: point.get("x")?.as_f64()?, y: point.get("y")?.as_f64()? });
    points.iter().filter_map(corner).collect()
}

fn turned(spot: Spot, turn: f64) -> Spot {
    let (sine, cosine) = turn.sin_cos();
    Spot { x: spot.x * cosine - spot.y * sine, y: spot.x * sine + spot.y * cosine }
}

fn number(of: &Extra, name: &str) -> Option<f64> {
    of.get(name)?.as_f64()
}

fn spot(of: &Extra, name: &str) -> Option<Spot> {
    let pair = of.get(name)?;
    Some(Spot { x: pair.get("x")?.as_f64()?, y: pair.get("y")?.as_f64()? })
}
