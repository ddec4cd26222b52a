//! M-Pesa by Safaricom's Daraja.
mod call;
mod codes;
mod password;
mod query;
mod reversal;
mod stk;
mod token;
mod wire;

use futures::future::BoxFuture;

pub use codes::{is_paid_code, reading_of};
pub use wire::{Loose, read_amount_minor};

use super::{Answer, Gateway, PromptRequest, Prompted, Reversal, ReversalRequest};
use crate::{
    kernel::{Currency, Money},
    platform::state::AppState,
};

/// M-Pesa takes whole shillings, from one to this many at once.
const SHILLINGS_MAX: i64 = 250_000;

/// The adapter; settings and tools come with each call.
pub struct Daraja;

impl Gateway for Daraja {
    fn prompt<'a>(&'a self, app: &'a AppState, request: PromptRequest) -> BoxFuture<'a, Prompted> {
        Box::pin(stk::prompt(app, request))
    }

    fn query<'a>(&'a self, app: &'a AppState, checkout_request_id: &'a str) -> BoxFuture<'a, Answer> {
        Box::pin(query::query(app, checkout_request_id))
    }

    fn reverse<'a>(&'a self, app: &'a AppState, request: ReversalRequest) -> BoxFuture<'a, Reversal> {
        Box::pin(reversal::reverse(app, request))
    }
}

/// The amount as Daraja takes it; `None` for cents, other currencies, and what is out of range.
fn shillings(amount: Money) -> Option<i64> {
    let whole = amount.whole_major().filter(|_| amount.currency == Currency::Kes)?;
    (1..=SHILLINGS_MAX).contains(&whole).then_some(whole)
}

/// The first so many characters, ASCII alone; anything else becomes a space.
fn plain(text: &str, chars_max: usize) -> String {
    let ascii: String = text.chars().map(|c| if c.is_ascii_graphic() { c } else { ' ' }).take(chars_max).collect();
    ascii.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_shillings_within_the_limit_are_sent() {
        let cases = [
            (100, Currency::Kes, Some(1)),
            (25_000_000, Currency::Kes, Some(250_000)),
            (25_000_100, Currency::Kes, None),
            (0, Currency::Kes, None),
            (-100, Currency::Kes, None),
            (150, Currency::Kes, None),
            (i64::MAX, Currency::Kes, None),
            (1_500, Currency::Ugx, None),
        ];
        for (minor, currency, wire) in cases {
            assert_eq!(shillings(Money::new(minor, currency)), wire, "{minor} {currency}");
        }
    }

    #[test]
    fn texts_are_cut_to_what_daraja_takes() {
        assert_eq!(plain("Koroga Festival 2026", 13), "Koroga Festiv");
        assert_eq!(plain("Fête à Yaoundé", 13), "F te   Yaound");
        assert_eq!(plain("\n\t", 13), "");
    }
}
