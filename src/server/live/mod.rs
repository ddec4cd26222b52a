//! Server-sent events: open pages learn within a second that something moved.
//!
//! One relay per node asks the database twice a second about all that is being watched, in one statement a kind; a touch
//! within the process makes it ask at once. Every message is the whole state, so one that is lost costs nothing.
//! Invariant: a stream is counted, ends by itself, and ends when the process stops.
mod relay;
mod streams;
#[cfg(test)]
mod tests;

pub use streams::routes;
