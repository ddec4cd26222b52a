//! A file becomes the next version of a venue's map.

use sha2::{Digest, Sha256};
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::note;
use crate::{
    error::{AppError, Result},
    kernel::{AccountId, VenueId},
    orgs::Staff,
    platform::{db::Tx, state::AppState},
    venues::{
        fault::Fault,
        model::{VERSIONS_MAX, VenueRefusal},
        plan::{Format, Plan, to_map},
        seat_map::SeatMap,
        store::{self, NewMap, VenueKey},
    },
};

/// Files that are read at once: each can take a core and a few hundred megabytes.
static AT_WORK: Semaphore = Semaphore::const_new(1);
/// Characters of a file's name that are kept.
const FILE_NAME_MAX: usize = 120;

/// A file that somebody sent.
pub struct SentPlan {
    pub file_name: String,
    pub bytes: Vec<u8>,
}

/// What became of a file.
pub enum Imported {
    /// It is the venue's map now, under this version; the same file again is the same version.
    Version(i32),
    /// It cannot be read, for these reasons; nothing was saved.
    Faulty(Vec<Fault>),
}

/// Reads a file and makes it the next version of the venue's map.
pub async fn import(app: &AppState, staff: &Staff, venue_id: VenueId, sent: SentPlan) -> Result<Imported> {
    let venue = (staff.org_id, venue_id);
    let mut connection = app.db.acquire().await?;
    store::get_venue(&mut connection, venue).await?;
    drop(connection);
    let turn = AT_WORK.acquire().await.map_err(|error| AppError::fault(&error))?;
    let read = spawn_blocking(move || Plan::read(&sent.bytes).map(|(plan, _)| new_map(&plan, &sent.file_name)));
    let read = read.await.map_err(|error| AppError::fault(&error))?;
    drop(turn);
    let map = match read {
        Ok(map) => map,
        Err(faults) => return Ok(Imported::Faulty(faults)),
    };
    let mut tx = app.begin().await?;
    let version = keep_map(&mut tx, venue, staff.account_id, &map).await?;
    note(&mut tx, staff, venue_id, "imported map").await?;
    tx.commit().await?;
    Ok(Imported::Version(version))
}

/// Makes a map the next version of a venue's.
pub async fn keep_map(tx: &mut Tx, venue: VenueKey, made_by: AccountId, map: &NewMap) -> Result<i32> {
    store::lock_venue(tx, venue).await?;
    let newest = store::find_newest(tx, venue).await?;
    if let Some((version, hash)) = &newest
        && *hash == map.plan_hash
    {
        return Ok(*version);
    }
    let version = newest.map_or(1, |(version, _)| version + 1);
    if version > VERSIONS_MAX {
        return Err(VenueRefusal::TooManyVersions.into());
    }
    store::insert_map(tx, venue, map, (version, made_by)).await?;
    Ok(version)
}

/// All that is stored of a plan. Takes a second for a stadium: not for the inside of a transaction.
pub fn new_map(plan: &Plan, file_name: &str) -> NewMap {
    let map: SeatMap = to_map(plan);
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let plan = plan.write(Format::Json).into_bytes();
    NewMap {
        file_name: file_name.chars().filter(|c| !c.is_control()).take(FILE_NAME_MAX).collect(),
        sections: count(map.sections.len()),
        rows: count(map.rows()),
        seats: count(map.seats.len()),
        standing: i32::try_from(map.standing()).unwrap_or(i32::MAX),
        plan_hash: Sha256::digest(&plan).to_vec(),
        geometry: map.encode(),
        plan,
    }
}
