//! Accounts, their forms, and what is refused.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::kernel::{EmailAddress, Title};

/// The account that is signed in, as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub name: Title,
    pub email: EmailAddress,
}

/// Why an account cannot do that.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum AccountRefusal {
    /// One answer for an unknown address, a wrong password and an address that was never confirmed.
    #[error("That address and password do not go together.")]
    WrongPassword,
    #[error("This link was used before, or is too old.")]
    DeadLink,
}

impl AccountRefusal {
    /// The status an answer with this refusal has.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::WrongPassword => StatusCode::UNPROCESSABLE_ENTITY,
            Self::DeadLink => StatusCode::GONE,
        }
    }
}
