//! Payments, tried out.
mod webhook;
