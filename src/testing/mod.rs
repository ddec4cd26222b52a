//! The test kit: a stage for domains, and the house rules.
mod stage;
mod tidy;

pub use stage::Stage;
