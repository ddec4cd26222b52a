//! The process, put together.
mod audit;
mod calendar;
pub(crate) mod cluster;
pub mod commands;
pub mod demo;
mod dev;
mod downloads;
mod health;
pub mod house;
mod keeping;
mod lan;
mod language;
mod live;
mod page_cache;
mod pictures;
mod pwa;
pub mod registry;
pub(crate) mod router;
mod run;
mod schedule;
mod seating;
mod security;
mod session;
mod simulated_mpesa;
#[cfg(test)]
mod tests;
mod typed;
mod waiting;
mod webhooks;

pub use audit::{Breach, Report, audit};
#[cfg(test)]
pub(crate) use waiting::tick_rooms;
#[cfg(test)]
pub(crate) use webhooks::routes as webhook_routes;
