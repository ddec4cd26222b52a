//! What was typed into a plain form that was refused.

use std::sync::Arc;

/// The fields of a refused form as they were sent, never those of passwords. The router puts them into the context of the
/// page that tells the refusal, and `FormFrame` gives them to its controls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The server function's path.
    pub path: String,
    pub fields: Arc<[(String, String)]>,
}

impl Typed {
    /// The field that tells forms of one server function on one page apart.
    pub const SCOPE: &str = "__scope";

    /// The text of a field; an empty one is a text too.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// Whether a box with this value was ticked.
    pub fn is_ticked(&self, name: &str, value: &str) -> bool {
        self.fields.iter().any(|(found, sent)| found == name && sent == value)
    }
}
