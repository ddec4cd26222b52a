//! A measured figure, and the one way to print it.

use std::io::{self, Write};

use serde::Serialize;

/// Something measured.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    pub name: String,
    pub value: f64,
    pub unit: &'static str,
}

impl Figure {
    pub fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { name: name.into(), value: (value * 10.0).round() / 10.0, unit }
    }

    /// Prints the figure as a line of JSON.
    pub fn tell(&self) -> io::Result<()> {
        let line = serde_json::to_string(self)?;
        let mut out = io::stdout().lock();
        writeln!(out, "{line}")?;
        out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_a_line_of_json_with_one_digit_behind_the_point() {
        let figure = Figure::new("hold_per_s", 1234.5678, "1/s");
        assert_eq!(
            serde_json::to_string(&figure).expect("JSON"),
            r#"{"name":"hold_per_s","value":1234.6,"unit":"1/s"}"#
        );
    }
}
