//! The process, put together.
pub mod commands;
pub mod registry;
mod router;
mod run;
