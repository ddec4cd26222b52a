//! The gate against a real database.
mod desk;
mod pairing;
mod redeem;
mod rules;
mod show;
mod stays;
