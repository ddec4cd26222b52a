//! The statements of accounts, sign-ins and mailed links.
mod account;
mod link;
mod session;

pub use account::{
    AccountRow, Credentials, find_credentials, insert_or_renew_account, mark_confirmed, update_password,
};
pub use link::{LinkPurpose, NewLink, delete_open_links, find_live_link, insert_link, mark_link_used};
pub use session::{
    Family, NewSession, StandingSession, advance_family, find_standing_session, insert_session, is_new_browser,
    list_standing_sessions, lock_family, revoke_session, revoke_sessions,
};
