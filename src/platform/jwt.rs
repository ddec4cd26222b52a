//! Signed envelopes with an end (JSON Web Tokens, EdDSA): one key, one audience and one type for each use.
//!
//! What a token is for decides its key, so that a gate's token can never open a web session. The algorithm is fixed, the
//! header's `kid`, `jku` and `jwk` are never looked at, and every claim must be there in its one form.

use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{secrets, state::AppState};
use crate::error::{AppError, Result};

/// Seconds by which clocks may differ.
const LEEWAY_SECS: i64 = 5;
/// Longer texts are not even decoded.
const BYTES_MAX: usize = 4096;

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The envelope around a sign-in.
    Web,
    /// A paired phone at the gate.
    Gate,
    /// A place in a waiting room.
    WaitingRoom,
}

impl Audience {
    const fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Gate => "gate",
            Self::WaitingRoom => "waiting-room",
        }
    }

    /// The header's `typ` (RFC 8725, 3.11).
    const fn kind(self) -> &'static str {
        match self {
            Self::Web => "web+jwt",
            Self::Gate => "gate+jwt",
            Self::WaitingRoom => "waiting-room+jwt",
        }
    }

    fn key(self, app: &AppState) -> SigningKey {
        SigningKey::from_bytes(&app.keys.derive(&format!("jwt {}", self.name())))
    }
}

/// What every token says, and what it says for its own use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claims<T> {
    iss: String,
    aud: String,
    /// Whom the token speaks of.
    pub sub: String,
    pub iat: i64,
    nbf: i64,
    pub exp: i64,
    jti: String,
    #[serde(flatten)]
    pub own: T,
}

/// What goes into a new token.
pub struct Grant<T> {
    pub subject: String,
    pub ttl_secs: i64,
    pub own: T,
}

/// Signs a token that is good from now on.
pub fn issue<T: Serialize>(app: &AppState, audience: Audience, grant: Grant<T>) -> Result<String> {
    let now = app.now().unix_secs();
    let claims = Claims {
        iss: app.config.origin(),
        aud: audience.name().to_owned(),
        sub: grant.subject,
        iat: now,
        nbf: now,
        exp: now.saturating_add(grant.ttl_secs),
        jti: secrets::random_token(),
        own: grant.own,
    };
    let der = audience.key(app).to_pkcs8_der().map_err(|_| AppError::fault_text("the token key cannot be written"))?;
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(audience.kind().to_owned());
    jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ed_der(der.as_bytes()))
        .map_err(|error| AppError::fault(&error))
}

/// Reads a token that was made for this use and is good now; anything else is `None`, without a reason.
pub fn read<T: DeserializeOwned + Clone>(app: &AppState, audience: Audience, token: &str) -> Option<Claims<T>> {
    if token.len() > BYTES_MAX {
        return None;
    }
    let key = DecodingKey::from_ed_der(audience.key(app).verifying_key().as_bytes());
    let read = jsonwebtoken::decode::<Claims<T>>(token, &key, &validation(app, audience)).ok()?;
    let claims = read.claims;
    let now = app.now().unix_secs();
    let in_time = claims.nbf <= now + LEEWAY_SECS
        && now < claims.exp.saturating_add(LEEWAY_SECS)
        && claims.iat <= now + LEEWAY_SECS;
    let of_this_kind = read.header.typ.as_deref() == Some(audience.kind());
    (in_time && of_this_kind).then_some(claims)
}

fn validation(app: &AppState, audience: Audience) -> Validation {
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
    rules.set_issuer(&[app.config.origin()]);
    rules.set_audience(&[audience.name()]);
    // The library asks the machine for the time; here time is a value one is given, so `read` compares exp, nbf and iat
    // itself. That they are there, and are whole numbers, is what the type `Claims` says.
    rules.validate_exp = false;
    rules.validate_nbf = false;
    rules
}
