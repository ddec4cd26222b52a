//! The language of a request, as `server::language` has settled it.

use http::request::Parts;

use crate::i18n::Locale;

/// A language that Lango speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    En,
    Fr,
    Sw,
}

impl Language {
    /// The language of the request at hand; English when nothing has settled it.
    pub fn of(parts: &Parts) -> Self {
        parts.extensions.get().copied().unwrap_or_default()
    }

    /// The ISO 639-1 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Sw => "sw",
        }
    }

    /// Reads a code, with or without a region: `fr`, `fr-CM`.
    pub fn parse(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        [Self::En, Self::Fr, Self::Sw].into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }

    /// What `td_string!` takes.
    pub const fn locale(self) -> Locale {
        match self {
            Self::En => Locale::en,
            Self::Fr => Locale::fr,
            Self::Sw => Locale::sw,
        }
    }
}
