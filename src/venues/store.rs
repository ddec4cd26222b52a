//! venue, `venue_map`.

use sqlx::PgConnection;

use super::model::{MapVersion, NewVenue, Venue, VenueCard, VenueRefusal};
use crate::{
    error::Result,
    kernel::{AccountId, OrgId, VenueId},
    platform::db::{OnConstraint, Tx},
};

/// A venue of an organizer.
pub type VenueKey = (OrgId, VenueId);

/// Makes a venue; its name is one of its kind.
pub async fn insert_venue(tx: &mut Tx, venue: VenueKey, new: &NewVenue) -> Result<()> {
    sqlx::query!(
        "insert into venue (org_id, venue_id, name, place) values ($1, $2, $3, $4)",
        venue.0.0,
        venue.1.0,
        new.name.as_str(),
        new.place.as_str(),
    )
    .execute(&mut **tx)
    .await
    .on_constraint("venue_name_once", VenueRefusal::NameTaken)?;
    Ok(())
}

/// Gives a venue another name and place; `false` when the organizer has no such venue.
pub async fn update_venue(tx: &mut Tx, venue: VenueKey, new: &NewVenue) -> Result<bool> {
    let done = sqlx::query!(
        "update venue set name = $3, place = $4 where org_id = $1 and venue_id = $2",
        venue.0.0,
        venue.1.0,
        new.name.as_str(),
        new.place.as_str(),
    )
    .execute(&mut **tx)
    .await
    .on_constraint("venue_name_once", VenueRefusal::NameTaken)?;
    Ok(done.rows_affected() == 1)
}

pub async fn count_venues(tx: &mut Tx, org_id: OrgId) -> Result<i64> {
    let count = sqlx::query_scalar!(r#"select count(*) as "count!" from venue where org_id = $1"#, org_id.0)
        .fetch_one(&mut **tx)
        .await?;
    Ok(count)
}

/// Locks a venue: its maps are numbered one after the other.
pub async fn lock_venue(tx: &mut Tx, venue: VenueKey) -> Result<()> {
    sqlx::query!("select name from venue where org_id = $1 and venue_id = $2 for no key update", venue.0.0, venue.1.0,)
        .fetch_one(&mut **tx)
        .await?;
    Ok(())
}

pub async fn get_venue(db: &mut PgConnection, venue: VenueKey) -> Result<Venue> {
    let row = sqlx::query!("select name, place from venue where org_id = $1 and venue_id = $2", venue.0.0, venue.1.0,)
        .fetch_one(db)
        .await?;
    Ok(Venue { venue_id: venue.1, name: row.name, place: row.place })
}

/// An organizer's venues by name, each with its newest map.
pub async fn list_venues(db: &mut PgConnection, org_id: OrgId, most: i64) -> Result<Vec<VenueCard>> {
    let rows = sqlx::query!(
        r#"select venue.venue_id as "venue_id: VenueId", name, place, newest.version as "version?",
                  newest.file_name as "file_name?", newest.sections as "sections?", newest.rows as "rows?",
                  newest.seats as "seats?", newest.standing as "standing?"
             from venue
             left join lateral (
                 select version, file_name, sections, rows, seats, standing
                   from venue_map
                  where venue_map.org_id = venue.org_id and venue_map.venue_id = venue.venue_id
                  order by version desc
                  limit 1
             ) newest on true
            where venue.org_id = $1
            order by lower(name), venue.venue_id
            limit $2"#,
        org_id.0,
        most,
    )
    .fetch_all(db)
    .await?;
    let cards = rows.into_iter().map(|row| VenueCard {
        venue: Venue { venue_id: row.venue_id, name: row.name, place: row.place },
        newest: row.version.map(|version| MapVersion {
            version,
            file_name: row.file_name.unwrap_or_default(),
            sections: row.sections.unwrap_or_default(),
            rows: row.rows.unwrap_or_default(),
            seats: row.seats.unwrap_or_default(),
            standing: row.standing.unwrap_or_default(),
        }),
    });
    Ok(cards.collect())
}

/// The versions of a venue's map, the newest first.
pub async fn list_versions(db: &mut PgConnection, venue: VenueKey, most: i64) -> Result<Vec<MapVersion>> {
    let rows = sqlx::query_as!(
        MapVersion,
        "select version, file_name, sections, rows, seats, standing
           from venue_map
          where org_id = $1 and venue_id = $2
          order by version desc
          limit $3",
        venue.0.0,
        venue.1.0,
        most,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}

/// The newest version of a venue's map, with the hash of its plan.
pub async fn find_newest(tx: &mut Tx, venue: VenueKey) -> Result<Option<(i32, Vec<u8>)>> {
    let row = sqlx::query!(
        "select version, plan_hash
           from venue_map
          where org_id = $1 and venue_id = $2
          order by version desc
          limit 1",
        venue.0.0,
        venue.1.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.version, row.plan_hash)))
}

/// A map to be stored.
pub struct NewMap {
    pub file_name: String,
    pub sections: i32,
    pub rows: i32,
    pub seats: i32,
    pub standing: i32,
    pub plan: Vec<u8>,
    pub plan_hash: Vec<u8>,
    pub geometry: Vec<u8>,
}

/// Stores a map under a version.
pub async fn insert_map(
    tx: &mut Tx,
    venue: VenueKey,
    map: &NewMap,
    (version, made_by): (i32, AccountId),
) -> Result<()> {
    sqlx::query!(
        "insert into venue_map (org_id, venue_id, version, file_name, sections, rows, seats, standing, plan, plan_hash,
                                geometry, made_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        venue.0.0,
        venue.1.0,
        version,
        map.file_name,
        map.sections,
        map.rows,
        map.seats,
        map.standing,
        map.plan,
        map.plan_hash,
        map.geometry,
        made_by.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn get_geometry(db: &mut PgConnection, venue: VenueKey, version: i32) -> Result<Vec<u8>> {
    let geometry = sqlx::query_scalar!(
        "select geometry from venue_map where org_id = $1 and venue_id = $2 and version = $3",
        venue.0.0,
        venue.1.0,
        version,
    )
    .fetch_one(db)
    .await?;
    Ok(geometry)
}

/// The venue's name and the plan of a version.
pub async fn get_plan(db: &mut PgConnection, venue: VenueKey, version: i32) -> Result<(String, Vec<u8>)> {
    let row = sqlx::query!(
        "select name, plan
           from venue_map
           join venue using (org_id, venue_id)
          where org_id = $1 and venue_id = $2 and version = $3",
        venue.0.0,
        venue.1.0,
        version,
    )
    .fetch_one(db)
    .await?;
    Ok((row.name, row.plan))
}
