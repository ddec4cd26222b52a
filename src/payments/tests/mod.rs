//! Payments, tried out.
mod gateway;
mod reversal;
pub(super) mod rig;
mod simulator;
mod webhook;
