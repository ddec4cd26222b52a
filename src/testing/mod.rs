//! The test kit: a stage for domains, a browser for the whole site, and the house rules.
mod browser;
mod builders;
mod model;
mod people;
mod sales;
pub mod shop;
mod stage;
mod tidy;

pub use browser::{Answer, Browser, encode};
pub use builders::SceneEvent;
pub use sales::Ago;
pub use stage::Stage;
