//! Proof of membership and of a right.

use super::permission::{Permission, Role};
use crate::{
    error::{AppError, Result},
    kernel::{AccountId, Actor, OrgId},
};

/// A member acting for an organizer; only a guard makes one outside tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    pub org_id: OrgId,
    pub account_id: AccountId,
    pub role: Role,
    pub org_name: String,
    pub slug: String,
}

impl Staff {
    /// Who stands in the audit.
    pub const fn actor(&self) -> Actor {
        Actor::Account(self.account_id)
    }

    /// Refuses what the role does not allow.
    pub const fn may(&self, permission: Permission) -> Result<()> {
        if self.role.allows(permission) { Ok(()) } else { Err(AppError::Forbidden) }
    }
}
