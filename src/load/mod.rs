//! Measures what the system bears: each figure is a line of JSON on the standard output.
//!
//! Most of it comes from outside, as visitors do: the product's own forms over HTTP, at the pace of a sale. Arrivals are
//! planned before a run, and what an answer took is counted from the planned moment, so that a slow server does not slow
//! its own measuring down. Every acknowledged answer is written to a ledger on disk, and compared with the database
//! afterwards. The engine is measured in this process.
//! Invariant: what visitors know of a server they have from pages and answers; only `stage`, `check` and `engine` open a
//! database, and write real rows into it, so none of them runs beside other people's data.
mod arrivals;
mod check;
mod drive;
mod engine;
mod figure;
mod ledger;
mod lines;
mod options;
mod programme;
mod purchase;
mod rig;
mod scenario;
mod scene;
mod stage;
mod store;
#[cfg(test)]
mod tests;
mod visitor;

pub use check::check;
pub use drive::{Drive, Outcome, Pace, Turn, Visits};
pub use figure::Figure;
pub use ledger::Ledger;
pub use lines::{Lines, Target};
pub use options::{Scenario, StagePlan};
pub use programme::Programme;
pub use purchase::{Basket, Shopper, phone};
pub use rig::address_of;
pub use scenario::run;
pub use stage::stage;
pub use visitor::{Trouble, Visitor};
