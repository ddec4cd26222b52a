//! Payments, tried out.
mod gateway;
pub(super) mod rig;
mod simulator;
mod webhook;
