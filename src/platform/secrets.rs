//! Keys, hashes and seals. One root secret; every key is derived from it for one purpose.

use std::{
    fs,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chacha20poly1305::{
    ChaCha20Poly1305, Nonce,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use rand::Rng;
use sha2::{Digest, Sha256};

use super::config::Config;

/// The root of all keys.
#[derive(Clone)]
pub struct Keys {
    root: [u8; 32],
}

/// The sealed text was made with another key, for another purpose, or was changed.
#[derive(Debug, thiserror::Error)]
#[error("the seal is broken")]
pub struct BrokenSeal;

impl Keys {
    pub const fn from_root(root: [u8; 32]) -> Self {
        Self { root }
    }

    /// Takes the configured secret, or the one in the data folder, which is made when it is not there.
    pub fn load(config: &Config) -> io::Result<Self> {
        if let Some(secret) = &config.secret {
            return parse_hex(secret.reveal()).map(Self::from_root).ok_or_else(bad_secret);
        }
        let path = config.data.join("secret");
        match fs::read_to_string(&path) {
            Ok(text) => parse_hex(text.trim()).map(Self::from_root).ok_or_else(bad_secret),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::make(&path),
            Err(error) => Err(error),
        }
    }

    fn make(path: &Path) -> io::Result<Self> {
        let root: [u8; 32] = random();
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(hex(&root).as_bytes())?;
        file.sync_all()?;
        Ok(Self::from_root(root))
    }

    /// A key of 32 bytes for one purpose; keys of different purposes tell nothing about each other (HKDF-SHA256).
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut key = [0; 32];
        // 32 bytes are always a valid length for HKDF-SHA256, so the error cannot happen; the zero key would fail every test.
        let _ = Hkdf::<Sha256>::new(None, &self.root).expand(purpose.as_bytes(), &mut key);
        key
    }

    /// A keyed digest of a message for one purpose (HMAC-SHA256).
    pub fn mac(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        let mut mac = mac_of(&self.derive(purpose));
        mac.update(message);
        mac.finalize().into_bytes().into()
    }

    /// Whether a digest is the message's; takes the same time for every wrong one.
    pub fn is_mac(&self, purpose: &str, message: &[u8], digest: &[u8]) -> bool {
        let mut mac = mac_of(&self.derive(purpose));
        mac.update(message);
        mac.verify_slice(digest).is_ok()
    }

    /// Encrypts and authenticates; `purpose` must be the same when opening (ChaCha20-Poly1305).
    pub fn seal(&self, purpose: &str, text: &[u8]) -> Vec<u8> {
        let nonce: [u8; 12] = random();
        let cipher = ChaCha20Poly1305::new(&self.derive("seal").into());
        let payload = Payload { msg: text, aad: purpose.as_bytes() };
        let sealed = cipher.encrypt(&Nonce::from(nonce), payload).unwrap_or_default();
        [nonce.as_slice(), &sealed].concat()
    }

    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, BrokenSeal> {
        let (nonce, text) = sealed.split_at_checked(12).ok_or(BrokenSeal)?;
        let nonce: [u8; 12] = nonce.try_into().map_err(|_| BrokenSeal)?;
        let cipher = ChaCha20Poly1305::new(&self.derive("seal").into());
        let payload = Payload { msg: text, aad: purpose.as_bytes() };
        cipher.decrypt(&Nonce::from(nonce), payload).map_err(|_| BrokenSeal)
    }
}

fn mac_of(key: &[u8; 32]) -> Hmac<Sha256> {
    // HMAC fills a short key up with zeros to the block of 64 bytes (RFC 2104), so this is the same key.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    Hmac::new(&block.into())
}

fn bad_secret() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the secret must be 64 hex digits")
}

/// Random bytes from the operating system's generator.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

/// A random text of 128 bits for links and callback paths.
pub fn random_token() -> String {
    base64(&random::<16>())
}

/// What is stored instead of a secret of enough entropy (SHA-256).
pub fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// URL-safe base64 without padding.
pub fn base64(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads URL-safe base64 without padding.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(text).ok()
}

pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn parse_hex(text: &str) -> Option<[u8; 32]> {
    let nibble = |c: u8| char::from(c).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes: Option<Vec<u8>> = text
        .as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Some(nibble(*high)? * 16 + nibble(*low)?),
            _ => None,
        })
        .collect();
    bytes?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_only_for_its_purpose_and_unchanged() {
        let keys = Keys::from_root([7; 32]);
        let sealed = keys.seal("event key", b"private");
        assert_eq!(keys.open("event key", &sealed).expect("opens"), b"private");
        assert!(keys.open("other", &sealed).is_err());
        let mut changed = sealed.clone();
        changed[13] ^= 1;
        assert!(keys.open("event key", &changed).is_err());
        assert!(keys.open("event key", &[]).is_err());
        assert!(Keys::from_root([8; 32]).open("event key", &sealed).is_err());
    }

    #[test]
    fn keys_of_different_purposes_differ() {
        let keys = Keys::from_root([7; 32]);
        assert_ne!(keys.derive("a"), keys.derive("b"));
        assert_eq!(keys.derive("a"), keys.derive("a"));
    }

    #[test]
    fn a_secret_is_64_hex_digits() {
        assert_eq!(parse_hex(&hex(&[171; 32])), Some([171; 32]));
        assert_eq!(parse_hex("abc"), None);
        assert_eq!(parse_hex(&"g".repeat(64)), None);
    }
}
