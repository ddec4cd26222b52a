//! Password hashes: Argon2id with a pepper, two at a time.
//!
//! A hash takes 19 MiB and tens of milliseconds of a core, so a storm of sign-ins must line up, and not for long, or the
//! checkout would stand still with it.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use tokio::sync::Semaphore;

use crate::{
    error::{AppError, Result},
    kernel::SecretText,
    platform::{secrets, state::AppState},
};

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const HASH_BYTES: usize = 32;
const SALT_BYTES: usize = 16;
/// The parameters as they stand in front of a hash.
const CURRENT: &str = "$argon2id$v=19$m=19456,t=2,p=1$";

const AT_ONCE_MAX: usize = 2;
const WAITING_MAX: usize = 24;
static AT_ONCE: Semaphore = Semaphore::const_new(AT_ONCE_MAX);
static IN_HOUSE: Semaphore = Semaphore::const_new(AT_ONCE_MAX + WAITING_MAX);

/// Hashes a new password.
pub async fn hash(app: &AppState, password: &SecretText) -> Result<String> {
    let salt = secrets::random::<SALT_BYTES>();
    let hash = digest(app, password, salt.to_vec()).await?;
    Ok(format!("{CURRENT}{}${}", BASE64_STANDARD_NO_PAD.encode(salt), BASE64_STANDARD_NO_PAD.encode(hash)))
}

/// Whether a password is the one that was hashed. Without a hash, for an address nobody has, it takes as long.
pub async fn is_right(app: &AppState, password: &SecretText, stored: Option<&str>) -> Result<bool> {
    let known = stored.and_then(read);
    let (salt, expected) = known.clone().unwrap_or_else(|| (vec![0; SALT_BYTES], vec![0; HASH_BYTES]));
    let found = digest(app, password, salt).await?;
    let differing = found.iter().zip(&expected).fold(0, |seen, (a, b)| seen | (a ^ b));
    Ok(known.is_some() && expected.len() == HASH_BYTES && differing == 0)
}

fn read(stored: &str) -> Option<(Vec<u8>, Vec<u8>)> {
    let (salt, hash) = stored.strip_prefix(CURRENT)?.split_once('$')?;
    Some((BASE64_STANDARD_NO_PAD.decode(salt).ok()?, BASE64_STANDARD_NO_PAD.decode(hash).ok()?))
}

async fn digest(app: &AppState, password: &SecretText, salt: Vec<u8>) -> Result<[u8; HASH_BYTES]> {
    // Whoever finds the house full is sent away at once.
    let _in_house = IN_HOUSE.try_acquire().map_err(|_| AppError::Busy)?;
    let _turn = AT_ONCE.acquire().await.map_err(|_| AppError::Busy)?;
    let pepper = app.keys.derive("password pepper");
    let password = password.clone();
    let done = tokio::task::spawn_blocking(move || compute(&pepper, password.reveal().as_bytes(), &salt)).await;
    match done {
        Ok(Ok(hash)) => Ok(hash),
        Ok(Err(error)) => Err(AppError::fault_text(&format!("argon2: {error}"))),
        Err(error) => Err(AppError::fault(&error)),
    }
}

fn compute(pepper: &[u8], password: &[u8], salt: &[u8]) -> Result<[u8; HASH_BYTES], argon2::Error> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(HASH_BYTES))?;
    let mut hash = [0; HASH_BYTES];
    Argon2::new_with_secret(pepper, Algorithm::Argon2id, Version::V0x13, params)?
        .hash_password_into(password, salt, &mut hash)?;
    Ok(hash)
}
