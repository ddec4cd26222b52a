//! May this ticket come in, here and now? Pure: the server asks it, and so can the phone.
//!
//! Invariant: nothing here reads a clock, a zone database, a store or the network; all it needs is given to it.
mod answer;
mod decide;
mod rules;
#[cfg(test)]
mod tests;
mod ticket;

pub use answer::{Choice, Holder, Signal, Verdict, VerdictName};
pub use decide::{Attempt, decide, decide_among, of_fault};
pub use rules::{Alert, Answer, Ask, EntryRules, Lane, Question, Rules, UnpaidPolicy, Window};
pub use ticket::{Direction, Payment, Standing, Stay, TicketOnFile};
