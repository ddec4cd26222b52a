//! Proof of a paired phone.

use http::{header::AUTHORIZATION, request::Parts};
use leptos::prelude::use_context;
use serde::{Deserialize, Serialize};

use super::{
    model::{CheckInList, GateRefusal},
    store::{self, DeviceRow},
};
use crate::{
    error::{AppError, Result},
    kernel::{Actor, DeviceId, EventId, ListId, OrgId, ZoneName},
    platform::{
        db::Tx,
        jwt::{self, Audience},
        secrets,
        state::AppState,
        zone::local_time,
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
    pub list: CheckInList,
    pub last_seq: i64,
}

impl Scanner {
    /// Who stands in the audit.
    pub const fn actor(&self) -> Actor {
        Actor::Device(self.device_id)
    }

    pub(super) fn from_row(org_id: OrgId, device_id: DeviceId, row: DeviceRow) -> Self {
        let zone = ZoneName(row.zone);
        let list = CheckInList {
            list_id: row.list_id,
            name: row.list_name,
            entries_max: u32::try_from(row.entries_max).unwrap_or(1),
            opens: local_time(row.starts_at.plus_mins(-i64::from(row.opens_before_mins)), &zone),
            closes: local_time(row.ends_at, &zone),
        };
        let (event_id, event_title) = (row.event_id, row.event_title);
        Self { org_id, event_id, device_id, gate: row.name, event_title, zone, list, last_seq: row.last_seq }
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
    Ok(Scanner::from_row(duty.org, device_id, row))
}
