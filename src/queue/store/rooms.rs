//! Statements on `waiting_room`, one room at a time.

use sqlx::PgConnection;

use crate::{
    error::{AppError, Result},
    kernel::{EventId, FieldFault, Instant, OrgId},
    platform::db::{OnConstraint, stored},
    queue::{RoomState, draw::Seed},
};

/// The room of an event as a [`RoomRow`], locked or not as `$lock` says.
macro_rules! select_room {
    ($event:expr, $lock:literal) => {
        sqlx::query_as!(
            RoomRow,
            r#"select state, opens_at as "opens_at: Instant", ceiling, places, inside, seed, first_lot, last_lot,
                      drawn_to, called_to, credit_milli, per_min, ticked_at as "ticked_at: Instant",
                      clock_timestamp() as "now!: Instant"
                 from waiting_room
                where org_id = $1
                  and event_id = $2"#
                + $lock,
            $event.0.0,
            $event.1.0,
        )
    };
}

/// A room as it is stored, and the database's time when it was read.
#[derive(Clone, Debug)]
pub struct Room {
    pub state: RoomState,
    pub opens_at: Instant,
    pub ceiling: i32,
    pub places: i32,
    pub inside: i32,
    pub seed: Seed,
    pub first_lot: i64,
    pub last_lot: i64,
    pub drawn_to: Option<i64>,
    pub called_to: i64,
    pub credit_milli: i64,
    pub per_min: i32,
    pub ticked_at: Instant,
    pub now: Instant,
}

struct RoomRow {
    state: String,
    opens_at: Instant,
    ceiling: i32,
    places: i32,
    inside: i32,
    seed: Vec<u8>,
    first_lot: i64,
    last_lot: i64,
    drawn_to: Option<i64>,
    called_to: i64,
    credit_milli: i64,
    per_min: i32,
    ticked_at: Instant,
    now: Instant,
}

pub(super) fn state_of(word: &str) -> Result<RoomState> {
    stored(RoomState::of_word(word).ok_or(FieldFault::NotAChoice))
}

pub(super) fn seed_of(bytes: &[u8]) -> Result<Seed> {
    stored(bytes.try_into().map_err(|_| FieldFault::BadCharacters))
}

impl TryFrom<RoomRow> for Room {
    type Error = AppError;

    fn try_from(row: RoomRow) -> Result<Self> {
        Ok(Self {
            state: state_of(&row.state)?,
            opens_at: row.opens_at,
            ceiling: row.ceiling,
            places: row.places,
            inside: row.inside,
            seed: seed_of(&row.seed)?,
            first_lot: row.first_lot,
            last_lot: row.last_lot,
            drawn_to: row.drawn_to,
            called_to: row.called_to,
            credit_milli: row.credit_milli,
            per_min: row.per_min,
            ticked_at: row.ticked_at,
            now: row.now,
        })
    }
}

/// Reads a room under a lock, so that whatever is decided of it is decided one after the other on all nodes.
pub async fn lock_room(tx: &mut PgConnection, event: (OrgId, EventId)) -> Result<Option<Room>> {
    let row = select_room!(event, " for update").fetch_optional(tx).await?;
    row.map(Room::try_from).transpose()
}

/// Reads a room under a lock, unless somebody works on it already.
pub async fn lock_room_if_free(tx: &mut PgConnection, event: (OrgId, EventId)) -> Result<Option<Room>> {
    let row = select_room!(event, " for update skip locked").fetch_optional(tx).await?;
    row.map(Room::try_from).transpose()
}

/// Reads a room as it is at the moment.
pub async fn read_room(db: &mut PgConnection, event: (OrgId, EventId)) -> Result<Option<Room>> {
    let row = select_room!(event, "").fetch_optional(db).await?;
    row.map(Room::try_from).transpose()
}

/// What the desk sets.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Nothing for at once.
    pub opens_at: Option<Instant>,
    pub ceiling: i32,
}

/// A seed, and the hash that is shown before the opening.
#[derive(Clone, Copy, Debug)]
pub struct Seeded {
    pub seed: Seed,
    pub hash: [u8; 32],
}

/// Puts a room in front of an event.
pub async fn insert_room(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    settings: Settings,
    seeded: Seeded,
) -> Result<()> {
    sqlx::query!(
        "insert into waiting_room (org_id, event_id, opens_at, ceiling, places, seed, seed_hash)
         values ($1, $2, coalesce($3, clock_timestamp()), $4, $4, $5, $6)",
        org_id.0,
        event_id.0,
        settings.opens_at as Option<Instant>,
        settings.ceiling,
        seeded.seed.as_slice(),
        seeded.hash.as_slice(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Opens a room again after an opening that is over: with a draw of its own.
pub async fn begin_round(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    settings: Settings,
    seeded: Seeded,
) -> Result<()> {
    sqlx::query!(
        "update waiting_room
            set state = 'open',
                opens_at = coalesce($3, clock_timestamp()),
                ceiling = $4,
                places = greatest($4, inside),
                seed = $5,
                seed_hash = $6,
                first_lot = last_lot,
                called_to = last_lot,
                drawn_to = null,
                credit_milli = 0,
                per_min = 0
          where org_id = $1
            and event_id = $2",
        org_id.0,
        event_id.0,
        settings.opens_at as Option<Instant>,
        settings.ceiling,
        seeded.seed.as_slice(),
        seeded.hash.as_slice(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Changes a room; those inside may stay when the ceiling is lowered.
pub async fn update_room(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    settings: Settings,
) -> Result<()> {
    sqlx::query!(
        "update waiting_room
            set opens_at = coalesce($3, least(opens_at, clock_timestamp())),
                ceiling = $4,
                places = greatest($4, inside),
                state = case state when 'closed' then 'open' else state end
          where org_id = $1
            and event_id = $2",
        org_id.0,
        event_id.0,
        settings.opens_at as Option<Instant>,
        settings.ceiling,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Sets whether a room lets people in. Called to the end are all who wait when it is closed.
pub async fn set_state(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    state: RoomState,
    called_to: i64,
) -> Result<()> {
    sqlx::query!(
        "update waiting_room
            set state = $3,
                called_to = $4
          where org_id = $1
            and event_id = $2",
        org_id.0,
        event_id.0,
        state.word(),
        called_to,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes which lots were shuffled.
pub async fn mark_drawn(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId), drawn_to: i64) -> Result<()> {
    sqlx::query!(
        "update waiting_room
            set drawn_to = $3
          where org_id = $1
            and event_id = $2",
        org_id.0,
        event_id.0,
        drawn_to,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes the last lot that was given out.
pub async fn mark_lots(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId), last_lot: i64) -> Result<()> {
    sqlx::query!(
        "update waiting_room
            set last_lot = $3
          where org_id = $1
            and event_id = $2",
        org_id.0,
        event_id.0,
        last_lot,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Counts people in; the database refuses more than there are places.
pub async fn mark_inside(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId), more: i32) -> Result<()> {
    sqlx::query!(
        "update waiting_room
            set inside = inside + $3
          where org_id = $1
            and event_id = $2",
        org_id.0,
        event_id.0,
        more,
    )
    .execute(tx)
    .await
    .on_constraint("waiting_room_not_overfull", AppError::Busy)?;
    Ok(())
}

/// What a tick changes of a room.
#[derive(Clone, Copy, Debug)]
pub struct Ticked {
    pub left: i32,
    pub called_to: i64,
    pub credit_milli: i64,
    pub per_min: i32,
}

/// Counts people out, and notes who was called.
pub async fn mark_ticked(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId), ticked: Ticked) -> Result<()> {
    sqlx::query!(
        "update waiting_room
            set inside = inside - $3,
                places = greatest(ceiling, inside - $3),
                called_to = $4,
                credit_milli = $5,
                per_min = $6,
                ticked_at = clock_timestamp()
          where org_id = $1
            and event_id = $2",
        org_id.0,
        event_id.0,
        ticked.left,
        ticked.called_to,
        ticked.credit_milli,
        ticked.per_min,
    )
    .execute(tx)
    .await?;
    Ok(())
}
