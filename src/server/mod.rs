//! The process, put together.
pub mod commands;
pub mod registry;
pub(crate) mod router;
mod run;
mod session;
