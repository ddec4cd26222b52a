//! What `transform` says in a drawing: where things really are.

use super::Spot;

/// A turn, a stretch and a shift at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transform([f64; 6]);

impl Transform {
    pub const NONE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Reads what an attribute says; nothing when it cannot be read.
    pub fn parse(text: &str) -> Option<Self> {
        let mut whole = Self::NONE;
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (name, after) = rest.split_once('(')?;
            let (numbers, after) = after.split_once(')')?;
            whole = whole.after(Self::of(name.trim(), &numbers_in(numbers)?)?);
            rest = after.trim_start_matches([',', ' ', '\n', '\t', '\r']);
        }
        Some(whole)
    }

    fn of(name: &str, numbers: &[f64]) -> Option<Self> {
        let shift = |x, y| Self([1.0, 0.0, 0.0, 1.0, x, y]);
        let turn = |degrees: f64| {
            let (sine, cosine) = degrees.to_radians().sin_cos();
            Self([cosine, sine, -sine, cosine, 0.0, 0.0])
        };
        Some(match (name, numbers) {
            ("translate", [x]) => shift(*x, 0.0),
            ("translate", [x, y]) => shift(*x, *y),
            ("scale", [both]) => Self([*both, 0.0, 0.0, *both, 0.0, 0.0]),
            ("scale", [x, y]) => Self([*x, 0.0, 0.0, *y, 0.0, 0.0]),
            ("rotate", [degrees]) => turn(*degrees),
            ("rotate", [degrees, x, y]) => shift(*x, *y).after(turn(*degrees)).after(shift(-x, -y)),
            ("skewX", [degrees]) => Self([1.0, 0.0, degrees.to_radians().tan(), 1.0, 0.0, 0.0]),
            ("skewY", [degrees]) => Self([1.0, degrees.to_radians().tan(), 0.0, 1.0, 0.0, 0.0]),
            ("matrix", [a, b, c, d, e, f]) => Self([*a, *b, *c, *d, *e, *f]),
            _ => return None,
        })
    }

    /// This one around another.
    #[must_use]
    pub fn after(self, inner: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, inner.0);
        Self([a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f])
    }

    /// Where a place really is.
    pub fn place(self, spot: Spot) -> Spot {
        let [a, b, c, d, e, f] = self.0;
        Spot { x: a * spot.x + c * spot.y + e, y: b * spot.x + d * spot.y + f }
    }
}

/// Numbers between commas and blanks.
pub fn numbers_in(text: &str) -> Option<Vec<f64>> {
    let words = text.split([',', ' ', '\n', '\t', '\r']).filter(|word| !word.is_empty());
    words.map(|word| word.parse().ok().filter(|number: &f64| number.is_finite())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_is_done_first() {
        let table = [
            ("translate(10, 5)", (11.0, 7.0)),
            ("scale(2) translate(1 1)", (4.0, 6.0)),
            ("rotate(90)", (-2.0, 1.0)),
            ("rotate(180 1 1)", (1.0, 0.0)),
            ("matrix(1 0 0 1 3 4)", (4.0, 6.0)),
            ("", (1.0, 2.0)),
        ];
        for (text, (x, y)) in table {
            let found = Transform::parse(text).map(|transform| transform.place(Spot::new(1.0, 2.0)));
            assert!(found.is_some_and(|found| found.distance(Spot { x, y }) < 1e-9), "{text}: {found:?}");
        }
        for text in ["translate(1", "spin(3)", "scale(a)", "rotate(1 2)", "translate(inf)"] {
            assert_eq!(Transform::parse(text), None, "{text}");
        }
    }
}
