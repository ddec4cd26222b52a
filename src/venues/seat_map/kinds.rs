//! What is particular about a seat.

/// Any of the kinds below, or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// A place for a wheelchair.
    pub const ACCESSIBLE: Self = Self(1);
    /// Beside such a place, for who comes along.
    pub const COMPANION: Self = Self(2);
    /// Something stands in the way of the view.
    pub const RESTRICTED_VIEW: Self = Self(4);
    /// Beside an aisle.
    pub const AISLE: Self = Self(8);
    /// Each of them.
    pub const ALL: [Self; 4] = [Self::ACCESSIBLE, Self::COMPANION, Self::RESTRICTED_VIEW, Self::AISLE];
    const KNOWN: u8 = 15;

    /// Reads stored bits; others than the known ones are none.
    pub const fn from_bits(bits: u8) -> Option<Self> {
        if bits & !Self::KNOWN == 0 { Some(Self(bits)) } else { None }
    }

    pub const fn bits(self) -> u8 {
        self.0
    }

    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The kinds of which one has what the other has not.
    #[must_use]
    pub const fn differing(self, other: Self) -> Self {
        Self(self.0 ^ other.0)
    }

    /// Whether it is of any of these kinds.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Kept for those who need it.
    pub const fn is_kept(self) -> bool {
        self.has(Self::ACCESSIBLE.with(Self::COMPANION))
    }

    /// The word by which files call a single kind.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ACCESSIBLE => "wheelchair",
            Self::COMPANION => "companion",
            Self::RESTRICTED_VIEW => "restricted_view",
            _ => "aisle",
        }
    }

    /// The kind of that word, as other programs write it too.
    pub fn of_word(word: &str) -> Option<Self> {
        match word.trim().to_ascii_lowercase().replace(['-', ' '], "_").as_str() {
            "wheelchair" | "accessible" => Some(Self::ACCESSIBLE),
            "companion" => Some(Self::COMPANION),
            "restricted_view" | "restricted" => Some(Self::RESTRICTED_VIEW),
            "aisle" => Some(Self::AISLE),
            _ => None,
        }
    }

    /// The single kinds in it.
    pub fn each(self) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |kind| self.has(*kind))
    }
}
