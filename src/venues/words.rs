//! What refusals and faults of files are called, in each language.

use super::{
    fault::{Problem, Whence},
    model::VenueRefusal,
};
use crate::i18n::{Locale, td_string};

impl VenueRefusal {
    /// The sentence for the user.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::NameTaken => td_string!(locale, venues.refused_name_taken).to_string(),
            Self::TooMany => td_string!(locale, venues.refused_too_many).to_string(),
            Self::TooManyVersions => td_string!(locale, venues.refused_too_many_versions).to_string(),
        }
    }
}

impl Whence {
    /// The place in the file.
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::File => td_string!(locale, venues.in_file).to_string(),
            Self::Line(line) => td_string!(locale, venues.in_line, line = *line).to_string(),
            Self::Path(path) => path.clone(),
        }
    }
}

impl Problem {
    /// What is wrong there, and what would be right.
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::TooLarge => td_string!(locale, venues.problem_too_large).to_string(),
            Self::NotText => td_string!(locale, venues.problem_not_text).to_string(),
            Self::Broken => td_string!(locale, venues.problem_broken).to_string(),
            Self::Missing => td_string!(locale, venues.problem_missing).to_string(),
            Self::NotWords => td_string!(locale, venues.problem_not_words).to_string(),
            Self::NotANumber => td_string!(locale, venues.problem_not_a_number).to_string(),
            Self::NotAList => td_string!(locale, venues.problem_not_a_list).to_string(),
            Self::NotAnObject => td_string!(locale, venues.problem_not_an_object).to_string(),
            Self::NotAChoice => td_string!(locale, venues.problem_not_a_choice).to_string(),
            Self::OutOfRange => td_string!(locale, venues.problem_out_of_range).to_string(),
            Self::TooLong { max } => td_string!(locale, venues.problem_too_long, most = *max).to_string(),
            Self::TooMany { max } => td_string!(locale, venues.problem_too_many, most = *max).to_string(),
            Self::BadCharacters => td_string!(locale, venues.problem_bad_characters).to_string(),
            Self::Doubled(name) => td_string!(locale, venues.problem_doubled, name = name.clone()).to_string(),
            Self::UnknownCategory(name) => {
                td_string!(locale, venues.problem_unknown_category, name = name.clone()).to_string()
            }
            Self::Unreadable(name) => td_string!(locale, venues.problem_unreadable, name = name.clone()).to_string(),
            Self::NoColumn(name) => td_string!(locale, venues.problem_no_column, name = name.clone()).to_string(),
            Self::NoSeats => td_string!(locale, venues.problem_no_seats).to_string(),
        }
    }
}
