//! Pages about money.
mod phone;

pub use phone::PhonePage;
