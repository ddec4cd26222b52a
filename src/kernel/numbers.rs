//! Numbers that people type.

use super::{Currency, FieldFault, Money};

/// Reads a whole number within bounds. ASCII digits only: no signs but a minus, no exponents, no full-width digits.
pub fn parse_whole(text: &str, min: i64, max: i64) -> Result<i64, FieldFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FieldFault::Required);
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(FieldFault::NotANumber);
    }
    // Digits that do not fit an i64 are a number all the same: one that is out of range.
    let number = text.parse::<i64>().unwrap_or(if text.starts_with('-') { i64::MIN } else { i64::MAX });
    if (min..=max).contains(&number) { Ok(number) } else { Err(FieldFault::OutOfRange { min, max }) }
}

/// Reads an amount such as `1500`, `1,500` or `12.50`, from zero to `max_major` major units.
pub fn parse_amount(text: &str, currency: Currency, max_major: i64) -> Result<Money, FieldFault> {
    let text = text.trim().replace([',', ' ', '\u{a0}'], "");
    let (whole, cents) = text.split_once('.').unwrap_or((text.as_str(), ""));
    let major = parse_whole(whole, 0, max_major)?;
    let places = currency.exponent() as usize;
    if cents.len() > places || !cents.bytes().all(|b| b.is_ascii_digit()) {
        return Err(FieldFault::NotANumber);
    }
    let padded = format!("{cents:0<places$}");
    let cents = if padded.is_empty() { 0 } else { parse_whole(&padded, 0, i64::MAX)? };
    let minor = major.checked_mul(currency.minor_per_major()).and_then(|minor| minor.checked_add(cents));
    minor.map(|minor| Money::new(minor, currency)).ok_or(FieldFault::OutOfRange { min: 0, max: max_major })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_numbers_are_refused_with_their_reason() {
        let bounds = FieldFault::OutOfRange { min: 1, max: 100 };
        let cases = [
            ("", FieldFault::Required),
            ("0", bounds.clone()),
            ("-1", bounds.clone()),
            ("101", bounds.clone()),
            ("99999999999999999999", bounds),
            ("1.5", FieldFault::NotANumber),
            ("1e3", FieldFault::NotANumber),
            ("２", FieldFault::NotANumber),
            ("+1", FieldFault::NotANumber),
            ("0x1", FieldFault::NotANumber),
        ];
        for (text, fault) in cases {
            assert_eq!(parse_whole(text, 1, 100), Err(fault), "{text}");
        }
        assert_eq!(parse_whole(" 7 ", 1, 100), Ok(7));
    }

    #[test]
    fn amounts_follow_their_currency() {
        assert_eq!(parse_amount("1,500", Currency::Kes, 1_000_000), Ok(Money::new(150_000, Currency::Kes)));
        assert_eq!(parse_amount("12.5", Currency::Kes, 1_000_000), Ok(Money::new(1_250, Currency::Kes)));
        assert_eq!(parse_amount("1500", Currency::Ugx, 1_000_000), Ok(Money::new(1_500, Currency::Ugx)));
        assert_eq!(parse_amount("1500.5", Currency::Ugx, 1_000_000), Err(FieldFault::NotANumber));
        assert_eq!(parse_amount("1.234", Currency::Kes, 1_000_000), Err(FieldFault::NotANumber));
        assert!(parse_amount("-1", Currency::Kes, 1_000_000).is_err());
        assert!(parse_amount("1000001", Currency::Kes, 1_000_000).is_err());
    }
}
