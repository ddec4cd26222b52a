//! Statements: codes, their uses, and what they keep.
mod codes;
mod uses;

pub use codes::{count_codes, find_codes, find_event, insert_codes, list_codes, lock_codes, mark_off};
pub use uses::{count_shares, give_back, insert_uses, put_aside, use_again};
