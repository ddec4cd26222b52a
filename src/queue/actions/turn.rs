//! Passing from the room to the checkout.

use crate::{
    error::Result,
    kernel::{EventId, OrgId, SecretText},
    platform::state::AppState,
    queue::{QueueRefusal, model::STARTS_MAX, pass, store, view::find_room},
};

/// The right to start one basket; only `take_turn` makes one.
#[must_use]
pub struct Turn(Option<Taken>);

struct Taken {
    of: (OrgId, EventId),
    lot: i64,
    key: String,
}

/// Lets whoever shows some cookies start the basket of a key: at once where there is no room, else only from inside, in
/// time, and a few times. The same key is the same basket.
pub async fn take_turn(app: &AppState, cookies: &SecretText, slug: &str, key: &str) -> Result<Turn> {
    let Some(room) = find_room(app, slug).await? else {
        return Ok(Turn(None));
    };
    let pass = pass::read(app, cookies.reveal(), &room).filter(|pass| pass.until.is_some());
    let pass = pass.ok_or(QueueRefusal::Wait)?;
    let (of, starts_max) = (room.of(), i32::try_from(STARTS_MAX).unwrap_or(i32::MAX));
    let mut connection = app.db.acquire().await?;
    let who = (pass.lot, pass.browser_hash.as_slice());
    if !store::take_start(&mut connection, of, who, (key, starts_max)).await? {
        let started = store::find_start_count(&mut connection, of, pass.lot).await?;
        let max = u32::try_from(STARTS_MAX).unwrap_or(u32::MAX);
        return Err(started.map_or(QueueRefusal::Over, |_| QueueRefusal::TooManyStarts { max }).into());
    }
    Ok(Turn(Some(Taken { of, lot: pass.lot, key: key.to_owned() })))
}

impl Turn {
    /// Gives the answer on; a basket that was refused does not count as one that was started. After a fault nobody knows
    /// whether it was, so then it does.
    pub async fn keep<T>(self, app: &AppState, answer: Result<T>) -> Result<T> {
        if let (Some(taken), Err(error)) = (self.0, &answer)
            && error.status().is_client_error()
        {
            let mut connection = app.db.acquire().await?;
            store::give_start_back(&mut connection, taken.of, taken.lot, &taken.key).await?;
        }
        answer
    }
}
