//! The process, put together.
pub mod commands;
mod router;
mod run;
