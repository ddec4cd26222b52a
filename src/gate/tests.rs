//! The gate against a real database.
mod pairing;
mod redeem;
mod show;
