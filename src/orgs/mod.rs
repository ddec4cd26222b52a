//! Organizers and their teams.
//!
//! An organizer is the tenant: what belongs to it carries its id, and whoever acts for it shows membership first.
//! Invariant: a team always has an owner.
mod model;
mod permission;
mod words;

#[cfg(feature = "ssr")]
pub mod guard;

#[cfg(feature = "ssr")]
pub use guard::Staff;
pub use model::{
    COUNTRIES, InviteForm, Invitation, Member, Membership, Offer, Org, OrgForm, OrgRefusal, Team, parse_country,
};
pub use permission::{Permission, Role};
