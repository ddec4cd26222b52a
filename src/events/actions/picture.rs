//! Give an event a picture.

use tokio::{sync::Semaphore, task::spawn_blocking};

use super::edit::set_picture;
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
    for (name, bytes) in made.files {
        files::keep(&app.config, &name, bytes).await.map_err(|error| AppError::fault(&error))?;
    }
    set_picture(app, staff, event_id, Some(&made.name)).await
}
