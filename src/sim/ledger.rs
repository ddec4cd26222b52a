//! The truth about the play money: who paid what, and what went back.

use std::collections::BTreeMap;

use serde::Serialize;

/// One payment.
#[derive(Clone, Debug, Serialize)]
pub struct Debit {
    pub receipt: String,
    pub checkout_request_id: String,
    pub msisdn: String,
    pub amount: i64,
    pub at_ms: i64,
    /// The receipt of the reversal, when it went back.
    pub reversed_by: Option<String>,
}

/// All payments, by receipt.
#[derive(Default, Serialize)]
pub struct Ledger {
    debits: BTreeMap<String, Debit>,
}

/// Why a reversal is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReversed {
    Unknown,
    Already,
}

impl Ledger {
    pub fn knows(&self, receipt: &str) -> bool {
        self.debits.contains_key(receipt)
    }

    pub fn find(&self, receipt: &str) -> Option<&Debit> {
        self.debits.get(receipt)
    }

    pub fn debit(&mut self, debit: Debit) {
        self.debits.insert(debit.receipt.clone(), debit);
    }

    /// Gives a payment back, once.
    pub fn reverse(&mut self, receipt: &str, by: String) -> Result<Debit, NotReversed> {
        let debit = self.debits.get_mut(receipt).ok_or(NotReversed::Unknown)?;
        if debit.reversed_by.is_some() {
            return Err(NotReversed::Already);
        }
        debit.reversed_by = Some(by);
        Ok(debit.clone())
    }

    /// What each number has paid and not got back.
    pub fn net_by_phone(&self) -> BTreeMap<&str, i64> {
        let mut net = BTreeMap::new();
        for debit in self.debits.values().filter(|debit| debit.reversed_by.is_none()) {
            *net.entry(debit.msisdn.as_str()).or_insert(0) += debit.amount;
        }
        net
    }
}
