//! Weaknesses that a test can switch on, to prove that the test which guards against them can fail.
//!
//! A race test that passes says little by itself: with the guard taken away it must go red. Outside tests and builds with
//! `failpoints`, which `lango chaos` breaks in this way from outside, every switch is off for good, and the compiler drops
//! what hangs on it.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use super::failpoints;

/// A guard that can be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weakness {
    /// Pools are read without a lock, and a while passes before the decision is written.
    UnlockedPools,
    /// A notice is applied without looking whether the payment has been settled already.
    ForgetfulSettle,
    /// Payments that are settled together are read without a lock, and a while passes before they are settled.
    UnlockedPayments,
    /// A callback's id is believed without looking whose it is.
    AnybodysId,
    /// Tickets are issued in a transaction of their own, after the order was marked paid.
    TicketsLater,
    /// An idempotency key is looked up and written in two steps.
    LooseKeys,
    /// A buyer's orders are counted while a rival order of the same person is being written.
    UncountedRivals,
    /// An access code is read without a lock, and a while passes before its use is counted.
    UnlockedCodes,
    /// What draws on a pool is believed although it changed while somebody waited.
    StaleDraws,
    /// The gate looks for an earlier admission first and writes its own later.
    ForgetfulGate,
    /// A prompt whose answer was lost with its process is sent once more.
    PromptAgain,
    /// A commit is acknowledged before it is on disk.
    LazyCommit,
    /// The waiting room is read without a lock, and a while passes before an entry is written.
    OpenDoor,
    /// Stock is not taken again for money that came after its hold had ended: the money only ever goes back.
    NoSecondTake,
}

impl Weakness {
    /// The name in `FAILPOINTS`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnlockedPools => "weak_unlocked_pools",
            Self::ForgetfulSettle => "weak_forgetful_settle",
            Self::UnlockedPayments => "weak_unlocked_payments",
            Self::AnybodysId => "weak_anybodys_id",
            Self::TicketsLater => "weak_tickets_later",
            Self::LooseKeys => "weak_loose_keys",
            Self::UncountedRivals => "weak_uncounted_rivals",
            Self::UnlockedCodes => "weak_unlocked_codes",
            Self::StaleDraws => "weak_stale_draws",
            Self::ForgetfulGate => "weak_forgetful_gate",
            Self::PromptAgain => "weak_prompt_again",
            Self::LazyCommit => "weak_lazy_commit",
            Self::OpenDoor => "weak_open_door",
            Self::NoSecondTake => "weak_no_second_take",
        }
    }
}

/// The switches of one `AppState`.
#[derive(Clone, Default)]
pub struct Sabotage(Arc<Mutex<HashSet<Weakness>>>);

impl Sabotage {
    pub fn is_on(&self, weakness: Weakness) -> bool {
        failpoints::is_on(weakness.name())
            || (cfg!(test) && self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&weakness))
    }

    pub fn switch_on(&self, weakness: Weakness) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(weakness);
    }
}
