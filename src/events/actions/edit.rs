//! Draft, change, and give a picture.

use serde_json::json;

use crate::{
    error::{AppError, Result},
    events::{
        form::{EventForm, NewEvent, Zones},
        jobs::{REPLACED_SECS, RemovePicture},
        markdown,
        model::{EventRefusal, EventState},
        store,
    },
    kernel::{EventId, OrgId, Slug},
    orgs::Staff,
    platform::{
        audit,
        db::Tx,
        jobs,
        secrets::{hex, random},
        state::AppState,
        zone::{parse_local, parse_zone},
    },
    tickets,
};

/// The zone database behind the form.
const ZONES: Zones = Zones { parse_zone, parse_local };
/// Addresses tried before drafting gives up; two random bytes collide seldom.
const ADDRESS_TRIES: usize = 5;

/// Makes an event that only its organizer sees.
pub async fn draft(app: &AppState, staff: &Staff, form: &EventForm) -> Result<EventId> {
    let new = form.parse(ZONES)?;
    let event = (staff.org_id, EventId::fresh());
    let mut tx = app.begin().await?;
    claim_address(&mut tx, event, &new).await?;
    store::insert_event(&mut tx, event, &new, &markdown::to_safe_html(new.description.as_str())).await?;
    note(&mut tx, staff, event.1, "drafted").await?;
    tx.commit().await?;
    Ok(event.1)
}

/// The plain slug when it is free, else one with a short ending; the reference is always random.
async fn claim_address(tx: &mut Tx, event: (OrgId, EventId), new: &NewEvent) -> Result<()> {
    let plain = Slug::of_title(new.title.as_str());
    let mut slug = plain.clone();
    for _ in 0..ADDRESS_TRIES {
        if store::insert_address(tx, event, &slug, u32::from_be_bytes(random())).await? {
            return Ok(());
        }
        slug = plain.with_ending(&hex(&random::<2>()));
    }
    Err(AppError::Busy)
}

/// Changes what an event says; its address stays, and its currency once something is on sale in it.
pub async fn change(app: &AppState, staff: &Staff, event_id: EventId, form: &EventForm) -> Result<()> {
    let new = form.parse(ZONES)?;
    let event = (staff.org_id, event_id);
    let mut tx = app.begin().await?;
    let standing = store::lock_event(&mut tx, staff.org_id, event_id).await?;
    if standing.state == EventState::Cancelled {
        return Err(EventRefusal::Cancelled.into());
    }
    if standing.currency != new.currency && tickets::has_types(&mut tx, staff.org_id, event_id).await? {
        return Err(EventRefusal::CurrencyFixed.into());
    }
    store::update_event(&mut tx, event, &new, &markdown::to_safe_html(new.description.as_str())).await?;
    note(&mut tx, staff, event_id, "changed").await?;
    tx.commit().await?;
    Ok(())
}

/// Gives an event the picture that was stored under a name, or none.
pub async fn set_picture(app: &AppState, staff: &Staff, event_id: EventId, name: Option<&str>) -> Result<()> {
    let mut tx = app.begin().await?;
    change_picture(app, &mut tx, (staff, event_id), name).await?;
    tx.commit().await?;
    Ok(())
}

/// The same in the caller's transaction. The picture that it had is removed when nobody can have its page open any more.
pub(super) async fn change_picture(
    app: &AppState,
    tx: &mut Tx,
    (staff, event_id): (&Staff, EventId),
    name: Option<&str>,
) -> Result<()> {
    let before = store::update_picture(tx, (staff.org_id, event_id), name).await?;
    if let Some(name) = before.filter(|before| Some(before.as_str()) != name) {
        let job = RemovePicture { org_id: staff.org_id, name };
        jobs::enqueue_at(tx, &job, app.now().plus_secs(REPLACED_SECS)).await?;
    }
    note(tx, staff, event_id, "changed picture").await
}

pub(super) async fn note(tx: &mut Tx, staff: &Staff, event_id: EventId, verb: &str) -> Result<()> {
    let entry = audit::Entry {
        org_id: Some(staff.org_id),
        actor: staff.actor(),
        verb,
        subject: format!("event:{event_id}"),
        detail: json!({}),
    };
    audit::write(tx, entry).await
}
