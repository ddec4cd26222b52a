//! Going in, when it is one's turn and there is a place.

use std::{collections::HashSet, time::Duration};

use serde_json::Value;
use sqlx::Acquire;

use crate::{
    error::Result,
    kernel::{EventId, Instant, OrgId},
    platform::{
        batch::{self, Batch},
        db::Tx,
        sabotage::Weakness,
        state::AppState,
    },
    queue::{
        QueueRefusal, RoomState,
        admission::CHOOSE_SECS,
        pass::Pass,
        store::{self, Room, Visitor},
        view::RoomView,
    },
};

/// How long a sabotaged door waits between counting and letting in: long enough for every rival to count the same.
const RACE_WIDTH: Duration = Duration::from_millis(400);

/// What came of going to the door.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Inside, with so much time to start a basket, or with the one that was chosen before.
    Inside { until: Instant, basket: Option<Value> },
    /// Called, but all places are taken at the moment.
    Door,
    /// Was inside, and has finished or let the time pass.
    Over,
    /// The place is not known to the database.
    Unknown,
}

/// Somebody at the door, decided together with all who are at the same door at the moment.
#[derive(Clone, Debug)]
struct Enter {
    of: (OrgId, EventId),
    lot: i64,
    browser_hash: Vec<u8>,
}

/// Lets the holder of a pass in. Whoever is inside already stays so, with the same clock.
pub async fn enter(app: &AppState, room: &RoomView, pass: &Pass) -> Result<Entry> {
    let of = room.of();
    let enter = Enter { of, lot: pass.lot, browser_hash: pass.browser_hash.clone() };
    batch::submit(app, &of.1.to_string(), enter).await
}

impl Batch for Enter {
    type Answer = Entry;

    async fn run(app: &AppState, _lane: &str, batch: &[Self]) -> Result<Vec<Result<Entry>>> {
        let Some(of) = batch.first().map(|first| first.of) else {
            return Ok(Vec::new());
        };
        let mut tx = app.begin().await?;
        let entries = let_in(app, &mut tx, of, batch).await?;
        tx.commit().await?;
        Ok(entries.into_iter().map(Ok).collect())
    }
}

/// Locks the room, so that whoever goes in is counted one after the other on all nodes.
async fn lock(app: &AppState, tx: &mut Tx, of: (OrgId, EventId)) -> Result<Room> {
    let room = if app.sabotage.is_on(Weakness::OpenDoor) {
        // A savepoint that is rolled back lets its lock go.
        let mut look = tx.begin().await?;
        let room = store::lock_room(&mut look, of).await?;
        look.rollback().await?;
        tokio::time::sleep(RACE_WIDTH).await;
        room
    } else {
        store::lock_room(tx, of).await?
    };
    Ok(room.ok_or(QueueRefusal::NoRoom)?)
}

async fn let_in(app: &AppState, tx: &mut Tx, of: (OrgId, EventId), batch: &[Enter]) -> Result<Vec<Entry>> {
    let room = lock(app, tx, of).await?;
    let lots: Vec<_> = batch.iter().map(|one| one.lot).collect();
    let visitors = store::find_by_lots(tx, of, &lots).await?;
    let own =
        |one: &Enter| visitors.iter().find(|found| found.lot == one.lot && found.browser_hash == one.browser_hash);
    let mut going = HashSet::new();
    let mut entries = Vec::with_capacity(batch.len());
    for one in batch {
        let entry = own(one).map_or(Entry::Unknown, |visitor| decide(&room, visitor, &mut going));
        entries.push(entry);
    }
    if !going.is_empty() {
        store::mark_inside(tx, of, i32::try_from(going.len()).unwrap_or(i32::MAX)).await?;
        store::mark_entered(tx, of, &going.into_iter().collect::<Vec<_>>(), CHOOSE_SECS).await?;
    }
    Ok(entries)
}

/// Whether somebody is inside, goes in now, or not; `going` are those who go in with this decision.
fn decide(room: &Room, visitor: &Visitor, going: &mut HashSet<i64>) -> Entry {
    let inside = |until| Entry::Inside { until, basket: visitor.basket.clone() };
    if visitor.has_left {
        return Entry::Over;
    }
    if let Some(until) = visitor.ends_at {
        return if until > room.now || visitor.has_started { inside(until) } else { Entry::Over };
    }
    if !visitor.is_called || room.state == RoomState::Paused {
        return Entry::Door;
    }
    let taken = i64::from(room.inside) + i64::try_from(going.len()).unwrap_or(i64::MAX);
    // A second tab of somebody who goes in right now takes no second place.
    if !going.contains(&visitor.lot) && taken >= i64::from(room.places) {
        return Entry::Door;
    }
    going.insert(visitor.lot);
    inside(room.now.plus_secs(CHOOSE_SECS))
}
