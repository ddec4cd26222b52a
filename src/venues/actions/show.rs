//! What the desk reads of venues, and the files it takes with it.

use tokio::task::spawn_blocking;

use crate::{
    error::{AppError, Result},
    kernel::{Slug, VenueId},
    orgs::Staff,
    platform::state::AppState,
    venues::{
        model::{MapLook, VENUES_MAX, VERSIONS_MAX, VenueList, VenuePage},
        plan::{Format, Plan},
        seat_map::SeatMap,
        sheet::MapSheet,
        store,
    },
};

/// An organizer's venues.
pub async fn list(app: &AppState, staff: &Staff) -> Result<VenueList> {
    let mut connection = app.db.acquire().await?;
    let venues = store::list_venues(&mut connection, staff.org_id, VENUES_MAX).await?;
    Ok(VenueList { org_name: staff.org_name.clone(), venues })
}

/// A venue with the version of its map that is looked at.
pub async fn page(app: &AppState, staff: &Staff, venue_id: VenueId, look: &MapLook) -> Result<VenuePage> {
    let key = (staff.org_id, venue_id);
    let mut connection = app.db.acquire().await?;
    let venue = store::get_venue(&mut connection, key).await?;
    let versions = store::list_versions(&mut connection, key, VERSIONS_MAX.into()).await?;
    let asked =
        look.version.parse().ok().and_then(|asked: i32| versions.iter().find(|version| version.version == asked));
    let shown = asked.or(versions.first()).map(|version| version.version);
    let sheet = match shown {
        Some(version) => Some(sheet(&store::get_geometry(&mut connection, key, version).await?, look)?),
        None => None,
    };
    Ok(VenuePage { venue, versions, shown, sheet })
}

fn sheet(geometry: &[u8], look: &MapLook) -> Result<MapSheet> {
    let map = SeatMap::decode(geometry).map_err(|error| AppError::fault(&error))?;
    let sheet = MapSheet::of(&map, look.section.parse().ok());
    let zone = look.zone.parse().ok().filter(|zone| usize::from(*zone) < map.zones.len());
    Ok(match look.seats() {
        Some(seats) => sheet.with_best(&map, seats, zone),
        None => sheet,
    })
}

/// A version of a venue's map as a file: its name and its text.
pub async fn export(
    app: &AppState,
    staff: &Staff,
    venue_id: VenueId,
    (version, format): (i32, Format),
) -> Result<(String, String)> {
    let mut connection = app.db.acquire().await?;
    let (name, plan) = store::get_plan(&mut connection, (staff.org_id, venue_id), version).await?;
    let file_name = format!("{}-{version}.{}", Slug::of_title(&name), format.ending());
    drop(connection);
    let written = spawn_blocking(move || Plan::read(&plan).map(|(plan, _)| plan.write(format)));
    let written = written.await.map_err(|error| AppError::fault(&error))?;
    let written = written.map_err(|_| AppError::fault_text("a stored plan cannot be read"))?;
    Ok((file_name, written))
}
