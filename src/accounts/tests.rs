//! Accounts and sign-ins against a real database.
mod sessions;
