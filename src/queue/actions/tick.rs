//! What time does in a room: the draw, who has left, whom to call.

use crate::{
    error::Result,
    kernel::{EventId, OrgId},
    platform::{db::Tx, state::AppState},
    queue::{
        Inside, Progress, RoomState,
        admission::Flow,
        draw::Draw,
        store::{self, Room, Ticked},
    },
};

/// A room in which something may happen, locked.
pub struct Due {
    of: (OrgId, EventId),
    room: Room,
    inside: Vec<Inside>,
}

impl Due {
    pub const fn org_id(&self) -> OrgId {
        self.of.0
    }

    /// The keys of all baskets that were started by those inside.
    pub fn keys(&self) -> Vec<String> {
        self.inside.iter().flat_map(|inside| inside.keys.iter().cloned()).collect()
    }
}

/// The rooms in which something may have to happen.
pub async fn list_due(app: &AppState) -> Result<Vec<(OrgId, EventId)>> {
    let mut connection = app.lane.acquire().await?;
    store::list_due_rooms(&mut connection).await
}

/// Locks a room for its tick, unless another node is at it.
pub async fn lock_due(tx: &mut Tx, of: (OrgId, EventId)) -> Result<Option<Due>> {
    let Some(room) = store::lock_room_if_free(tx, of).await? else {
        return Ok(None);
    };
    let inside = store::list_inside(tx, of).await?;
    Ok(Some(Due { of, room, inside }))
}

/// Draws when the time has come, counts out who has left, and calls whom the rate lets in. `progress` says how a basket
/// stands by its key.
pub async fn tick(tx: &mut Tx, due: Due, progress: impl Fn(&str) -> Option<Progress>) -> Result<()> {
    let Due { of, mut room, inside } = due;
    draw_if_due(tx, of, &mut room).await?;
    let left: Vec<_> =
        inside.iter().filter(|inside| inside.has_left(room.now, &progress)).map(|inside| inside.lot).collect();
    if !left.is_empty() {
        store::mark_left(tx, of, &left).await?;
    }
    let left = i32::try_from(left.len()).unwrap_or(i32::MAX);
    room.inside -= left;
    room.places = room.ceiling.max(room.inside);
    let (due, left_lately) = store::count_flow(tx, of).await?;
    let call = flow(&room, due, left_lately).call();
    // Nobody is called in a room that is paused or not open yet.
    let lets_in = room.state == RoomState::Open && room.drawn_to.is_some();
    let count = if lets_in { call.count } else { 0 };
    if count > 0 {
        store::mark_called(tx, of, (room.called_to, room.called_to + count)).await?;
    }
    let ticked = Ticked {
        left,
        called_to: room.called_to + count,
        credit_milli: if lets_in { call.credit_milli } else { 0 },
        per_min: i32::try_from(call.per_min).unwrap_or(i32::MAX),
    };
    store::mark_ticked(tx, of, ticked).await
}

fn flow(room: &Room, due: i64, left_lately: i64) -> Flow {
    Flow {
        places: room.places.into(),
        inside: room.inside.into(),
        due,
        waiting: room.last_lot - room.called_to,
        left_lately,
        elapsed_ms: room.now.0 - room.ticked_at.0,
        credit_milli: room.credit_milli,
    }
}

/// Shuffles the lots from before the opening, once it has come.
pub async fn draw_if_due(tx: &mut Tx, of: (OrgId, EventId), room: &mut Room) -> Result<()> {
    if room.drawn_to.is_some() || room.opens_at > room.now {
        return Ok(());
    }
    let lots = room.last_lot - room.first_lot;
    let draw = Draw::new(&room.seed, u32::try_from(lots).unwrap_or(u32::MAX));
    let numbers: Vec<_> = (1..=lots).map(|lot| room.first_lot + draw.number_of(lot)).collect();
    if !numbers.is_empty() {
        store::assign_numbers(tx, of, room.first_lot, &numbers).await?;
    }
    store::mark_drawn(tx, of, room.last_lot).await?;
    room.drawn_to = Some(room.last_lot);
    Ok(())
}
