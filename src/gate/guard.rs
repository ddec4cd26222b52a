//! Proof of a paired phone.

use http::{header::AUTHORIZATION, request::Parts};
use leptos::prelude::use_context;
use serde::{Deserialize, Serialize};

use super::{
    model::{DeviceRole, GateRefusal},
    resolve::resolve,
    store::{self, DeviceRow},
    verdict::Rules,
};
use crate::{
    error::{AppError, Result},
    kernel::{Actor, DeviceId, EventId, ListId, OrgId, ZoneName},
    platform::{
        db::Tx,
        jwt::{self, Audience},
        secrets,
        state::AppState,
    },
};

/// What a gate's token says beside its phone: where that phone may look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Duty {
    pub org: OrgId,
    pub event: EventId,
    pub list: ListId,
}

/// A phone that is paired, not revoked, and whose shift is not over; only a guard makes one.
#[derive(Clone, Debug)]
pub struct Scanner {
    pub org_id: OrgId,
    pub event_id: EventId,
    pub device_id: DeviceId,
    /// What the phone is called at the door.
    pub gate: String,
    pub event_title: String,
    pub zone: ZoneName,
    pub role: DeviceRole,
    pub rules: Rules,
    pub last_seq: i64,
}

impl Scanner {
    /// Who stands in the audit.
    pub const fn actor(&self) -> Actor {
        Actor::Device(self.device_id)
    }

    pub(super) async fn of(tx: &mut Tx, org_id: OrgId, device_id: DeviceId, row: DeviceRow) -> Result<Self> {
        let rules = store::find_rules(tx, org_id, row.list_id).await?.ok_or(AppError::NotFound)?;
        Ok(Self {
            org_id,
            event_id: row.event_id,
            device_id,
            gate: row.name,
            event_title: row.event_title,
            zone: ZoneName(row.zone),
            role: DeviceRole::of(&row.role),
            rules: resolve(rules),
            last_seq: row.last_seq,
        })
    }
}

/// Which phone asks, inside a server function.
pub async fn scanner(app: &AppState) -> Result<Scanner> {
    let parts = use_context::<Parts>().ok_or_else(|| AppError::fault_text("no request in context"))?;
    scanner_from(app, &parts).await
}

/// Which phone asks, in a plain HTTP route. The phone's row is read each time, so a revoked one is out at once.
pub async fn scanner_from(app: &AppState, parts: &Parts) -> Result<Scanner> {
    let bearer = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = bearer.and_then(|text| text.strip_prefix("Bearer ")).ok_or(GateRefusal::NotPaired)?;
    let claims = jwt::read::<Duty>(app, Audience::Gate, token).ok_or(GateRefusal::NotPaired)?;
    let device_id: DeviceId = claims.sub.parse().map_err(|_| GateRefusal::NotPaired)?;
    let mut tx = app.begin_in_lane().await?;
    let scanner = check(&mut tx, &claims.own, device_id, token).await?;
    tx.commit().await?;
    if claims.exp <= app.now().unix_secs() { Err(GateRefusal::NotPaired.into()) } else { Ok(scanner) }
}

async fn check(tx: &mut Tx, duty: &Duty, device_id: DeviceId, token: &str) -> Result<Scanner> {
    let row = store::find_device(tx, duty.org, device_id).await?.ok_or(GateRefusal::NotPaired)?;
    if row.is_revoked {
        return Err(GateRefusal::Revoked.into());
    }
    let is_its_own = row.event_id == duty.event && row.list_id == duty.list && row.token_hash == secrets::digest(token);
    if !is_its_own {
        return Err(GateRefusal::NotPaired.into());
    }
    Scanner::of(tx, duty.org, device_id, row).await
}
