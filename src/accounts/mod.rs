//! People who sign in.
//!
//! An account is a mail address and a password; a sign-in is a row (`session`), and the cookie that carries it is only a
//! ten-minute envelope around that row.
//! Invariants: no table of this domain holds a secret that could be used as it stands; whether a mail address has an
//! account is told to nobody but its owner.
mod api;
mod model;
mod next;
pub mod pages;
mod password;
mod words;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod agent;
#[cfg(feature = "ssr")]
mod answer;
#[cfg(feature = "ssr")]
pub mod cookies;
#[cfg(feature = "ssr")]
pub mod guard;
#[cfg(feature = "ssr")]
mod hashing;
#[cfg(feature = "ssr")]
mod jobs;
#[cfg(feature = "ssr")]
mod mail;
#[cfg(feature = "ssr")]
pub mod session;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

pub use api::{
    ChangePassword, ConfirmEmail, FindMe, RequestReset, ResendConfirmation, ResetPassword, SignIn, SignOut,
    SignOutEverywhere, SignUp, find_me, get_me,
};
#[cfg(feature = "ssr")]
pub use hashing::hash as hash_password;
#[cfg(feature = "ssr")]
pub use jobs::MailLink;
pub use model::{AccountRefusal, Me};
pub use next::{own_path, with_next};
