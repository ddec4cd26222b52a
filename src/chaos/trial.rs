//! What is broken, and which guard each kind of trouble needs.

use std::{fmt, time::Duration};

use crate::platform::sabotage::Weakness;

/// One way in which things go wrong; the numbers are those of the catalogue of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    NodesKilled,
    PointsHit,
    PostgresKilled,
    PostgresRestarted,
    CommitsLost,
    SlowWire,
    FewConnections,
    OppositeOrders,
    CallbacksLost,
    CallbacksDoubled,
    CallbacksEarly,
    AnswersReversed,
    LateMoney,
    StrangeCallbacks,
    ProviderDown,
    WrongClock,
    ConnectionsCut,
    DoubleClicks,
    HungUp,
    Migration,
    Herd,
}

impl Trial {
    pub const ALL: [Self; 21] = [
        Self::NodesKilled,
        Self::PointsHit,
        Self::PostgresKilled,
        Self::PostgresRestarted,
        Self::CommitsLost,
        Self::SlowWire,
        Self::FewConnections,
        Self::OppositeOrders,
        Self::CallbacksLost,
        Self::CallbacksDoubled,
        Self::CallbacksEarly,
        Self::AnswersReversed,
        Self::LateMoney,
        Self::StrangeCallbacks,
        Self::ProviderDown,
        Self::WrongClock,
        Self::ConnectionsCut,
        Self::DoubleClicks,
        Self::HungUp,
        Self::Migration,
        Self::Herd,
    ];

    /// Guards, the trial that must notice when one is missing, and the words by which it does: to go wrong in another way
    /// is not to notice.
    pub const CONTROLS: [(Weakness, Self, &'static str); 6] = [
        (Weakness::UnlockedPools, Self::OppositeOrders, "a01_pool_oversold"),
        (Weakness::LooseKeys, Self::DoubleClicks, "answered with two orders"),
        (Weakness::ForgetfulSettle, Self::CallbacksDoubled, "a16_movement_not_booked_once"),
        (Weakness::TicketsLater, Self::CallbacksEarly, "a06_paid_order_ticket_count"),
        (Weakness::PromptAgain, Self::PointsHit, "was charged 2 times"),
        (Weakness::LazyCommit, Self::PostgresKilled, "an acknowledged order is not there"),
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::NodesKilled => "nodes-killed",
            Self::PointsHit => "points-hit",
            Self::PostgresKilled => "postgres-killed",
            Self::PostgresRestarted => "postgres-restarted",
            Self::CommitsLost => "commits-lost",
            Self::SlowWire => "slow-wire",
            Self::FewConnections => "few-connections",
            Self::OppositeOrders => "opposite-orders",
            Self::CallbacksLost => "callbacks-lost",
            Self::CallbacksDoubled => "callbacks-doubled",
            Self::CallbacksEarly => "callbacks-early",
            Self::AnswersReversed => "answers-reversed",
            Self::LateMoney => "late-money",
            Self::StrangeCallbacks => "strange-callbacks",
            Self::ProviderDown => "provider-down",
            Self::WrongClock => "wrong-clock",
            Self::ConnectionsCut => "connections-cut",
            Self::DoubleClicks => "double-clicks",
            Self::HungUp => "hung-up",
            Self::Migration => "migration",
            Self::Herd => "herd",
        }
    }

    /// The rows of the catalogue that it plays.
    const fn faults(self) -> &'static str {
        match self {
            Self::NodesKilled => "F1",
            Self::PointsHit => "F1 F20",
            Self::PostgresKilled => "F2",
            Self::PostgresRestarted => "F3",
            Self::CommitsLost => "F4",
            Self::SlowWire => "F5",
            Self::FewConnections => "F6",
            Self::OppositeOrders => "F7",
            Self::CallbacksLost => "F11",
            Self::CallbacksDoubled => "F12",
            Self::CallbacksEarly => "F13",
            Self::AnswersReversed | Self::LateMoney => "F14",
            Self::StrangeCallbacks => "F15",
            Self::ProviderDown => "F16",
            Self::WrongClock => "F17",
            Self::ConnectionsCut => "F19",
            Self::DoubleClicks => "F21",
            Self::HungUp => "F22",
            Self::Migration => "F24",
            Self::Herd => "F25",
        }
    }

    /// How the simulator's phones behave, by the name of one of its modes.
    pub const fn phones(self) -> &'static str {
        match self {
            Self::CallbacksLost => "lost_callback",
            Self::CallbacksDoubled => "duplicate",
            Self::CallbacksEarly => "early",
            Self::AnswersReversed | Self::LateMoney => "late_success",
            Self::StrangeCallbacks => "forged_amount",
            Self::NodesKilled | Self::ConnectionsCut => "chaos",
            _ => "approve",
        }
    }

    /// Tickets of each of the event's two types: fewer than buyers want, so that rivals meet; but those who are to come to
    /// every point must not find an end.
    pub const fn capacity(self) -> i32 {
        match self {
            Self::PointsHit => 10_000,
            Self::LateMoney => 20,
            _ => 60,
        }
    }

    /// Events on sale; the crowd buys at the first, and a herd waits in front of the last.
    pub const fn events(self) -> u32 {
        if matches!(self, Self::Herd) { 2 } else { 1 }
    }

    /// How long after the last buyer phones may still change their minds.
    pub const fn settling(self) -> Duration {
        match self {
            Self::NodesKilled | Self::ConnectionsCut | Self::AnswersReversed | Self::LateMoney => {
                Duration::from_secs(7)
            }
            _ => Duration::ZERO,
        }
    }

    /// Whether jobs may have ended without anybody being able to write it down: their leases are then of nobody.
    pub const fn cuts_off_jobs(self) -> bool {
        matches!(
            self,
            Self::PostgresKilled
                | Self::PostgresRestarted
                | Self::CommitsLost
                | Self::SlowWire
                | Self::FewConnections
                | Self::ConnectionsCut
        )
    }

    /// Connections of a node for pages and purchases.
    pub const fn connections(self) -> u32 {
        if matches!(self, Self::FewConnections) { 2 } else { 8 }
    }
}

impl fmt::Display for Trial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name(), self.faults())
    }
}
