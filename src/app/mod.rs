//! The user interface, put together: providers, router, frames.
mod frames;
mod not_found;
mod parts;
mod root;
mod routes;
mod shell;
mod switches;
mod words;

pub use root::App;
pub use shell::{SiteFiles, SiteNames, Theme, shell};
