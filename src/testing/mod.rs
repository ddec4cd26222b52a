//! The test kit: a stage for domains, and the house rules.
mod builders;
mod stage;
mod tidy;

pub use builders::{EventBuilder, SceneEvent};
pub use stage::Stage;
