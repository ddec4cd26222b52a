//! Weaknesses that a test can switch on, to prove that the test which guards against them can fail.
//!
//! A race test that passes says little by itself: with the guard taken away it must go red. Outside tests every switch
//! is off for good, and the compiler drops what hangs on it.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

/// A guard that can be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weakness {
    /// Pools are read without a lock, and a while passes before the decision is written.
    UnlockedPools,
    /// A notice is applied without looking whether the payment has been settled already.
    ForgetfulSettle,
    /// A callback's id is believed without looking whose it is.
    AnybodysId,
    /// Tickets are issued in a transaction of their own, after the order was marked paid.
    TicketsLater,
    /// An idempotency key is looked up and written in two steps.
    LooseKeys,
    /// The gate looks for an earlier admission first and writes its own later.
    ForgetfulGate,
}

/// The switches of one `AppState`.
#[derive(Clone, Default)]
pub struct Sabotage(Arc<Mutex<HashSet<Weakness>>>);

impl Sabotage {
    pub fn is_on(&self, weakness: Weakness) -> bool {
        cfg!(test) && self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&weakness)
    }

    pub fn switch_on(&self, weakness: Weakness) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(weakness);
    }
}
