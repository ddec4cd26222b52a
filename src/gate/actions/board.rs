//! What the desk and the phones see, and taking a phone off the gate.

use super::pairing::ensure_default_list;
use crate::{
    error::{AppError, Result},
    events,
    gate::{
        guard::Scanner,
        model::{DEVICES_MAX, Device, DeviceRole, DeviceState, GatesBoard, Post, SCANS_SHOWN_MAX, Scan, Tally},
        store,
        verdict::VerdictName,
    },
    kernel::{DeviceId, EventId, Instant, OrgId, ZoneName},
    orgs::Staff,
    platform::{audit, db::Tx, state::AppState, zone::local_time},
    tickets,
};

/// What pages that watch an event listen to.
pub(super) fn topic(event_id: EventId) -> String {
    format!("event:{event_id}")
}

/// What a phone works with: its event, its list, the keys.
pub async fn open_post(app: &AppState, scanner: &Scanner) -> Result<Post> {
    let mut tx = app.begin_in_lane().await?;
    let post = post_of(&mut tx, scanner).await?;
    tx.commit().await?;
    Ok(post)
}

pub(super) async fn post_of(tx: &mut Tx, scanner: &Scanner) -> Result<Post> {
    Ok(Post {
        device_id: scanner.device_id,
        gate: scanner.gate.clone(),
        event_title: scanner.event_title.clone(),
        rules: scanner.rules.clone(),
        role: scanner.role,
        keys: tickets::event_keys(tx, scanner.org_id, scanner.event_id).await?,
        last_seq: scanner.last_seq,
        tally: tally(tx, scanner.org_id, scanner.event_id).await?,
    })
}

async fn tally(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<Tally> {
    let (admitted, expected) = store::count_tally(tx, org_id, event_id).await?;
    Ok(Tally { admitted, expected })
}

/// The latest readings of one phone.
pub async fn recent_scans(app: &AppState, scanner: &Scanner) -> Result<Vec<Scan>> {
    let mut tx = app.begin_in_lane().await?;
    let event = (scanner.org_id, scanner.event_id);
    let rows = store::list_scans(&mut tx, event, Some(scanner.device_id), SCANS_SHOWN_MAX).await?;
    tx.commit().await?;
    Ok(rows.into_iter().map(|row| shown(row, &scanner.zone)).collect())
}

/// An event's phones, counts and latest readings.
pub async fn gates_board(app: &AppState, staff: &Staff, event_id: EventId) -> Result<GatesBoard> {
    let mut tx = app.begin().await?;
    let (event, zone, _) = events::get_event_head(&mut tx, staff.org_id, event_id).await?;
    ensure_default_list(&mut tx, staff.org_id, event_id).await?;
    let lists = store::list_lists(&mut tx, staff.org_id, event_id).await?;
    let devices = store::list_devices(&mut tx, staff.org_id, event_id, DEVICES_MAX).await?;
    let scans = store::list_scans(&mut tx, (staff.org_id, event_id), None, SCANS_SHOWN_MAX).await?;
    let tally = tally(&mut tx, staff.org_id, event_id).await?;
    tx.commit().await?;
    let now = app.now();
    Ok(GatesBoard {
        event,
        lists: lists.into_iter().map(|row| (row.list_id, row.name)).collect(),
        devices: devices.into_iter().map(|row| counted(row, &zone, now)).collect(),
        scans: scans.into_iter().map(|row| shown(row, &zone)).collect(),
        tally,
    })
}

/// Takes a phone off the gate: its next request is refused.
pub async fn revoke_device(app: &AppState, staff: &Staff, event_id: EventId, device_id: DeviceId) -> Result<()> {
    let mut tx = app.begin().await?;
    if !store::mark_device_revoked(&mut tx, (staff.org_id, event_id), device_id, app.now()).await? {
        return Err(AppError::NotFound);
    }
    let entry = audit::Entry {
        org_id: Some(staff.org_id),
        actor: staff.actor(),
        verb: "revoked",
        subject: format!("device:{device_id}"),
        detail: serde_json::json!({ "event": event_id }),
    };
    audit::write(&mut tx, entry).await?;
    tx.commit().await?;
    app.live.touch(&topic(event_id));
    Ok(())
}

fn counted(row: store::CountedDevice, zone: &ZoneName, now: Instant) -> Device {
    let state = if row.is_revoked {
        DeviceState::Revoked
    } else if row.expires_at <= now {
        DeviceState::Expired
    } else {
        DeviceState::Active
    };
    Device {
        device_id: row.device_id,
        last_seen: row.last_seen(zone),
        name: row.name,
        list: row.list,
        role: DeviceRole::of(&row.role),
        admitted: row.admitted,
        refused: row.refused,
        state,
    }
}

fn shown(row: store::ShownScan, zone: &ZoneName) -> Scan {
    Scan {
        seq: row.seq,
        at: local_time(row.received_at, zone),
        verdict: VerdictName::of(&row.verdict),
        holder: row.holder_name,
        type_name: row.type_name,
        gate: row.gate,
        is_typed: row.is_typed,
        is_undone: row.is_undone,
        override_reason: row.override_reason,
    }
}
