//! Entries that always sum to zero.

use crate::kernel::Money;

/// A book of the ledger. Debit is positive, credit negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Book {
    /// What a provider holds for us.
    Provider,
    /// What we owe the organizer.
    Organizer,
    /// What we owe a buyer whose money came without a ticket to give for it.
    Buyer,
}

impl Book {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Organizer => "organizer",
            Self::Buyer => "buyer",
        }
    }
}

/// One line of a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub book: Book,
    pub amount: Money,
}

/// Money came in: the provider holds it, and we owe it to whoever it is for.
pub const fn capture(amount: Money, owed_to: Book) -> [Entry; 2] {
    [
        Entry { book: Book::Provider, amount },
        Entry { book: owed_to, amount: Money::new(-amount.minor, amount.currency) },
    ]
}

/// Money went back: the provider holds less, and we owe less to whoever it was for.
pub const fn refund(amount: Money, owed_to: Book) -> [Entry; 2] {
    [
        Entry { book: Book::Provider, amount: Money::new(-amount.minor, amount.currency) },
        Entry { book: owed_to, amount },
    ]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::kernel::Currency;

    proptest! {
        #[test]
        fn every_movement_sums_to_zero(minor in 1..i64::MAX) {
            let amount = Money::new(minor, Currency::Kes);
            for entries in [capture(amount, Book::Organizer), capture(amount, Book::Buyer), refund(amount, Book::Organizer)] {
                prop_assert_eq!(entries[0].amount.minor + entries[1].amount.minor, 0);
                prop_assert_eq!(entries[0].book, Book::Provider);
            }
        }
    }
}
