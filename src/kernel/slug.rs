//! The readable part of an address.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Lower-case ASCII letters, digits and single hyphens: `sauti-sol-live`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slug(String);

impl Slug {
    const MAX: usize = 60;

    /// Makes a slug of a title; accents are dropped, and a title without any Latin letter becomes `event`.
    pub fn of_title(title: &str) -> Self {
        let mut slug = String::new();
        for c in title.to_lowercase().chars().map(plain) {
            if c.is_ascii_alphanumeric() {
                slug.push(c);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
            if slug.len() >= Self::MAX {
                break;
            }
        }
        let slug = slug.trim_end_matches('-');
        Self(if slug.is_empty() { "event".to_owned() } else { slug.to_owned() })
    }

    /// The slug with an ending that makes it one of its kind.
    #[must_use]
    pub fn with_ending(&self, ending: &str) -> Self {
        Self(format!("{}-{ending}", self.0))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const fn plain(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        _ => c,
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_readable_address() {
        assert_eq!(Slug::of_title("Fête de la Musique, Yaoundé!").as_str(), "fete-de-la-musique-yaounde");
        assert_eq!(Slug::of_title("日本").as_str(), "event");
        assert!(Slug::of_title(&"ab ".repeat(60)).as_str().len() <= Slug::MAX);
    }
}
