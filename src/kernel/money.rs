//! Amounts of money: whole minor units, sums that are checked.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Currency;

/// An amount in whole minor units (cents of KES, shillings of UGX).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// The sum; `None` when the currencies differ or the sum does not fit.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let same = self.currency == other.currency;
        let minor = self.minor.checked_add(other.minor)?;
        same.then_some(Self { minor, ..self })
    }

    /// So many times the amount; `None` when it does not fit.
    #[must_use]
    pub fn times(self, count: u32) -> Option<Self> {
        let minor = self.minor.checked_mul(i64::from(count))?;
        Some(Self { minor, ..self })
    }

    /// The amount in whole major units (shillings); `None` when there are cents.
    pub const fn whole_major(self) -> Option<i64> {
        let unit = self.currency.minor_per_major();
        if self.minor % unit == 0 { Some(self.minor / unit) } else { None }
    }

    /// Digits with thousands apart and cents only where there are any: `1,500` or `12.50`.
    pub fn digits(self) -> String {
        let unit = self.currency.minor_per_major();
        let whole = (self.minor / unit).unsigned_abs().to_string();
        let mut grouped = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let cents = (self.minor % unit).unsigned_abs();
        let minus = if self.minor < 0 { "−" } else { "" };
        if cents == 0 { format!("{minus}{grouped}") } else { format!("{minus}{grouped}.{cents:02}") }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\u{a0}{}", self.currency.sign(), self.digits())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_people_write_them() {
        let cases = [
            (Money::new(150_000, Currency::Kes), "KSh\u{a0}1,500"),
            (Money::new(1_250, Currency::Kes), "KSh\u{a0}12.50"),
            (Money::new(1_234_567, Currency::Ugx), "USh\u{a0}1,234,567"),
            (Money::new(0, Currency::Ngn), "₦\u{a0}0"),
            (Money::new(-99_900, Currency::Kes), "KSh\u{a0}−999"),
        ];
        for (money, text) in cases {
            assert_eq!(money.to_string(), text);
        }
    }

    #[test]
    fn sums_that_cannot_be_are_none() {
        let shilling = Money::new(100, Currency::Kes);
        assert_eq!(shilling.plus(Money::new(1, Currency::Ugx)), None);
        assert_eq!(Money::new(i64::MAX, Currency::Kes).plus(shilling), None);
        assert_eq!(Money::new(i64::MAX / 2, Currency::Kes).times(3), None);
        assert_eq!(shilling.times(3), Some(Money::new(300, Currency::Kes)));
    }

    #[test]
    fn cents_have_no_whole_major_amount() {
        assert_eq!(Money::new(150_000, Currency::Kes).whole_major(), Some(1_500));
        assert_eq!(Money::new(150_050, Currency::Kes).whole_major(), None);
        assert_eq!(Money::new(1_500, Currency::Ugx).whole_major(), Some(1_500));
    }
}
