//! From a one-time code on the desk to a paired phone.

use std::net::IpAddr;

use qrcode::{EcLevel, QrCode, render::svg};
use uuid::Uuid;

use super::board::post_of;
use crate::{
    error::{AppError, Result},
    gate::{
        guard::{Duty, Scanner},
        model::{
            DeviceRole, GATE_NAME_CHARS_MAX, GateRefusal, PAIRING_TTL_SECS, Paired, Pairing, PairingState,
            TOKEN_AFTER_END_SECS,
        },
        store::{self, PairingRow},
    },
    kernel::{Actor, DeviceId, EventId, FieldFault, Instant, ListId, OrgId, SecretText, Title},
    orgs::Staff,
    platform::{
        audit,
        db::Tx,
        jwt::{self, Audience, Grant},
        limits::{self, Limit},
        secrets,
        state::AppState,
    },
};

/// Tries of one address to pair: ten at once, then one every twenty seconds. A code has 40 random bits and lives for
/// ten minutes, so guessing is hopeless long before this.
const PAIR: Limit = Limit { bucket: "pair", burst: 10, period_secs: 20 };
/// Crockford's base 32, as it is read aloud over a radio.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LEN: usize = 8;

/// The list that every event has; made when it is first asked for.
pub async fn ensure_default_list(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<ListId> {
    if let Some(list_id) = store::find_list(tx, org_id, event_id).await? {
        return Ok(list_id);
    }
    store::insert_list(tx, org_id, event_id).await?;
    store::find_list(tx, org_id, event_id).await?.ok_or(AppError::NotFound)
}

/// A phone to be invited.
pub struct NewPairing<'a> {
    pub gate: &'a str,
    pub list: ListId,
    /// The word of a `DeviceRole`.
    pub role: &'a str,
}

/// Invites a phone to an event's gate. What comes back names the invitation, for `show_pairing`.
pub async fn make_pairing(app: &AppState, staff: &Staff, event_id: EventId, new: &NewPairing<'_>) -> Result<Uuid> {
    let gate = gate_name(new.gate)?;
    let role = DeviceRole::ALL.into_iter().find(|role| role.as_str() == new.role);
    let role = role.ok_or_else(|| AppError::field("role", FieldFault::NotAChoice))?;
    let now = app.now();
    let mut tx = app.begin().await?;
    let event = store::find_event(&mut tx, staff.org_id, event_id).await?.ok_or(AppError::NotFound)?;
    if event.ends_at.plus_secs(TOKEN_AFTER_END_SECS) <= now {
        return Err(GateRefusal::Over.into());
    }
    if !store::has_list(&mut tx, (staff.org_id, event_id), new.list).await? {
        return Err(AppError::NotFound);
    }
    let pairing_id = Uuid::from_bytes(secrets::random());
    let pairing = PairingRow {
        org_id: staff.org_id,
        event_id,
        list_id: new.list,
        device_name: gate,
        role: role.as_str().to_owned(),
        made_by: staff.account_id,
        expires_at: now.plus_secs(PAIRING_TTL_SECS),
        is_used: false,
    };
    let code = code_of(app, staff.org_id, event_id, pairing_id);
    store::insert_pairing(&mut tx, &hash_of(app, &code), &pairing).await?;
    tx.commit().await?;
    Ok(pairing_id)
}

/// Shows an invitation to those who may make one. The code is not stored: it is worked out again from its name.
pub async fn show_pairing(app: &AppState, staff: &Staff, event_id: EventId, pairing_id: Uuid) -> Result<Pairing> {
    let code = code_of(app, staff.org_id, event_id, pairing_id);
    let mut tx = app.begin().await?;
    let row = store::find_pairing(&mut tx, &hash_of(app, &code)).await?.ok_or(AppError::NotFound)?;
    tx.commit().await?;
    let now = app.now();
    let state = match row {
        PairingRow { is_used: true, .. } => PairingState::Used,
        PairingRow { expires_at, .. } if expires_at <= now => PairingState::Expired,
        _ => PairingState::Waiting,
    };
    let link = format!("{}/gate#{code}", app.config.origin());
    let picture = picture_of(&link)?;
    let code = format!("{}-{}", &code[..CODE_LEN / 2], &code[CODE_LEN / 2..]);
    Ok(Pairing { code, link, picture, gate: row.device_name, expires_at: row.expires_at, now, state })
}

/// Pairs the phone that shows a code. The code works once, for whoever is first.
pub async fn pair(app: &AppState, address: IpAddr, code: &str) -> Result<Paired> {
    limits::take(app, PAIR, &address.to_string()).await?;
    let code = read_code(code).ok_or(GateRefusal::PairingUnknown)?;
    let (now, device_id) = (app.now(), DeviceId::fresh());
    let mut tx = app.begin_in_lane().await?;
    let used = store::mark_pairing_used(&mut tx, &hash_of(app, &code), device_id, now).await?;
    let pairing = used.ok_or(GateRefusal::PairingUnknown)?;
    let event = store::find_event(&mut tx, pairing.org_id, pairing.event_id).await?.ok_or(AppError::NotFound)?;
    let expires_at = event.ends_at.plus_secs(TOKEN_AFTER_END_SECS);
    if expires_at <= now {
        return Err(GateRefusal::Over.into());
    }
    let token = token_of(app, device_id, &pairing, expires_at)?;
    store::insert_device(&mut tx, device_id, &pairing, (&secrets::digest(&token), expires_at)).await?;
    let entry = audit::Entry {
        org_id: Some(pairing.org_id),
        actor: Actor::Account(pairing.made_by),
        verb: "paired",
        subject: format!("device:{device_id}"),
        detail: serde_json::json!({ "event": pairing.event_id, "gate": pairing.device_name, "role": pairing.role }),
    };
    audit::write(&mut tx, entry).await?;
    let row = store::find_device(&mut tx, pairing.org_id, device_id).await?.ok_or(AppError::NotFound)?;
    let scanner = Scanner::of(&mut tx, pairing.org_id, device_id, row).await?;
    let post = post_of(&mut tx, &scanner).await?;
    tx.commit().await?;
    app.live.touch(&super::board::topic(pairing.event_id));
    Ok(Paired { token: SecretText::new(token), post })
}

fn token_of(app: &AppState, device_id: DeviceId, pairing: &PairingRow, expires_at: Instant) -> Result<String> {
    let grant = Grant {
        subject: device_id.to_string(),
        ttl_secs: expires_at.secs_since(app.now()),
        own: Duty { org: pairing.org_id, event: pairing.event_id, list: pairing.list_id },
    };
    jwt::issue(app, Audience::Gate, grant)
}

fn gate_name(text: &str) -> Result<String> {
    let is_long = text.trim().chars().count() > GATE_NAME_CHARS_MAX;
    let too_long = FieldFault::TooLong(u32::try_from(GATE_NAME_CHARS_MAX).unwrap_or(u32::MAX));
    let name = if is_long { Err(too_long) } else { Title::parse(text) };
    name.map(|name| name.to_string()).map_err(|fault| AppError::field("gate", fault))
}

/// The code of an invitation: 40 bits that only this server can work out.
fn code_of(app: &AppState, org_id: OrgId, event_id: EventId, pairing_id: Uuid) -> String {
    let mac = app.keys.mac("pairing code", format!("{org_id} {event_id} {pairing_id}").as_bytes());
    mac.iter().take(CODE_LEN).map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect()
}

/// A keyed hash, since 40 bits could be guessed from a plain one.
fn hash_of(app: &AppState, code: &str) -> Vec<u8> {
    app.keys.mac("pairing hash", code.as_bytes()).to_vec()
}

/// What was typed or read: any case, spaces and hyphens, I and L for 1, O for 0, or the whole address of the QR symbol.
fn read_code(text: &str) -> Option<String> {
    let text = text.rsplit_once('#').map_or(text, |(_, code)| code);
    let letters = text.chars().filter(|c| !c.is_whitespace() && *c != '-').take(CODE_LEN + 1);
    let code: String = letters
        .map(|c| match c.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            other => other,
        })
        .collect();
    let is_good = code.len() == CODE_LEN && code.bytes().all(|byte| ALPHABET.contains(&byte));
    is_good.then_some(code)
}

fn picture_of(link: &str) -> Result<String> {
    let code = QrCode::with_error_correction_level(link, EcLevel::M).map_err(|error| AppError::fault(&error))?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(240, 240).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pairing_code_is_read_however_it_came() {
        for text in
            ["ABCD1230", "abcd-1230", " ABCD 123O ", "https://lango.example/gate#ABCD123o", "abcdi23o", "abcdL230"]
        {
            assert_eq!(read_code(text).as_deref(), Some("ABCD1230"), "{text}");
        }
        for text in ["", "ABCD123", "ABCD12300", "ABCDU230", "ÄBCD1230", "#", "https://lango.example/gate"] {
            assert_eq!(read_code(text), None, "{text}");
        }
    }

    #[test]
    fn a_gate_has_a_name_of_one_line() {
        assert_eq!(gate_name(" North ").ok().as_deref(), Some("North"));
        assert!(gate_name("  ").is_err());
        assert!(gate_name("a\u{7}b").is_err());
        assert!(gate_name("North\u{202e}htroN").is_err());
        assert!(gate_name(&"x".repeat(61)).is_err());
    }
}
