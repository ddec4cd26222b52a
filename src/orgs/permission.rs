//! Which role may do what. Pure: both sides ask the same table.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What a member is in a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Owner,
    Organizer,
    Gatekeeper,
    Finance,
    Support,
}

/// Something that a member may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Permission {
    ManageTeam,
    ManageOrg,
    EditEvents,
    PublishEvents,
    SeeSales,
    SeeOrders,
    RefundOrders,
    ExportAttendees,
    ManageGates,
    ScanTickets,
}

impl Permission {
    pub const ALL: [Self; 10] = [
        Self::ManageTeam,
        Self::ManageOrg,
        Self::EditEvents,
        Self::PublishEvents,
        Self::SeeSales,
        Self::SeeOrders,
        Self::RefundOrders,
        Self::ExportAttendees,
        Self::ManageGates,
        Self::ScanTickets,
    ];
}

impl Role {
    /// All of them, in the order a form offers them.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Organizer, Self::Gatekeeper, Self::Finance, Self::Support];

    /// Whether the role may do that.
    pub const fn allows(self, permission: Permission) -> bool {
        use Permission as P;
        match self {
            Self::Owner => true,
            Self::Organizer => matches!(
                permission,
                P::EditEvents
                    | P::PublishEvents
                    | P::SeeSales
                    | P::SeeOrders
                    | P::ExportAttendees
                    | P::ManageGates
                    | P::ScanTickets
            ),
            Self::Gatekeeper => matches!(permission, P::ScanTickets),
            Self::Finance => {
                matches!(permission, P::SeeSales | P::SeeOrders | P::RefundOrders | P::ExportAttendees)
            }
            Self::Support => matches!(permission, P::SeeOrders),
        }
    }

    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Organizer => "organizer",
            Self::Gatekeeper => "gatekeeper",
            Self::Finance => "finance",
            Self::Support => "support",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Not the word of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a role")]
pub struct UnknownRole;

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(UnknownRole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_may_do_exactly_what_the_table_says() {
        use Permission as P;
        let table: [(Role, &[Permission]); 5] = [
            (Role::Owner, &P::ALL),
            (
                Role::Organizer,
                &[
                    P::EditEvents,
                    P::PublishEvents,
                    P::SeeSales,
                    P::SeeOrders,
                    P::ExportAttendees,
                    P::ManageGates,
                    P::ScanTickets,
                ],
            ),
            (Role::Gatekeeper, &[P::ScanTickets]),
            (Role::Finance, &[P::SeeSales, P::SeeOrders, P::RefundOrders, P::ExportAttendees]),
            (Role::Support, &[P::SeeOrders]),
        ];
        for (role, allowed) in table {
            for permission in P::ALL {
                assert_eq!(role.allows(permission), allowed.contains(&permission), "{role} {permission:?}");
            }
        }
    }

    #[test]
    fn roles_are_read_from_their_own_words_only() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        for word in ["", "Owner", "admin", "owner "] {
            assert_eq!(word.parse::<Role>(), Err(UnknownRole), "{word}");
        }
    }
}
