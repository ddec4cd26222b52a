//! The statements of accounts, sign-ins and mailed links.
mod session;

pub use session::{
    Family, NewSession, advance_family, find_standing_session, insert_session, lock_family, revoke_session,
};
