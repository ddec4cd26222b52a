//! The whole site from outside: what may come in, what is refused, and what strangers are told.
mod bad_input;
#[macro_use]
mod fields;
mod forms;
mod kinds;
mod refused;
mod scene;
mod strangers;
