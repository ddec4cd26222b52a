//! What the desk does: look, open, pause, resume, close.

use serde_json::json;

use crate::{
    error::{AppError, Result},
    events,
    kernel::{EventId, FieldFault, OrgId, ZoneName},
    orgs::Staff,
    platform::{
        audit,
        db::Tx,
        secrets,
        state::AppState,
        zone::{local_time, parse_local},
    },
    queue::{
        QueueRefusal, RoomDesk, RoomForm, RoomNotice, RoomPage, RoomState,
        admission::wait_secs,
        draw::seed_hash,
        store::{self, Room, Seeded, Settings},
        view::{find_room, forget_rooms},
    },
    tickets::{self, Availability},
};

/// Everything the desk's page of a room shows.
pub async fn show(app: &AppState, staff: &Staff, event_id: EventId) -> Result<RoomPage> {
    let of = (staff.org_id, event_id);
    let mut tx = app.begin().await?;
    let (event, zone, _) = events::get_event_head(&mut tx, of.0, of.1).await?;
    let on_sale = tickets::list_on_sale(&mut tx, of.0, of.1, app.now()).await?;
    let room = match store::read_room(&mut tx, of).await? {
        Some(room) => {
            let (due, _) = store::count_flow(&mut tx, of).await?;
            Some(desk_of(&room, due, &zone))
        }
        None => None,
    };
    tx.commit().await?;
    let starts = on_sale.into_iter().filter_map(|offer| match offer.left {
        Availability::NotYet(from) => Some(from),
        _ => None,
    });
    Ok(RoomPage { event, room, sale_starts: starts.min_by_key(|from| from.at) })
}

fn desk_of(room: &Room, due: i64, zone: &ZoneName) -> RoomDesk {
    let waiting = room.last_lot - room.called_to;
    let lets_in = room.state == RoomState::Open && room.drawn_to.is_some();
    RoomDesk {
        state: room.state,
        opens: local_time(room.opens_at, zone),
        is_drawn: room.drawn_to.is_some(),
        ceiling: room.ceiling,
        inside: room.inside.into(),
        waiting,
        due,
        per_min: if lets_in { room.per_min.into() } else { 0 },
        wait_secs: if lets_in { wait_secs(waiting, room.per_min.into()) } else { None },
        arrived: room.last_lot - room.first_lot,
        seed_hash: secrets::hex(&seed_hash(&room.seed)),
    }
}

/// What the storefront says of the room in front of an event, if there is one.
pub async fn notice(app: &AppState, slug: &str) -> Result<Option<RoomNotice>> {
    let room = find_room(app, slug).await?;
    Ok(room.map(|room| RoomNotice {
        opens: (!room.is_drawn() && room.opens_at() > app.now()).then(|| room.opens.clone()),
        waiting: room.waiting(),
    }))
}

/// Puts a room in front of an event, changes the one that is there, or opens it again. Its opening may be moved until the
/// draw; a room that is opened again after its draw draws anew, with another seed.
pub async fn open(app: &AppState, staff: &Staff, event_id: EventId, form: &RoomForm) -> Result<()> {
    let of = (staff.org_id, event_id);
    let mut tx = app.begin().await?;
    let (_, zone, _) = events::get_event_head(&mut tx, of.0, of.1).await?;
    let new = form.parse(|text| parse_local(text, &zone))?;
    let mut settings = Settings { opens_at: new.opens_at, ceiling: new.ceiling };
    match store::lock_room(&mut tx, of).await? {
        None => store::insert_room(&mut tx, of, settings, fresh_seed()).await?,
        Some(room) if room.drawn_to.is_none() => store::update_room(&mut tx, of, settings).await?,
        Some(room) if room.state == RoomState::Closed => {
            store::begin_round(&mut tx, of, settings, fresh_seed()).await?;
        }
        Some(room) => {
            settings.opens_at = Some(room.opens_at);
            store::update_room(&mut tx, of, settings).await?;
        }
    }
    note(
        &mut tx,
        staff,
        of,
        ("opened waiting room", json!({ "opens_at": settings.opens_at, "ceiling": settings.ceiling })),
    )
    .await?;
    tx.commit().await?;
    forget_rooms(app).await;
    Ok(())
}

fn fresh_seed() -> Seeded {
    let seed = secrets::random();
    Seeded { seed, hash: seed_hash(&seed) }
}

/// Pauses a room, lets it go on, or closes it. When it is closed, all who wait are called: nothing is in their way.
pub async fn steer(app: &AppState, staff: &Staff, event_id: EventId, to: &str) -> Result<()> {
    let to = RoomState::of_word(to).ok_or_else(|| AppError::field("to", FieldFault::NotAChoice))?;
    let of = (staff.org_id, event_id);
    let mut tx = app.begin().await?;
    let room = store::lock_room(&mut tx, of).await?.ok_or(AppError::NotFound)?;
    if room.state == RoomState::Closed && to != RoomState::Closed {
        return Err(QueueRefusal::NoRoom.into());
    }
    let is_done = to == RoomState::Closed && room.drawn_to.is_some();
    let called_to = if is_done { room.last_lot } else { room.called_to };
    if called_to > room.called_to {
        store::mark_called(&mut tx, of, (room.called_to, called_to)).await?;
    }
    store::set_state(&mut tx, of, to, called_to).await?;
    note(&mut tx, staff, of, ("steered waiting room", json!({ "to": to.word() }))).await?;
    tx.commit().await?;
    forget_rooms(app).await;
    Ok(())
}

async fn note(tx: &mut Tx, staff: &Staff, of: (OrgId, EventId), what: (&str, serde_json::Value)) -> Result<()> {
    let entry = audit::Entry {
        org_id: Some(of.0),
        actor: staff.actor(),
        verb: what.0,
        subject: format!("event:{}", of.1),
        detail: what.1,
    };
    audit::write(tx, entry).await
}
