//! Proof of membership and of a right.

use http::request::Parts;

use super::{
    permission::{Permission, Role},
    store,
};
use crate::{
    accounts::guard::{self, SignedIn},
    error::{AppError, Result},
    kernel::{AccountId, Actor, OrgId},
    platform::state::AppState,
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

/// The member who asks, with the right to do that. Who is no member learns no more than for an unknown organizer.
pub async fn staff(app: &AppState, org: &str, permission: Permission) -> Result<Staff> {
    with_right(app, &guard::signed_in(app).await?, org, permission).await
}

/// The member who asks, whatever the role.
pub async fn member(app: &AppState, org: &str) -> Result<Staff> {
    of_account(app, &guard::signed_in(app).await?, org).await
}

/// Like [`staff`], for an axum handler.
pub async fn staff_from(app: &AppState, parts: &Parts, org: &str, permission: Permission) -> Result<Staff> {
    with_right(app, &guard::signed_in_from(app, parts).await?, org, permission).await
}

async fn with_right(app: &AppState, person: &SignedIn, org: &str, permission: Permission) -> Result<Staff> {
    let staff = of_account(app, person, org).await?;
    staff.may(permission)?;
    Ok(staff)
}

async fn of_account(app: &AppState, person: &SignedIn, org: &str) -> Result<Staff> {
    if !person.opens_desk(app.now()) {
        return Err(AppError::SignInRequired);
    }
    let mut connection = app.db.acquire().await?;
    store::find_staff(&mut connection, org, person.account_id).await?.ok_or(AppError::NotFound)
}
