//! The waiting room against a real database, on several nodes, and its pages without JavaScript.
mod checkout;
mod cost;
mod door;
mod line;
mod pages;
mod rig;
