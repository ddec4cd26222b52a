//! Mail addresses, parsed once.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::FieldFault;

/// A mail address in lower case: one `@`, a local part and a domain with a dot, no spaces, at most 254 bytes (RFC 5321).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

impl EmailAddress {
    pub fn parse(text: &str) -> Result<Self, FieldFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FieldFault::Required);
        }
        let Some((local, domain)) = text.rsplit_once('@') else {
            return Err(FieldFault::NotAnEmail);
        };
        let fits = text.len() <= 254 && local.len() <= 64 && is_local(local) && is_domain(domain);
        if fits { Ok(Self(text.to_lowercase())) } else { Err(FieldFault::NotAnEmail) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_local(local: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    !local.is_empty()
        && local.chars().all(allowed)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
}

fn is_domain(domain: &str) -> bool {
    let label = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    domain.contains('.') && domain.split('.').all(label)
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_text() {
        for good in ["amina@example.co.ke", " A.B+tag@Mail.Example.ORG "] {
            assert!(EmailAddress::parse(good).is_ok(), "{good}");
        }
        let long = format!("{}@example.org", "a".repeat(65));
        for bad in
            ["", "a", "a@b", "a b@c.de", "a@@c.de", "a@c..de", "a@-c.de", "a\r\nBcc: x@y.z@c.de", &long, "a@с.ru"]
        {
            assert!(EmailAddress::parse(bad).is_err(), "{bad}");
        }
    }
}
