//! Payments, refunds and their states.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::kernel::{Instant, Money, NoticeId, OrderId, OrgId, PaymentId, PhoneNumber};

/// Smallest and largest amount M-Pesa moves at once, in whole shillings (payments of Lipa na M-Pesa Online).
pub const MPESA_MIN_KES: i64 = 1;
pub const MPESA_MAX_KES: i64 = 250_000;

/// Where an attempt stands. Success is never taken back, and every negative state may still turn into success: M-Pesa
/// sometimes debits after it has said that it did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// Written down; nobody has been asked yet.
    Created,
    /// The provider is being asked right now.
    Prompting,
    /// The prompt is on the phone.
    Prompted,
    Succeeded,
    Failed,
    Cancelled,
    Expired,
    /// The provider's answer was lost: it may or may not have asked.
    Unknown,
    /// A human must look: the facts contradict each other.
    Review,
}

impl PaymentState {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Prompting => "prompting",
            Self::Prompted => "prompted",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Unknown => "unknown",
            Self::Review => "review",
        }
    }

    /// The state of a word of the table; a word that is not there needs a human.
    pub fn of_word(word: &str) -> Self {
        const ALL: [PaymentState; 8] = [
            PaymentState::Created,
            PaymentState::Prompting,
            PaymentState::Prompted,
            PaymentState::Succeeded,
            PaymentState::Failed,
            PaymentState::Cancelled,
            PaymentState::Expired,
            PaymentState::Unknown,
        ];
        ALL.into_iter().find(|state| state.word() == word).unwrap_or(Self::Review)
    }

    /// Whether the provider may still say something that decides it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Created | Self::Prompting | Self::Prompted | Self::Unknown)
    }
}

/// Who moves the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    Mpesa,
    /// From hand to hand, at a desk or a door: no provider knows of it.
    Cash,
}

impl Provider {
    /// The stored word; anything that is not paid by a phone was paid by hand.
    pub fn of_word(word: &str) -> Self {
        if word == "mpesa" { Self::Mpesa } else { Self::Cash }
    }
}

/// One attempt to take money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    pub org_id: OrgId,
    pub payment_id: PaymentId,
    pub order_id: OrderId,
    pub state: PaymentState,
    pub amount: Money,
    pub provider: Provider,
    /// The phone that is asked; none when it is paid by hand.
    pub phone: Option<PhoneNumber>,
    pub merchant_request_id: Option<String>,
    pub checkout_request_id: Option<String>,
    pub receipt: Option<String>,
    pub created_at: Instant,
    pub prompted_at: Option<Instant>,
    pub polls: i32,
}

/// What a provider said, as it was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub org_id: OrgId,
    pub notice_id: NoticeId,
    pub payment_id: PaymentId,
    /// Said by the answer to our own question, so it needs no confirming.
    pub is_own_query: bool,
    pub merchant_request_id: Option<String>,
    pub checkout_request_id: Option<String>,
    pub result_code: String,
    pub amount_minor: Option<i64>,
    pub receipt: Option<String>,
    pub is_applied: bool,
}

/// What became of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Applied,
    /// The payment had been settled before.
    Repeated,
    /// Amount or ids are not those of the payment: nothing is issued, a human looks.
    Mismatch,
    /// The provider does not know of it: the notice was forged.
    Denied,
    /// News that changes nothing, such as a failure after a success.
    Ignored,
}

impl Outcome {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Repeated => "repeated",
            Self::Mismatch => "mismatch",
            Self::Denied => "denied",
            Self::Ignored => "ignored",
        }
    }
}

impl Notice {
    /// Whether what the notice says fits the payment it came for. Ids that are not known yet fit.
    pub fn fits(&self, payment: &Payment) -> bool {
        let same = |said: &Option<String>, known: &Option<String>| match (said, known) {
            (Some(said), Some(known)) => said == known,
            _ => true,
        };
        self.amount_minor.is_none_or(|amount| amount == payment.amount.minor)
            && same(&self.checkout_request_id, &payment.checkout_request_id)
            && same(&self.merchant_request_id, &payment.merchant_request_id)
    }

    /// Whether a success is news of the usual kind: the payment is open, the prompt's answer was not lost, and all fits.
    pub fn is_usual(&self, payment: &Payment) -> bool {
        payment.state.is_open() && payment.checkout_request_id.is_some() && self.fits(payment)
    }
}

/// Seconds to wait before asking about a payment for the `polls`-th time; `None` when a day has been waited.
///
/// First at 20 s when no callback came, then every 15 s four times, then doubling up to five minutes. A payment that
/// was refused is asked about three times more, at 2 minutes, 10 minutes and an hour, since a late PIN may still debit.
pub const fn next_poll_secs(polls: i32, is_open: bool) -> Option<i64> {
    if is_open {
        return match polls {
            0 => Some(20),
            1..=4 => Some(15),
            5 => Some(30),
            6 => Some(60),
            7 => Some(120),
            8..=300 => Some(300),
            _ => None,
        };
    }
    match polls % 4 {
        0 => Some(120),
        1 => Some(600),
        2 => Some(3600),
        _ => None,
    }
}

/// Why a payment is not started.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum PaymentRefusal {
    #[error("M-Pesa pays in Kenyan shillings only.")]
    CurrencyNotTaken,
    #[error("M-Pesa moves between KSh 1 and KSh 250,000 at a time.")]
    AmountOutOfRange,
    #[error("A payment is already on its way. Check your phone.")]
    AlreadyOpen,
    #[error("This payment cannot be refunded now.")]
    NotRefundable,
}

impl PaymentRefusal {
    pub const fn status(&self) -> StatusCode {
        StatusCode::CONFLICT
    }
}

/// Whether M-Pesa can move the amount: whole shillings, within its bounds.
pub fn check_mpesa(amount: Money) -> Result<i64, PaymentRefusal> {
    if amount.currency != crate::kernel::Currency::Kes {
        return Err(PaymentRefusal::CurrencyNotTaken);
    }
    match amount.whole_major() {
        Some(shillings) if (MPESA_MIN_KES..=MPESA_MAX_KES).contains(&shillings) => Ok(shillings),
        _ => Err(PaymentRefusal::AmountOutOfRange),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Currency;

    #[test]
    fn mpesa_moves_whole_shillings_within_bounds() {
        let cases = [
            (Money::new(150_000, Currency::Kes), Ok(1_500)),
            (Money::new(100, Currency::Kes), Ok(1)),
            (Money::new(25_000_000, Currency::Kes), Ok(250_000)),
            (Money::new(25_000_100, Currency::Kes), Err(PaymentRefusal::AmountOutOfRange)),
            (Money::new(150_050, Currency::Kes), Err(PaymentRefusal::AmountOutOfRange)),
            (Money::new(0, Currency::Kes), Err(PaymentRefusal::AmountOutOfRange)),
            (Money::new(-100, Currency::Kes), Err(PaymentRefusal::AmountOutOfRange)),
            (Money::new(1_500, Currency::Ugx), Err(PaymentRefusal::CurrencyNotTaken)),
        ];
        for (amount, outcome) in cases {
            assert_eq!(check_mpesa(amount), outcome, "{amount}");
        }
    }

    #[test]
    fn an_open_payment_is_watched_for_a_day_and_a_refused_one_three_times() {
        let day: i64 = (0..).map_while(|polls| next_poll_secs(polls, true)).sum();
        assert!((86_400..2 * 86_400).contains(&day), "{day}");
        assert_eq!((0..).map_while(|polls| next_poll_secs(polls, false)).collect::<Vec<_>>(), [120, 600, 3600]);
    }

    #[test]
    fn words_and_states_are_the_same_list() {
        for word in
            ["created", "prompting", "prompted", "succeeded", "failed", "cancelled", "expired", "unknown", "review"]
        {
            assert_eq!(PaymentState::of_word(word).word(), word);
        }
        assert_eq!(PaymentState::of_word("nonsense"), PaymentState::Review);
    }
}
