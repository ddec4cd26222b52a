//! Statements on `waiting_room`, all rooms at once.

use sqlx::PgConnection;

use super::rooms::{seed_of, state_of};
use crate::{
    error::Result,
    kernel::{EventId, Instant, OrgId, ZoneName},
    queue::{RoomState, draw::Seed},
};

/// Most rooms that are open at once.
const ROOMS_MAX: i64 = 1_000;

/// A room as those who wait may know it: the seed only after the draw.
#[derive(Clone, Debug)]
pub struct View {
    pub org_id: OrgId,
    pub event_id: EventId,
    pub slug: String,
    pub title: String,
    pub zone: ZoneName,
    pub state: RoomState,
    pub opens_at: Instant,
    pub seed_hash: Vec<u8>,
    pub seed: Option<Seed>,
    pub first_lot: i64,
    pub last_lot: i64,
    pub drawn_to: Option<i64>,
    pub called_to: i64,
    pub per_min: i64,
}

/// The rooms in front of events that are on sale, or will be.
pub async fn list_open_rooms(db: &mut PgConnection) -> Result<Vec<View>> {
    let rows = sqlx::query!(
        r#"select room.org_id as "org_id: OrgId", room.event_id as "event_id: EventId", event.slug, event.title,
                  event.zone, room.state, room.opens_at as "opens_at: Instant", room.seed_hash,
                  case when room.drawn_to is not null then room.seed end as seed,
                  room.first_lot, room.last_lot, room.drawn_to, room.called_to, room.per_min
             from waiting_room room
             join event
               on event.org_id = room.org_id
              and event.event_id = room.event_id
            where room.state <> 'closed'
              and event.state = 'published'
              and event.ends_at > clock_timestamp()
            order by room.opens_at desc
            limit $1"#,
        ROOMS_MAX,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(View {
                org_id: row.org_id,
                event_id: row.event_id,
                slug: row.slug,
                title: row.title,
                zone: ZoneName(row.zone),
                state: state_of(&row.state)?,
                opens_at: row.opens_at,
                seed_hash: row.seed_hash,
                seed: row.seed.as_deref().map(seed_of).transpose()?,
                first_lot: row.first_lot,
                last_lot: row.last_lot,
                drawn_to: row.drawn_to,
                called_to: row.called_to,
                per_min: row.per_min.into(),
            })
        })
        .collect()
}

/// The rooms in which something may have to happen: somebody is inside, or waits and could be let in.
pub async fn list_due_rooms(db: &mut PgConnection) -> Result<Vec<(OrgId, EventId)>> {
    let rows = sqlx::query!(
        r#"select org_id as "org_id: OrgId", event_id as "event_id: EventId"
             from waiting_room
            where inside > 0
               or (state = 'open'
                   and opens_at <= clock_timestamp()
                   and (drawn_to is null or called_to < last_lot or per_min = 0))
            limit $1"#,
        ROOMS_MAX,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.org_id, row.event_id)).collect())
}
