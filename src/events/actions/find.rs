//! What visitors and the desk read.

use crate::{
    error::{AppError, Result},
    events::{
        form::EventForm,
        model::{DeskFilter, DeskHit, DeskList, Discovery, DiscoveryForm, Event, EventPage, EventState},
        search::{self, Wanted},
        store,
    },
    kernel::{Cursor, EventId},
    orgs::{COUNTRIES, Permission, Staff},
    platform::state::AppState,
    tickets,
};

/// A page of what is on, and the towns to choose from.
pub async fn discover(app: &AppState, form: &DiscoveryForm) -> Result<Discovery> {
    let now = app.now();
    let wanted = Wanted {
        text: form.q.clone(),
        place: form.place.trim().to_owned(),
        category: form.category.parse().ok(),
        days: search::days(form.when.trim()),
    };
    let after = Some(Cursor(form.after.clone())).filter(|cursor| !cursor.0.is_empty());
    let mut connection = app.db.acquire().await?;
    let events = search::list_cards(&mut connection, &wanted, after.as_ref(), now).await?;
    let places = search::list_places(&mut connection, now).await?;
    Ok(Discovery { events, places })
}

/// All that the event page shows. A draft is as unknown as an address that nobody has.
pub async fn page(app: &AppState, slug: &str) -> Result<EventPage> {
    let now = app.now();
    let mut connection = app.db.acquire().await?;
    let event = store::find_public(&mut connection, slug, now).await?.ok_or(AppError::NotFound)?;
    let on_sale = if event.state == EventState::Published {
        let mut on_sale = tickets::list_on_sale(&mut connection, event.org_id, event.event_id, now).await?;
        on_sale.retain(|offer| !offer.is_hidden);
        on_sale
    } else {
        Vec::new()
    };
    Ok(EventPage { event, on_sale, origin: app.config.origin() })
}

/// An organizer's list of events.
pub async fn desk_list(app: &AppState, staff: &Staff, filter: DeskFilter, after: Option<&Cursor>) -> Result<DeskList> {
    let mut connection = app.db.acquire().await?;
    let events = store::list_desk(&mut connection, staff.org_id, (filter, after), app.now()).await?;
    Ok(DeskList { org_name: staff.org_name.clone(), may_edit: staff.role.allows(Permission::EditEvents), events })
}

/// An organizer's events whose titles hold all the words, those ahead first.
pub async fn find_for_desk(app: &AppState, staff: &Staff, words: &str) -> Result<Vec<DeskHit>> {
    let mut connection = app.db.acquire().await?;
    search::find_titles(&mut connection, staff.org_id, words, app.now()).await
}

/// The form about a new event, with what the organizer's country suggests.
pub async fn start_form(app: &AppState, staff: &Staff) -> Result<EventForm> {
    let mut connection = app.db.acquire().await?;
    let country = store::get_country(&mut connection, staff.org_id).await?;
    let known = COUNTRIES.iter().find(|(code, ..)| *code == country);
    let (zone, currency) = known.map_or(("", ""), |(_, _, zone, currency)| (zone, currency));
    Ok(EventForm { country, zone: zone.to_owned(), currency: currency.to_owned(), ..EventForm::default() })
}

/// An event as its organizer edits it.
pub async fn get_for_desk(app: &AppState, staff: &Staff, event_id: EventId) -> Result<Event> {
    let mut connection = app.db.acquire().await?;
    store::get_event(&mut connection, staff.org_id, event_id, app.now()).await
}
