//! Every id of the product: one macro, one list.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Makes a fresh id whose order follows the clock (UUID v7); the server alone makes ids.
            #[cfg(not(target_arch = "wasm32"))]
            pub fn fresh() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A person who can sign in.
    AccountId;
    /// One line of who did what.
    AuditEntryId;
    /// Stock that the desk has set aside.
    BlockId;
    /// An access code.
    CodeId;
    /// A window, a gate, an alert or a question of a check-in list.
    ConditionId;
    /// A paired phone at the gate.
    DeviceId;
    /// A place in a waiting list.
    EntryId;
    /// What people attend.
    EventId;
    /// Stock set aside for minutes.
    HoldId;
    /// A place in a team, offered by mail.
    InvitationId;
    /// Something that happens later.
    JobId;
    /// One movement of money, booked twice.
    LedgerTxId;
    /// A check-in list of an event.
    ListId;
    /// A mail in the outbox.
    MessageId;
    /// Something a payment provider said.
    NoticeId;
    /// A purchase.
    OrderId;
    /// An organizer: the tenant.
    OrgId;
    /// One attempt to take money through a provider.
    PaymentId;
    /// A counted stock.
    PoolId;
    /// Money going back.
    RefundId;
    /// An entry of the feed of tickets that stopped being valid.
    RevocationId;
    /// One reading at the gate.
    ScanId;
    /// A sign-in.
    SessionId;
    /// An admission that somebody holds.
    TicketId;
    /// What is on sale.
    TicketTypeId;
    /// A place with a map of seats.
    VenueId;
}
