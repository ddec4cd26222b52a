//! Text with an end: trimmed, bounded, without control characters.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::FieldFault;

/// Trims, bounds and cleans a text. Newlines and tabs are kept only where `lines` says so; direction overrides and
/// zero-width characters, which hide what a name really says, are refused everywhere.
fn clean(text: &str, max: usize, lines: bool) -> Result<String, FieldFault> {
    let text = text.trim();
    let odd = |c: char| (c.is_control() && !(lines && matches!(c, '\n' | '\r' | '\t'))) || is_invisible(c);
    if text.chars().any(odd) {
        return Err(FieldFault::BadCharacters);
    }
    if text.chars().count() > max {
        return Err(FieldFault::TooLong(u32::try_from(max).unwrap_or(u32::MAX)));
    }
    Ok(text.replace("\r\n", "\n"))
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// One line that must be there: a title, a name, a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Title(String);

impl Title {
    /// Characters at most.
    pub const MAX: usize = 120;

    pub fn parse(text: &str) -> Result<Self, FieldFault> {
        let text = clean(text, Self::MAX, false)?;
        if text.is_empty() { Err(FieldFault::Required) } else { Ok(Self(text)) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Several lines that may be empty: a description, a remark.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Note(String);

impl Note {
    /// Trims and bounds a text of at most `max` characters.
    pub fn parse(text: &str, max: usize) -> Result<Self, FieldFault> {
        clean(text, max, true).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_trimmed_and_bounded() {
        assert_eq!(Title::parse("  Sauti Sol  ").map(|t| t.to_string()), Ok("Sauti Sol".to_owned()));
        assert_eq!(Title::parse(" \t "), Err(FieldFault::Required));
        assert_eq!(Title::parse(&"x".repeat(121)), Err(FieldFault::TooLong(120)));
        assert_eq!(Title::parse("a\u{0}b"), Err(FieldFault::BadCharacters));
        assert_eq!(Title::parse("a\u{202e}b"), Err(FieldFault::BadCharacters));
        assert_eq!(Title::parse("a\nb"), Err(FieldFault::BadCharacters));
    }

    #[test]
    fn a_note_keeps_its_lines() {
        assert_eq!(Note::parse("a\r\nb", 10).map(|n| n.as_str().to_owned()), Ok("a\nb".to_owned()));
        assert_eq!(Note::parse("", 10), Ok(Note::default()));
    }
}
