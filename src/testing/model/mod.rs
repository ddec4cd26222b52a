//! A shop small enough to be certain of, and the real one held against it.
//!
//! `World` says in plain Rust what stock, orders, payments, refunds and books must look like after each command; `Rig`
//! has the same commands done by the real actions on a real Postgres. Random runs of both must look the same after each
//! step, view by view. What the auditor cannot see, because every state it finds is one that could be, is seen here:
//! a right state at the wrong time.
mod command;
mod explore;
mod rig;
mod view;
mod world;
