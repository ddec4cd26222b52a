//! Kinds of fields, and the values each of them must refuse.

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An organizer's address.
    Org,
    /// An id that our own pages put into the form.
    Id,
    /// The same where it may be left out: a box that is not ticked.
    MaybeId,
    /// The secret part of a link.
    Link,
    /// A number, a truth or a word that is read before any rule is asked.
    Typed,
    /// One line that must be there, of at most so many characters.
    Line(usize),
    /// One or several lines that may be empty.
    Note(usize),
    Email,
    Password,
    /// A secret that is compared: wrong is wrong.
    Secret,
    Whole(i64, i64),
    /// A number that may be left out.
    MaybeWhole(i64, i64),
    /// A place in a list; left empty it is the first.
    Position,
    Amount,
    Date,
    /// A date that may be left out.
    MaybeDate,
    Choice,
    /// A choice that may be left out.
    MaybeChoice,
    /// An access code at the desk; left out it is a random one.
    AccessCode,
    Phone,
    /// How many tickets; left empty they are none.
    Quantity,
    PairingCode,
    /// The client's key of one purchase.
    Key,
    Pin,
    /// A ticket's code at the gate: what is none is answered by a verdict, what is too long is refused.
    Code,
    /// Search words and the like: anything is taken, and nothing may break.
    Free,
}

/// Longer than any field, shorter than any form.
pub const HUGE: usize = 20_000;
const NUL: &str = "a\0b";
const BIDI: &str = "Sauti\u{202e}thgiN";
const FULL_WIDTH: &str = "０１２";
const NUMBERS: &[&str] =
    &["-1", "99999999999999999999", "-99999999999999999999", "1.5", "1e3", "+1", "0x1", "NaN", "two", FULL_WIDTH, "٣"];

/// Sent to every field, wherever it is.
pub const HOSTILE: &[&str] = &[
    "",
    " ",
    "0",
    "-1",
    "1.5",
    "9223372036854775808",
    "NaN",
    "null",
    "true",
    "[]",
    "{\"a\":1}",
    FULL_WIDTH,
    NUL,
    "\r\nBcc: all@example.org",
    BIDI,
    "\u{1b}[2J\u{7}",
    "'; drop table orders; --",
    "<script>alert(1)</script>",
    "%s%n{{7*7}}${7*7}",
    "../../etc/passwd",
    "\u{fffd}\u{10ffff}",
];

impl Kind {
    /// Values that must be refused.
    pub fn bad(self) -> Vec<String> {
        let huge = "x".repeat(HUGE);
        let own: Vec<&str> = match self {
            Self::Org => vec!["", " ", "0", "-1", "nobody-at-all", "../..", FULL_WIDTH, NUL, BIDI, &huge],
            Self::Id => vec!["", "0", "-1", "1.5", FULL_WIDTH, NUL, "00000000-0000-7000-8000-000000000000", &huge],
            Self::MaybeId => return Self::Id.bad().into_iter().filter(|value| !value.is_empty()).collect(),
            Self::Link => vec!["", "0", "-1", FULL_WIDTH, NUL, BIDI, "AAAAAAAAAAAAAAAAAAAAAA", &huge],
            Self::Typed => vec!["", "1.5", "x", FULL_WIDTH, NUL, BIDI, &huge],
            Self::Line(most) => return bad_text(&["", "   ", "a\nb"], most),
            Self::Note(most) => return bad_text(&[], most),
            Self::Email => {
                vec!["", "0", "-1", "nobody", "a@b", "ａ@example.org", "a@example.org\r\nBcc: b@c.de", NUL, BIDI, &huge]
            }
            Self::Password => vec!["", "0", "-1", "short", "12345678", "jua\0linachomoza", FULL_WIDTH, &huge],
            Self::Secret => vec!["", "0", "-1", "wrong wrong wrong", FULL_WIDTH, NUL, &huge],
            Self::Whole(min, max) => return bad_whole(min, max),
            Self::MaybeWhole(min, max) => {
                return bad_whole(min, max).into_iter().filter(|value| !value.trim().is_empty()).collect();
            }
            Self::Position => return [NUMBERS, &["1000", NUL, BIDI]].concat().owned(&huge),
            Self::Amount => return [NUMBERS, &["", "1,5.5.5", "12.505", "250000.50", NUL, BIDI]].concat().owned(&huge),
            Self::Date => vec!["", "0", "-1", "soon", "2026-13-45T99:99", "99999-01-01T00:00", FULL_WIDTH, NUL, &huge],
            Self::MaybeDate => vec!["0", "-1", "soon", "2026-13-45T99:99", "99999-01-01T00:00", FULL_WIDTH, NUL, &huge],
            Self::Choice => vec!["", "0", "-1", "nonsense", FULL_WIDTH, NUL, BIDI, &huge],
            Self::MaybeChoice => return Self::Choice.bad().into_iter().filter(|value| !value.is_empty()).collect(),
            Self::AccessCode => vec!["abc", "a b c d", "VIP_1", FULL_WIDTH, NUL, BIDI, &huge],
            Self::Phone => {
                vec!["", "0", "-1", "12", "07123456789012", "+999712345678", "０７１２３４５６７８", NUL, BIDI, &huge]
            }
            Self::Quantity => return [NUMBERS, &["0", "101", NUL, BIDI]].concat().owned(&huge),
            Self::PairingCode => vec!["", "0", "-1", "ABC", "ABCD1234", "００００００００", NUL, BIDI, &huge],
            Self::Key => vec![
                "",
                "0",
                "-1",
                "short",
                "a key with spaces in it",
                "鍵鍵鍵鍵鍵鍵鍵鍵",
                "a-key-with-\0-in-it",
                &huge,
            ],
            Self::Pin => vec!["", "-1", "12a4", "123", "12345", "１２３４", NUL, &huge],
            Self::Code => vec![&huge],
            Self::Free => vec![],
        };
        own.iter().map(|value| (*value).to_owned()).collect()
    }

    /// Whether a refusal is told at the field; the rest is no person's typing mistake.
    pub const fn is_told_at_field(self) -> bool {
        !matches!(
            self,
            Self::Org
                | Self::Id
                | Self::MaybeId
                | Self::Link
                | Self::Typed
                | Self::Secret
                | Self::PairingCode
                | Self::Key
                | Self::Code
                | Self::Free
        )
    }
}

fn bad_text(own: &[&str], most: usize) -> Vec<String> {
    let (over, huge) = ("x".repeat(most + 1), "ß".repeat(HUGE + 1));
    [own, &[NUL, BIDI, "\u{7}", "Sau\u{200b}ti", &over]].concat().owned(&huge)
}

fn bad_whole(min: i64, max: i64) -> Vec<String> {
    let (below, above) = ((min - 1).to_string(), (max + 1).to_string());
    [NUMBERS, &["", " ", &below, &above, NUL, BIDI]].concat().owned("1".repeat(HUGE).as_str())
}

trait Owned {
    fn owned(self, last: &str) -> Vec<String>;
}

impl Owned for Vec<&str> {
    /// The values, and one more, as texts of their own.
    fn owned(self, last: &str) -> Vec<String> {
        self.into_iter().chain([last]).map(str::to_owned).collect()
    }
}
