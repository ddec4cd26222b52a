//! People who sign in.
//!
//! An account is a mail address and a password; a sign-in is a row (`session`), and the cookie that carries it is only a
//! ten-minute envelope around that row.
//! Invariants: no secret is stored that could be used as it stands; whether a mail address has an account is told to
//! nobody but its owner.
mod model;

#[cfg(feature = "ssr")]
pub mod cookies;
#[cfg(feature = "ssr")]
pub mod guard;
#[cfg(feature = "ssr")]
pub mod session;
#[cfg(feature = "ssr")]
mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;

pub use model::{AccountRefusal, Me};
