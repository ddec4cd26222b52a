//! Coming into the room: a lot for each browser, given out to many at once.

use std::collections::HashMap;

use serde_json::Value;

use super::tick::draw_if_due;
use crate::{
    error::Result,
    kernel::{EventId, OrgId},
    platform::{
        batch::{self, Batch},
        db::Tx,
        state::AppState,
    },
    queue::{
        QueueRefusal, RoomState,
        model::LOTS_MAX,
        store::{self, NewVisitor},
        view::RoomView,
    },
};

/// Somebody who arrives, decided together with all who arrive at the same room at the moment.
#[derive(Clone, Debug)]
struct Arrive {
    of: (OrgId, EventId),
    browser_hash: Vec<u8>,
    basket: Option<Value>,
}

/// Gives a browser its place, the same however often it comes, and keeps the basket that it would start. Gives the lot.
pub async fn arrive(app: &AppState, room: &RoomView, browser_hash: Vec<u8>, basket: Option<Value>) -> Result<i64> {
    let of = room.of();
    batch::submit(app, &of.1.to_string(), Arrive { of, browser_hash, basket }).await
}

impl Batch for Arrive {
    type Answer = i64;

    async fn run(app: &AppState, _lane: &str, batch: &[Self]) -> Result<Vec<Result<i64>>> {
        let Some(of) = batch.first().map(|first| first.of) else {
            return Ok(Vec::new());
        };
        let mut tx = app.begin().await?;
        let lots = give_lots(&mut tx, of, batch).await?;
        tx.commit().await?;
        Ok(lots)
    }
}

async fn give_lots(tx: &mut Tx, of: (OrgId, EventId), batch: &[Arrive]) -> Result<Vec<Result<i64>>> {
    // Before anybody is looked for, so that a browser that comes twice at once waits for its first.
    let mut room =
        store::lock_room(tx, of).await?.filter(|room| room.state != RoomState::Closed).ok_or(QueueRefusal::NoRoom)?;
    draw_if_due(tx, of, &mut room).await?;
    let hashes: Vec<_> = batch.iter().map(|one| one.browser_hash.clone()).collect();
    let known = store::find_by_browsers(tx, of, &hashes).await?;
    let mut lots: HashMap<Vec<u8>, i64> = known.into_iter().map(|(lot, hash)| (hash, lot)).collect();
    let (mut fresh, mut changed, mut answers) = (Vec::new(), Vec::new(), Vec::with_capacity(batch.len()));
    for one in batch {
        if let Some(lot) = lots.get(&one.browser_hash) {
            changed.extend(one.basket.clone().map(|basket| (*lot, basket)));
            answers.push(Ok(*lot));
            continue;
        }
        if room.last_lot - room.first_lot >= LOTS_MAX {
            answers.push(Err(QueueRefusal::Full.into()));
            continue;
        }
        room.last_lot += 1;
        let lot = room.last_lot;
        lots.insert(one.browser_hash.clone(), lot);
        // After the draw whoever comes is the next.
        let number = room.drawn_to.map(|_| lot);
        fresh.push(NewVisitor { lot, browser_hash: one.browser_hash.clone(), number, basket: one.basket.clone() });
        answers.push(Ok(lot));
    }
    if !fresh.is_empty() {
        store::mark_lots(tx, of, room.last_lot).await?;
        store::insert_visitors(tx, of, &fresh).await?;
    }
    if !changed.is_empty() {
        store::set_baskets(tx, of, &changed).await?;
    }
    Ok(answers)
}
