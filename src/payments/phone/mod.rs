//! The phone page's other half: a buyer's phone, as the simulator sees it. Only for trying Lango out.
//!
//! Invariant: answers only under `--dev`, and only when payments are simulated on this machine.
mod api;
mod model;

#[cfg(feature = "ssr")]
mod control;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

pub use api::{AnswerPrompt, DeclinePrompt, show_phone};
pub use model::{Fate, Phone, PhonePrompt, SELF_ACTING, Sms};
