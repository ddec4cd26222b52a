//! Give an event a picture, and remove one that was replaced.

use tokio::{sync::Semaphore, task::spawn_blocking};

use super::edit::change_picture;
use crate::{
    error::{AppError, Result},
    events::{picture, store},
    kernel::EventId,
    orgs::Staff,
    platform::{files, state::AppState},
};

/// Pictures that are worked on at once: each can take a core and a quarter of a gigabyte.
static AT_WORK: Semaphore = Semaphore::const_new(1);

/// Reads a sent picture, keeps it in every size, and gives it to the event.
pub async fn give_picture(app: &AppState, staff: &Staff, event_id: EventId, sent: Vec<u8>) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    store::get_event(&mut connection, staff.org_id, event_id, app.now()).await?;
    drop(connection);
    let turn = AT_WORK.acquire().await.map_err(|error| AppError::fault(&error))?;
    let made = spawn_blocking(move || picture::make(&sent)).await.map_err(|error| AppError::fault(&error))?;
    drop(turn);
    let made = made.map_err(|fault| AppError::field("picture", fault))?;
    let mut tx = app.begin().await?;
    // Whoever removes the same picture just now does so before or after, never between.
    store::lock_picture(&mut tx, &made.name).await?;
    for (name, bytes) in made.files {
        files::keep(&app.config, &name, bytes).await.map_err(|error| AppError::fault(&error))?;
    }
    change_picture(app, &mut tx, (staff, event_id), Some(&made.name)).await?;
    tx.commit().await?;
    Ok(())
}

/// Removes the files of a picture that no event shows any more.
pub async fn remove_picture(app: &AppState, name: &str) -> Result<()> {
    let mut tx = app.begin_in_lane().await?;
    store::lock_picture(&mut tx, name).await?;
    if !store::is_picture_shown(&mut tx, name).await? {
        for file in picture::files_of(name) {
            files::remove(&app.config, &file).await.map_err(|error| AppError::fault(&error))?;
        }
    }
    tx.commit().await?;
    Ok(())
}
