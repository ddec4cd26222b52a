//! What is done to ticket types: add, change, archive.

use serde_json::{Value, json};
use sqlx::PgConnection;

use super::{
    model::{NewTicketType, OnSale, TYPES_MAX, TicketTypeForm, TypeRefusal, TypesDesk},
    store::{self, Place, Terms},
};
use crate::{
    error::{AppError, Result},
    events,
    kernel::{EventId, Instant, OrgId, TicketTypeId},
    orgs::Staff,
    platform::{audit, db::Tx, state::AppState, zone::parse_local},
};

/// The ticket types that buyers see, with what is left of each.
pub async fn list_on_sale(
    db: &mut PgConnection,
    org_id: OrgId,
    event_id: EventId,
    now: Instant,
) -> Result<Vec<OnSale>> {
    store::list_on_sale(db, org_id, event_id, now).await
}

/// The ticket types as their editor shows them.
pub async fn list(app: &AppState, staff: &Staff, event_id: EventId) -> Result<TypesDesk> {
    let mut connection = app.db.acquire().await?;
    let (event, zone, currency) = events::get_event_head(&mut connection, staff.org_id, event_id).await?;
    let types = store::list_types(&mut connection, staff.org_id, event_id, &zone).await?;
    Ok(TypesDesk { event, currency, types })
}

/// Adds a type and the pool that it draws on.
pub async fn add(app: &AppState, staff: &Staff, event_id: EventId, form: &TicketTypeForm) -> Result<TicketTypeId> {
    let mut tx = app.begin().await?;
    let terms = store::lock_terms(&mut tx, staff.org_id, event_id).await?;
    let new = parse(form, &terms)?;
    if store::count_types(&mut tx, staff.org_id, event_id).await? >= TYPES_MAX {
        return Err(TypeRefusal::TooMany.into());
    }
    let place = Place { org_id: staff.org_id, event_id, ticket_type_id: TicketTypeId::fresh() };
    store::insert_type(&mut tx, &place, &new).await?;
    store::insert_pool(&mut tx, &place, &new).await?;
    note(&mut tx, staff, &place, ("added ticket type", told(&new))).await?;
    tx.commit().await?;
    Ok(place.ticket_type_id)
}

/// Changes a type; its capacity stays at or above what is held and sold.
pub async fn change(
    app: &AppState,
    staff: &Staff,
    which: (EventId, TicketTypeId),
    form: &TicketTypeForm,
) -> Result<()> {
    let place = Place { org_id: staff.org_id, event_id: which.0, ticket_type_id: which.1 };
    let mut tx = app.begin().await?;
    let terms = store::lock_terms(&mut tx, place.org_id, place.event_id).await?;
    let new = parse(form, &terms)?;
    if !store::update_type(&mut tx, &place, &new).await? {
        return Err(AppError::NotFound);
    }
    let taken = store::lock_taken(&mut tx, &place).await?;
    store::update_capacity(&mut tx, &place, &new, taken).await?;
    note(&mut tx, staff, &place, ("changed ticket type", told(&new))).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a type off the list for good; the tickets sold stay good.
pub async fn archive(app: &AppState, staff: &Staff, event_id: EventId, ticket_type_id: TicketTypeId) -> Result<()> {
    let place = Place { org_id: staff.org_id, event_id, ticket_type_id };
    let mut tx = app.begin().await?;
    if !store::mark_archived(&mut tx, &place, app.now()).await? {
        return Err(AppError::NotFound);
    }
    note(&mut tx, staff, &place, ("archived ticket type", json!({}))).await?;
    tx.commit().await?;
    Ok(())
}

fn parse(form: &TicketTypeForm, terms: &Terms) -> Result<NewTicketType> {
    Ok(form.parse(terms.currency, |text| parse_local(text, &terms.zone))?)
}

fn told(new: &NewTicketType) -> Value {
    json!({ "name": new.name, "price_minor": new.price.minor, "capacity": new.capacity })
}

async fn note(tx: &mut Tx, staff: &Staff, place: &Place, what: (&str, Value)) -> Result<()> {
    let entry = audit::Entry {
        org_id: Some(staff.org_id),
        actor: staff.actor(),
        verb: what.0,
        subject: format!("ticket_type:{}", place.ticket_type_id),
        detail: what.1,
    };
    audit::write(tx, entry).await
}
