//! Organizers and their teams.
//!
//! An organizer is the tenant: what belongs to it carries its id, and whoever acts for it shows membership first.
//! Invariant: a team always has an owner.
mod api;
mod model;
pub mod pages;
mod permission;
mod words;

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
pub mod guard;
#[cfg(feature = "ssr")]
mod mail;
#[cfg(feature = "ssr")]
mod store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;

pub use api::{
    ChangeMemberRole, DescribeOrg, FoundOrg, InviteMember, JoinTeam, RemoveMember, WithdrawInvitation,
    change_member_role, describe_org, found_org, get_offer, get_org_settings, get_team, invite_member, join_team,
    list_my_orgs, remove_member, withdraw_invitation,
};
#[cfg(feature = "ssr")]
pub use guard::Staff;
pub use model::{
    COUNTRIES, Invitation, InviteForm, Member, Membership, Offer, Org, OrgForm, OrgRefusal, Team, parse_country,
    zone_of_country,
};
pub use permission::{Permission, Role};
