//! What is wrong with which field of a form.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

/// Why a field's text cannot be taken. The words for it, in each language, are in `error::words`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldFault {
    Required,
    /// At most that many characters.
    TooLong(u32),
    /// At least that many characters.
    TooShort(u32),
    /// Control characters, or others that do not belong.
    BadCharacters,
    NotANumber,
    /// Below or above what is allowed, both ends included.
    OutOfRange {
        min: i64,
        max: i64,
    },
    NotAnEmail,
    NotAKenyanPhone,
    NotADate,
    /// The end does not come after the start.
    EndsBeforeStart,
    /// Not one of the offered values.
    NotAChoice,
    /// M-Pesa moves whole shillings only.
    NotWholeShillings,
    /// Somebody else has it.
    Taken,
    /// Among the passwords that everybody tries first.
    TooCommon,
    /// A picture that cannot be read, or of a kind that is not taken.
    NotAPicture,
    /// More than that many bytes.
    TooLarge(u64),
    /// Below what is already sold or held.
    BelowSold(i64),
}

/// The faults of a form, by field name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldErrors(pub BTreeMap<String, FieldFault>);

impl FieldErrors {
    /// One fault at one field.
    pub fn one(field: &str, fault: FieldFault) -> Self {
        Self(BTreeMap::from([(field.to_owned(), fault)]))
    }

    /// Keeps the fault of a parsed field, or gives its value.
    pub fn keep<T>(&mut self, field: &str, parsed: Result<T, FieldFault>) -> Option<T> {
        parsed.map_err(|fault| self.add(field, fault)).ok()
    }

    /// Notes a fault; the first fault of a field stays.
    pub fn add(&mut self, field: &str, fault: FieldFault) {
        self.0.entry(field.to_owned()).or_insert(fault);
    }

    pub fn of(&self, field: &str) -> Option<&FieldFault> {
        self.0.get(field)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value when nothing was wrong, else the faults.
    pub fn unless_any<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields: Vec<_> = self.0.keys().map(String::as_str).collect();
        f.write_str(&fields.join(", "))
    }
}
