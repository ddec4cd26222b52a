//! The mailbox page.
mod mail;
mod mailbox;

pub use mail::DevMailPage;
pub use mailbox::DevMailboxPage;
