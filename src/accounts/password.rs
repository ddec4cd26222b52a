//! Which passwords are taken.

use std::{collections::HashSet, sync::LazyLock};

use crate::kernel::FieldFault;

/// Characters at least.
pub const LENGTH_MIN: usize = 8;
/// Characters at most, so that nobody makes the server hash a book.
pub const LENGTH_MAX: usize = 128;

static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").split_whitespace().collect());

/// Refuses a password that is too short, too long, everybody's, or just the address it belongs to. What it is made of is
/// nobody's business: such rules make passwords worse.
pub fn check(password: &str, email: &str) -> Result<(), FieldFault> {
    if password.is_empty() {
        return Err(FieldFault::Required);
    }
    let length = password.chars().count();
    if length > LENGTH_MAX {
        return Err(FieldFault::TooLong(u32::try_from(LENGTH_MAX).unwrap_or(u32::MAX)));
    }
    if length < LENGTH_MIN {
        return Err(FieldFault::TooShort(u32::try_from(LENGTH_MIN).unwrap_or_default()));
    }
    if password.chars().any(char::is_control) {
        return Err(FieldFault::BadCharacters);
    }
    if is_common(password) || is_address(password, email) { Err(FieldFault::TooCommon) } else { Ok(()) }
}

/// Whether a password is on the list as it stands, with letters for the usual digits, or without its tail of digits.
fn is_common(password: &str) -> bool {
    let plain = password.trim().to_lowercase();
    let stem = |text: &str| text.trim_end_matches(|c: char| !c.is_alphabetic()).to_owned();
    let spelled: String = plain.chars().map(letter).collect();
    let forms = [stem(&plain), stem(&spelled), spelled, plain.clone()];
    let mut kinds = plain.chars();
    let first = kinds.next();
    forms.iter().any(|form| COMMON.contains(form.as_str())) || kinds.all(|c| Some(c) == first)
}

const fn letter(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        _ => c,
    }
}

fn is_address(password: &str, email: &str) -> bool {
    let password = password.to_lowercase();
    let email = email.trim().to_lowercase();
    let local = email.split('@').next().unwrap_or_default();
    !local.is_empty() && (password == email || password == local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybodys_passwords_are_refused_in_their_usual_disguises() {
        for bad in [
            "password",
            "PassWord",
            "P@ssw0rd",
            "password2026!",
            "Nairobi2026",
            "12345678",
            "zzzzzzzzzz",
            "jesusislord",
            "Karibu#2025",
            "iloveyou!!",
        ] {
            assert_eq!(check(bad, "amina@example.org"), Err(FieldFault::TooCommon), "{bad}");
        }
        assert_eq!(check("amina.wanjala@example.org", "Amina.Wanjala@example.org"), Err(FieldFault::TooCommon));
        assert_eq!(check("amina.wanjala", "amina.wanjala@example.org"), Err(FieldFault::TooCommon));
    }

    #[test]
    fn length_counts_and_composition_does_not() {
        for good in [
            "correct horse",
            "mawimbi ya bahari",
            "zxkjqwpv",
            "пароль для входа",
            "密码密码密码密码安全",
            &"ab".repeat(64),
        ] {
            assert_eq!(check(good, "amina@example.org"), Ok(()), "{good}");
        }
        assert_eq!(check("", ""), Err(FieldFault::Required));
        assert_eq!(check("short", ""), Err(FieldFault::TooShort(8)));
        assert_eq!(check(&"ab".repeat(65), ""), Err(FieldFault::TooLong(128)));
        assert_eq!(check("null\u{0}inside", ""), Err(FieldFault::BadCharacters));
    }
}
