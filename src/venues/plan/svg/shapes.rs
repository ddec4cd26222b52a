//! What single shapes of a drawing say: where they are, what they are called, what is particular about them.

use roxmltree::Node;
use serde_json::{Value, json};

use crate::venues::{
    fault::Problem,
    plan::{Extra, Spot, areas, svg_transform::numbers_in},
    seat_map::Kinds,
};

/// How far from the corner anything may be.
const FAR: f64 = 10_000_000.0;

/// What a seat is called; one without a number is counted.
pub struct Name {
    pub section: String,
    pub row: String,
    pub number: Option<String>,
}

/// Section, row and seat of an id such as `A-3-12`.
pub fn name_by_id(id: &str) -> Option<Name> {
    let parts: Vec<_> = id.split(['-', '_', '/']).map(str::trim).collect();
    let [section, row, seat] = parts[..] else { return None };
    let is_whole = !section.is_empty() && !row.is_empty() && seat.starts_with(|first: char| first.is_ascii_digit());
    is_whole.then(|| Name { section: section.to_owned(), row: row.to_owned(), number: Some(seat.to_owned()) })
}

/// The kinds that a seat says it is of.
pub fn kinds_of(node: Node<'_, '_>) -> Result<Kinds, Problem> {
    let words = node.attribute("data-kinds").unwrap_or_default().split_whitespace();
    let kinds = words.map(Kinds::of_word).try_fold(Kinds::default(), |kinds, kind| Some(kinds.with(kind?)));
    kinds.ok_or(Problem::NotAChoice)
}

/// Numbers between commas and blanks, none of them too far away.
pub fn numbers(text: &str) -> Result<Vec<f64>, Problem> {
    let numbers = numbers_in(text).filter(|numbers| numbers.iter().all(|number| number.abs() <= FAR));
    numbers.ok_or(Problem::NotANumber)
}

/// A number with or without `px` behind it; missing ones are nought.
fn length(node: Node<'_, '_>, name: &str) -> Result<f64, Problem> {
    let text = node.attribute(name).unwrap_or("0").trim().trim_end_matches("px");
    numbers(text)?.first().copied().ok_or(Problem::NotANumber)
}

fn pair(node: Node<'_, '_>, [x, y]: [&str; 2]) -> Result<Spot, Problem> {
    Ok(Spot::new(length(node, x)?, length(node, y)?))
}

/// The middle of a shape.
pub fn middle(node: Node<'_, '_>) -> Result<Spot, Problem> {
    if node.tag_name().name() != "rect" {
        return pair(node, ["cx", "cy"]);
    }
    let size = pair(node, ["width", "height"])?;
    Ok(pair(node, ["x", "y"])?.plus(Spot::new(size.x / 2.0, size.y / 2.0)))
}

/// The corners of a shape; of words, where they begin.
pub fn outline(node: Node<'_, '_>) -> Result<Vec<Spot>, Problem> {
    Ok(match node.tag_name().name() {
        "rect" => {
            let (Spot { x, y }, size) = (pair(node, ["x", "y"])?, pair(node, ["width", "height"])?);
            let (right, bottom) = (x + size.x, y + size.y);
            vec![Spot::new(x, y), Spot::new(right, y), Spot::new(right, bottom), Spot::new(x, bottom)]
        }
        "line" => vec![pair(node, ["x1", "y1"])?, pair(node, ["x2", "y2"])?],
        "text" => vec![pair(node, ["x", "y"])?],
        "circle" => areas::around(pair(node, ["cx", "cy"])?, pair(node, ["r", "r"])?),
        "ellipse" => areas::around(pair(node, ["cx", "cy"])?, pair(node, ["rx", "ry"])?),
        _ => {
            let numbers = numbers(node.attribute("points").unwrap_or_default())?;
            numbers.chunks_exact(2).map(|pair| Spot::new(pair[0], pair[1])).collect()
        }
    })
}

/// An area as the open format has it.
pub fn area(points: &[Spot], words: &str, fill: Option<&str>) -> Extra {
    let mut area = Extra::new();
    area.insert("position".into(), json!({ "x": 0, "y": 0 }));
    area.insert("shape".into(), "polygon".into());
    let points: Vec<Value> = points.iter().map(|spot| json!({ "x": spot.x, "y": spot.y })).collect();
    area.insert("polygon".into(), json!({ "points": points }));
    if !words.is_empty() {
        area.insert("text".into(), json!({ "text": words }));
    }
    if let Some(fill) = fill {
        area.insert("color".into(), fill.into());
    }
    area
}
