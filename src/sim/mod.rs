//! A stand-in for M-Pesa: the same binary, another process, Daraja's wire format, play money.
//!
//! It is written from Daraja's documents and not from our adapter, so that a mistake made there is not made here again.
//! Invariant: nothing in this folder uses anything of the rest of the crate.
//!
//! A phone number's last digits decide when no script was given: `0001` has too little money, `0002` types a wrong PIN,
//! `0003` times out and pays after all, `0004` pays but the callback is lost, `0005` declines, `0006` never answers,
//! `0007` pays at once, `0008` pays and its callback comes three times, `0009` pays but our request goes unanswered.
//! Any other number waits for its holder at the phone page.
mod clock;
mod control;
mod courier;
mod daraja;
mod dice;
mod ledger;
mod log;
mod options;
mod prompt;
mod script;
mod serve;
mod simulator;
mod world;

pub use options::Options;
pub use serve::{Simulator, serve};
