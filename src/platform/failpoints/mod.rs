//! Named points at which a process can be made to die, and switches that take guards away: for `lango chaos`.
//!
//! They are in builds with the feature `failpoints` alone and listen to the variable `FAILPOINTS` (the crate `fail`); in what
//! is shipped every function here does nothing, and the compiler drops it.
#[cfg(not(feature = "failpoints"))]
#[path = "off.rs"]
mod switches;
#[cfg(feature = "failpoints")]
#[path = "on.rs"]
mod switches;

pub use switches::{IS_BUILT_IN, arm, is_on, number, reach};

/// Where a process can be made to die, along the way of a purchase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// A basket's stock is held, and nobody has been told.
    AfterHoldCommit,
    /// A payment is to be asked for, and no job has begun.
    AfterPayCommit,
    /// An attempt is marked as being prompted, and the provider has not been called.
    BeforeProviderCall,
    /// The phone rings, and nothing is written down of it.
    AfterProviderCall,
    /// A callback is stored, and the provider has not been answered.
    AfterRawCallback,
    /// An order is marked paid and has no tickets, in a transaction that is still open.
    MidApply,
    /// An order is paid, and the job that did it still counts as undone.
    AfterApplyCommit,
    /// A mail was taken by the mail server, and still counts as unsent.
    AfterOutboxEffect,
    /// A refund is marked as submitted, and the provider has not been called.
    BeforeRefundCall,
    /// The provider has taken a refund, and nothing is written down of it.
    AfterRefundCall,
}

impl Point {
    pub const ALL: [Self; 10] = [
        Self::AfterHoldCommit,
        Self::AfterPayCommit,
        Self::BeforeProviderCall,
        Self::AfterProviderCall,
        Self::AfterRawCallback,
        Self::MidApply,
        Self::AfterApplyCommit,
        Self::AfterOutboxEffect,
        Self::BeforeRefundCall,
        Self::AfterRefundCall,
    ];

    /// The name in `FAILPOINTS`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AfterHoldCommit => "after_hold_commit",
            Self::AfterPayCommit => "after_pay_commit",
            Self::BeforeProviderCall => "before_provider_call",
            Self::AfterProviderCall => "after_provider_call",
            Self::AfterRawCallback => "after_raw_callback",
            Self::MidApply => "mid_apply",
            Self::AfterApplyCommit => "after_apply_commit",
            Self::AfterOutboxEffect => "after_outbox_effect",
            Self::BeforeRefundCall => "before_refund_call",
            Self::AfterRefundCall => "after_refund_call",
        }
    }
}
