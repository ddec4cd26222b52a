//! The pages of an account.
mod account;
mod confirm;
mod forgot;
mod reset;
mod sent;
mod sign_in;
mod sign_up;

pub use account::AccountPage;
pub use confirm::ConfirmPage;
pub use forgot::ForgotPage;
pub use reset::ResetPage;
pub use sent::{ForgotSentPage, SignUpSentPage};
pub use sign_in::SignInPage;
pub use sign_up::SignUpPage;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// A value of the page's address, as it was when the page was opened.
fn asked(name: &str) -> String {
    use_query_map().with_untracked(|query| query.get(name)).unwrap_or_default()
}
