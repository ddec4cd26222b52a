//! Payments, tried out.
mod gateway;
mod rig;
mod webhook;
