//! The key that makes a form's effect happen once.

use leptos::prelude::use_context;

use super::browser;

/// The key of this answer's forms; the router puts a fresh one into each answer's context.
#[derive(Clone, Debug)]
pub struct FormKey(pub String);

/// A key of 128 random bits: the answer's own where the server renders, a fresh one in the browser. A form keeps its key,
/// so a double click, a refresh or the back button send the same one.
pub fn form_key() -> String {
    use_context::<FormKey>().map_or_else(browser::random_key, |key| key.0)
}
