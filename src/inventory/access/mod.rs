//! Access codes: they open ticket types that nobody else sees, or keep stock for those who have them.
//!
//! Invariant: a use is counted in the transaction that takes its stock, and given back in the one that lets it go.
mod api;
mod model;
mod words;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod store;

#[cfg(all(test, feature = "ssr"))]
pub use actions::{add as make_codes, end as switch_code_off, list as show_codes, open as open_code};
#[cfg(feature = "ssr")]
pub use actions::{code_lines, lock_codes, spend_guess, take_guess};
pub use api::{AddCodes, EndCode, add_codes, end_code, list_codes, open_access};
pub use model::{Access, AccessForm, AccessRefusal, CodeText, CodesDesk, DeskCode, Opened, Unlocked};
#[cfg(feature = "ssr")]
pub use store::{count_shares, give_back, insert_uses, put_aside, use_again};
