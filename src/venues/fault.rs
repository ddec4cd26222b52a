//! What is wrong with a file, and where.

use serde::{Deserialize, Serialize};

/// Where something is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whence {
    /// In the file as such.
    File,
    Line(u32),
    /// `zones[2].rows[0].seats[5].category`
    Path(String),
}

/// What is wrong there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    TooLarge,
    NotText,
    /// The file breaks off or breaks the rules of its own kind.
    Broken,
    Missing,
    NotWords,
    NotANumber,
    NotAList,
    NotAnObject,
    NotAChoice,
    OutOfRange,
    TooLong {
        max: u32,
    },
    TooMany {
        max: u32,
    },
    BadCharacters,
    /// This name was used before.
    Doubled(String),
    UnknownCategory(String),
    /// A drawing of a kind that is not read.
    Unreadable(String),
    /// A column that is not there.
    NoColumn(String),
    NoSeats,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    pub whence: Whence,
    pub problem: Problem,
}

impl Fault {
    pub const fn whole(problem: Problem) -> Self {
        Self { whence: Whence::File, problem }
    }

    pub const fn at_line(line: u32, problem: Problem) -> Self {
        Self { whence: Whence::Line(line), problem }
    }
}

/// What was wrong with the file that was just sent; nothing when a page was merely opened. The server puts it into the
/// context of the page that answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFaults {
    pub file_name: String,
    pub faults: Vec<Fault>,
}
