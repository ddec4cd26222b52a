//! The desk against a real database.
