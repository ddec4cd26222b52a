//! The server's tools, without any domain's knowledge.
//!
//! Invariant: nothing here knows what an order or a ticket is.
pub mod audit;
pub mod batch;
pub mod chance;
pub mod clock;
pub mod config;
pub mod db;
pub mod failpoints;
pub mod files;
pub mod http;
pub mod idempotency;
pub mod jobs;
pub mod jwt;
pub mod language;
pub mod limits;
pub mod live;
pub mod memory;
pub mod sabotage;
pub mod secrets;
pub mod state;
pub mod task;
pub mod telemetry;
pub mod zone;
