//! What a rehearsal shows.

use serde::{Deserialize, Serialize};

use super::PlanForm;
use crate::{events::EventHead, kernel::Money};

/// How it stood at a moment after the opening.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    pub secs: i64,
    pub waiting: i64,
    pub inside: i64,
    pub held: i64,
    pub sold: i64,
}

/// How an on-sale goes, if people come and pay as expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// When the last ticket was paid, if all were.
    pub sold_out_secs: Option<i64>,
    pub sold: i64,
    /// Tickets that nobody paid in the time that was played.
    pub left: i64,
    pub revenue: Money,
    pub greatest_queue: i64,
    pub longest_wait_secs: i64,
    /// Holds that were not paid and ran out.
    pub abandoned_holds: i64,
    /// People who came in and found nothing left for them.
    pub turned_away: i64,
    /// People still in line when the time that is played was over.
    pub still_waiting: i64,
    /// Evenly over the time.
    pub moments: Vec<Moment>,
}

/// The desk's page of a rehearsal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RehearsalPage {
    pub event: EventHead,
    pub form: PlanForm,
    /// Tickets that can be sold.
    pub stock: i64,
    pub outcome: Option<Outcome>,
}
