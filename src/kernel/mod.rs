//! Words every domain shares.
//!
//! Ids, money, time, text: small types that are parsed once and then trusted.
//! Invariant: nothing here does I/O, knows a domain or touches leptos.
mod actor;
mod currency;
mod email;
mod fields;
mod ids;
mod instant;
mod local_time;
mod money;
mod numbers;
mod paging;
mod phone;
mod query;
mod secret_text;
mod slug;
mod span;
mod text;
mod zone_clock;

pub use actor::Actor;
pub use currency::Currency;
pub use email::EmailAddress;
pub use fields::{FieldErrors, FieldFault};
pub use ids::{
    AccountId, AuditEntryId, BlockId, CodeId, ConditionId, DeviceId, EntryId, EventId, HoldId, InvitationId, JobId,
    LedgerTxId, ListId, MessageId, NoticeId, OrderId, OrgId, PaymentId, PoolId, RefundId, RevocationId, ScanId,
    SessionId, TicketId, TicketTypeId, VenueId,
};
pub use instant::Instant;
pub use local_time::{LocalTime, ZoneName};
pub use money::Money;
pub use numbers::{parse_amount, parse_whole};
pub use paging::{Cursor, Page};
pub use phone::PhoneNumber;
pub use query::escape_query;
pub use secret_text::SecretText;
pub use slug::Slug;
pub use span::Span;
pub use text::{Note, Title};
pub use zone_clock::{ZoneClock, ZoneShift};
