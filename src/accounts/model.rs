//! Accounts, their forms, and what is refused.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::password;
use crate::kernel::{EmailAddress, FieldErrors, LocalTime, SecretText, Title};

/// The account that is signed in, as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub name: Title,
    pub email: EmailAddress,
}

/// One of the places where an account is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MySession {
    /// What the browser calls itself, in two words at most.
    pub browser: String,
    pub last_seen: LocalTime,
    /// The one that asks.
    pub is_this: bool,
}

/// The raw form of somebody new.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignUpForm {
    pub name: String,
    pub email: String,
    pub password: SecretText,
}

/// A checked account that is not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    pub name: Title,
    pub email: EmailAddress,
    pub password: SecretText,
}

impl SignUpForm {
    /// Checks every field.
    pub fn parse(self) -> Result<NewAccount, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", Title::parse(&self.name));
        let email = errors.keep("email", EmailAddress::parse(&self.email));
        errors.keep("password", password::check(self.password.reveal(), &self.email));
        match (name, email) {
            (Some(name), Some(email)) => errors.unless_any(NewAccount { name, email, password: self.password }),
            _ => Err(errors),
        }
    }
}

/// The raw form of somebody who has an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    pub email: String,
    pub password: SecretText,
    /// Where to go on; only a path of our own is followed.
    pub next: String,
}

/// The raw form for another password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    pub current: SecretText,
    pub password: SecretText,
}

/// Why an account cannot do that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum AccountRefusal {
    /// One answer for an unknown address, a wrong password and an address that was never confirmed.
    #[error("That address and password do not go together.")]
    WrongSignIn,
    #[error("That is not the password of this account.")]
    WrongPassword,
    #[error("This link was used before, or is too old.")]
    DeadLink,
}

impl AccountRefusal {
    /// The status an answer with this refusal has.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::WrongSignIn | Self::WrongPassword => StatusCode::UNPROCESSABLE_ENTITY,
            Self::DeadLink => StatusCode::GONE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::FieldFault;

    fn form(name: &str, email: &str, password: &str) -> SignUpForm {
        SignUpForm { name: name.into(), email: email.into(), password: SecretText::new(password.into()) }
    }

    #[test]
    fn a_form_tells_every_fault_at_its_field() {
        let errors = form(" ", "nobody", "12345678").parse().expect_err("three faults");
        assert_eq!(errors.of("name"), Some(&FieldFault::Required));
        assert_eq!(errors.of("email"), Some(&FieldFault::NotAnEmail));
        assert_eq!(errors.of("password"), Some(&FieldFault::TooCommon));
        let account = form("Amina", " Amina@Example.org ", "mawimbi ya bahari").parse().expect("all good");
        assert_eq!(account.email.as_str(), "amina@example.org");
    }
}
