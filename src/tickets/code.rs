//! What is in a ticket code, how it is written, and how it is read: the same on the server and at the gate.
//!
//! A code is `T1:` and base45 of 85 bytes, so that a QR symbol holds it in alphanumeric mode:
//!
//! | bytes | field |
//! |---|---|
//! | 1 | format version (high 4 bits, 1) and mode (low 4 bits, 0 is static) |
//! | 2 | key id |
//! | 4 | event reference |
//! | 4 | slot |
//! | 1 | generation |
//! | 2 | product |
//! | 1 | flags |
//! | 4 | valid from, in minutes since 2020-01-01T00:00Z |
//! | 2 | length of validity, in minutes; 65535 is without end |
//! | 64 | Ed25519 signature over `tkt/v1\0` and the 21 bytes before |
//!
//! All numbers are big-endian. There are no length fields, no optional fields and no second spelling of the same bytes.

use ed25519_dalek::{Signature, VerifyingKey};

use crate::kernel::Instant;

/// What every code starts with.
const PREFIX: &str = "T1:";
/// Version 1, mode 0: nothing in it changes with time.
const VERSION_AND_MODE: u8 = 0x10;
const FIELDS_LEN: usize = 21;
const SIGNATURE_LEN: usize = 64;
const CODE_LEN: usize = FIELDS_LEN + SIGNATURE_LEN;
/// Two bytes are three characters of base45, a last odd byte is two.
const TEXT_LEN: usize = PREFIX.len() + CODE_LEN / 2 * 3 + 2;
/// Keeps a ticket's signature from being good for anything else, and the other way round.
const DOMAIN: &[u8] = b"tkt/v1\0";
/// 2020-01-01T00:00Z.
const EPOCH_MS: i64 = 1_577_836_800_000;
const MINUTE_MS: i64 = 60_000;
/// A validity of this many minutes (45 days and a half) or more has no end in the code.
const LENGTH_OPEN: u16 = u16::MAX;

/// What a ticket code says. No name, mail, phone, price or order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketCode {
    pub key_id: u16,
    pub event_reference: u32,
    pub slot: u32,
    pub generation: u8,
    pub product: u16,
    pub flags: u8,
    /// Written in whole minutes, rounded down.
    pub valid_from: Instant,
    /// Written as whole minutes after `valid_from`, rounded up, so that a ticket is never good for less than was meant.
    /// Windows of 65535 minutes and more are written, and read, as `TicketCode::NO_END`.
    pub valid_until: Instant,
}

/// A key that an event's codes are checked with.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EventKey {
    pub key_id: u16,
    pub event_reference: u32,
    pub public: [u8; 32],
    /// The organizer has taken the key back: its tickets were issued again under another one.
    pub is_withdrawn: bool,
}

/// Why a text is not a good ticket code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    #[error("not a ticket code")]
    NotATicket,
    #[error("a ticket code of another version")]
    UnknownVersion,
    #[error("a ticket of another event, {event_reference:08x}")]
    WrongEvent { event_reference: u32 },
    #[error("signed with a key that the event does not have")]
    UnknownKey,
    #[error("signed with a key that was taken back")]
    WithdrawnKey,
    #[error("the signature is wrong")]
    Forged,
}

/// The bytes of a code as they were received. What they say can be had only by `verify`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedCode {
    fields: [u8; FIELDS_LEN],
    signature: [u8; SIGNATURE_LEN],
}

impl TicketCode {
    /// The end of a ticket whose code sets none; the gate's own rules still do.
    pub const NO_END: Instant = Instant(i64::MAX);

    /// The bytes that are signed: the domain, then the fields.
    pub fn unsigned_bytes(&self) -> Vec<u8> {
        [DOMAIN, self.fields().as_slice()].concat()
    }

    /// Takes a text apart: exact length, prefix, the one spelling in base45, a known version and mode. The signature is
    /// not looked at yet.
    pub fn read(text: &str) -> Result<SignedCode, CodeFault> {
        let body = text.strip_prefix(PREFIX).ok_or(CodeFault::NotATicket)?;
        if text.len() != TEXT_LEN {
            return Err(CodeFault::NotATicket);
        }
        let bytes = base45::decode(body).map_err(|_| CodeFault::NotATicket)?;
        // The decoder drops the high bits of an odd last byte, so one code could be spelled in several ways.
        if base45::encode(&bytes) != body {
            return Err(CodeFault::NotATicket);
        }
        let (fields, signature) = bytes.split_at_checked(FIELDS_LEN).ok_or(CodeFault::NotATicket)?;
        let fields: [u8; FIELDS_LEN] = fields.try_into().map_err(|_| CodeFault::NotATicket)?;
        let signature = signature.try_into().map_err(|_| CodeFault::NotATicket)?;
        if fields[0] != VERSION_AND_MODE {
            return Err(CodeFault::UnknownVersion);
        }
        Ok(SignedCode { fields, signature })
    }

    fn fields(&self) -> [u8; FIELDS_LEN] {
        let (from, length) = window(self.valid_from, self.valid_until);
        let mut fields = [0; FIELDS_LEN];
        fields[0] = VERSION_AND_MODE;
        fields[1..3].copy_from_slice(&self.key_id.to_be_bytes());
        fields[3..7].copy_from_slice(&self.event_reference.to_be_bytes());
        fields[7..11].copy_from_slice(&self.slot.to_be_bytes());
        fields[11] = self.generation;
        fields[12..14].copy_from_slice(&self.product.to_be_bytes());
        fields[14] = self.flags;
        fields[15..19].copy_from_slice(&from.to_be_bytes());
        fields[19..21].copy_from_slice(&length.to_be_bytes());
        fields
    }

    fn from_fields(fields: &[u8; FIELDS_LEN]) -> Self {
        let [_, k0, k1, e0, e1, e2, e3, s0, s1, s2, s3, generation, p0, p1, flags, f0, f1, f2, f3, l0, l1] = *fields;
        let from = i64::from(u32::from_be_bytes([f0, f1, f2, f3]));
        let length = u16::from_be_bytes([l0, l1]);
        let valid_from = Instant(EPOCH_MS + from * MINUTE_MS);
        Self {
            key_id: u16::from_be_bytes([k0, k1]),
            event_reference: u32::from_be_bytes([e0, e1, e2, e3]),
            slot: u32::from_be_bytes([s0, s1, s2, s3]),
            generation,
            product: u16::from_be_bytes([p0, p1]),
            flags,
            valid_from,
            valid_until: if length == LENGTH_OPEN { Self::NO_END } else { valid_from.plus_mins(length.into()) },
        }
    }
}

impl SignedCode {
    /// Says what the code says, once its signature holds. The event and the key are looked at before any arithmetic.
    pub fn verify(&self, keys: &[EventKey]) -> Result<TicketCode, CodeFault> {
        let code = TicketCode::from_fields(&self.fields);
        let event_reference = code.event_reference;
        if !keys.iter().any(|key| key.event_reference == event_reference) {
            return Err(CodeFault::WrongEvent { event_reference });
        }
        let key = keys
            .iter()
            .find(|key| key.event_reference == event_reference && key.key_id == code.key_id)
            .ok_or(CodeFault::UnknownKey)?;
        let verifying = VerifyingKey::from_bytes(&key.public).map_err(|_| CodeFault::Forged)?;
        let message = [DOMAIN, self.fields.as_slice()].concat();
        // Strict: refuses keys and commitments of small order and signatures that were bent into a second valid form.
        verifying.verify_strict(&message, &Signature::from_bytes(&self.signature)).map_err(|_| CodeFault::Forged)?;
        if key.is_withdrawn { Err(CodeFault::WithdrawnKey) } else { Ok(code) }
    }

    /// The event that an unchecked code claims: enough to fetch its keys, never to believe it.
    pub const fn claimed_event(&self) -> u32 {
        let [_, _, _, e0, e1, e2, e3, ..] = self.fields;
        u32::from_be_bytes([e0, e1, e2, e3])
    }
}

#[cfg_attr(target_arch = "wasm32", expect(dead_code, reason = "the browser reads codes and never writes them"))]
/// Writes a code with its signature as text.
pub(super) fn write(code: &TicketCode, signature: &Signature) -> String {
    let bytes = [code.fields().as_slice(), &signature.to_bytes()].concat();
    format!("{PREFIX}{}", base45::encode(bytes))
}

/// Minutes since 2020 and length in minutes; moments outside what the bytes can hold are moved to the nearest that fits.
fn window(from: Instant, until: Instant) -> (u32, u16) {
    let from_mins = from.0.saturating_sub(EPOCH_MS).div_euclid(MINUTE_MS).clamp(0, i64::from(u32::MAX));
    let until_mins = until.0.saturating_sub(EPOCH_MS).saturating_add(MINUTE_MS - 1).div_euclid(MINUTE_MS);
    let length = until_mins.saturating_sub(from_mins).clamp(0, i64::from(LENGTH_OPEN));
    (u32::try_from(from_mins).unwrap_or(u32::MAX), u16::try_from(length).unwrap_or(LENGTH_OPEN))
}
