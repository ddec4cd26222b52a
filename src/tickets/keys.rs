//! The keys that sign an event's tickets.
//!
//! The private half is sealed under the server's own secret and leaves the database only to sign. A code names the key
//! it was signed with, so keys can be changed while tickets of the old one are out.

use ed25519_dalek::{Signer, SigningKey};

use super::{
    code::{self, EventKey, TicketCode},
    store,
};
use crate::{
    error::{AppError, Result},
    kernel::{EventId, OrgId},
    platform::{db::Tx, secrets, state::AppState},
};

/// Signs ticket codes of one event with its present key.
pub struct EventSigner {
    key_id: u16,
    event_reference: u32,
    key: SigningKey,
}

impl EventSigner {
    /// The key that its codes name.
    pub const fn key_id(&self) -> u16 {
        self.key_id
    }

    /// The event that its codes name.
    pub const fn event_reference(&self) -> u32 {
        self.event_reference
    }

    /// Writes a signed code. Key and event are the signer's own, whatever the code says.
    pub fn sign(&self, code: &TicketCode) -> String {
        let code = TicketCode { key_id: self.key_id, event_reference: self.event_reference, ..*code };
        code::write(&code, &self.key.sign(&code.unsigned_bytes()))
    }
}

/// Gives an event its signing key; one that it has already stays.
pub async fn make_event_key(tx: &mut Tx, app: &AppState, org_id: OrgId, event_id: EventId) -> Result<()> {
    let key = SigningKey::from_bytes(&secrets::random());
    let sealed = app.keys.seal(&purpose(event_id), key.as_bytes());
    store::insert_key(tx, (org_id, event_id), key.verifying_key().as_bytes(), &sealed).await
}

/// Opens the key that signs an event's tickets now; an event that never got one is not on sale, so not found.
pub async fn signing_key(tx: &mut Tx, app: &AppState, org_id: OrgId, event_id: EventId) -> Result<EventSigner> {
    let row = store::find_signing_key(tx, org_id, event_id).await?.ok_or(AppError::NotFound)?;
    let secret = app.keys.open(&purpose(event_id), &row.sealed_private_key).map_err(|error| AppError::fault(&error))?;
    let secret: [u8; 32] = secret.try_into().map_err(|_| AppError::fault_text("an event key has a wrong length"))?;
    Ok(EventSigner { key_id: row.key_id, event_reference: row.event_reference, key: SigningKey::from_bytes(&secret) })
}

/// Every key an event ever had, for checking codes.
pub async fn event_keys(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<Vec<EventKey>> {
    store::list_keys(tx, org_id, event_id).await
}

/// A sealed key opens for its own event only.
fn purpose(event_id: EventId) -> String {
    format!("event key {event_id}")
}
