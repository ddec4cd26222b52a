//! What refusals and roles are called, in each language.

use super::{model::OrgRefusal, permission::Role};
use crate::i18n::{Locale, td_string};

impl OrgRefusal {
    /// The sentence for the user.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::LastOwner => td_string!(locale, orgs.refused_last_owner).to_string(),
            Self::AlreadyMember => td_string!(locale, orgs.refused_already_member).to_string(),
            Self::InvitationGone => td_string!(locale, orgs.refused_invitation_gone).to_string(),
            Self::OtherAddress => td_string!(locale, orgs.refused_other_address).to_string(),
            Self::TeamFull => td_string!(locale, orgs.refused_team_full).to_string(),
        }
    }
}

impl Role {
    /// The role's name.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::Owner => td_string!(locale, orgs.role_owner).to_string(),
            Self::Organizer => td_string!(locale, orgs.role_organizer).to_string(),
            Self::Gatekeeper => td_string!(locale, orgs.role_gatekeeper).to_string(),
            Self::Finance => td_string!(locale, orgs.role_finance).to_string(),
            Self::Support => td_string!(locale, orgs.role_support).to_string(),
        }
    }

    /// What the role may do, in one line.
    pub fn explained(self, locale: Locale) -> String {
        match self {
            Self::Owner => td_string!(locale, orgs.role_owner_may).to_string(),
            Self::Organizer => td_string!(locale, orgs.role_organizer_may).to_string(),
            Self::Gatekeeper => td_string!(locale, orgs.role_gatekeeper_may).to_string(),
            Self::Finance => td_string!(locale, orgs.role_finance_may).to_string(),
            Self::Support => td_string!(locale, orgs.role_support_may).to_string(),
        }
    }
}
