//! A text that must not be seen.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A password or token on its way in: printing it shows nothing.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretText(String);

impl SecretText {
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself; every caller is a place to look at.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(…)")
    }
}
