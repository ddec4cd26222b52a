//! Verbs: join, leave, offer, settle.

use super::{
    mail,
    model::{DeskWaitlist, JoinForm, LINE_MAX, OFFER_TTL_SECS, Offered, WaitRefusal},
    store,
};
use crate::{
    accounts::guard::Visitor,
    error::{AppError, Result},
    events,
    inventory::{
        Wish, locks,
        store::{self as stock_store, Move},
    },
    kernel::{EntryId, EventId, HoldId, OrderId, OrgId, TicketTypeId},
    orgs::Staff,
    platform::{
        db::Tx,
        limits::{self, Limit},
        secrets,
        state::AppState,
    },
    tickets::{self, Availability},
};

pub use super::store::Place;

/// Places in line that an address may take.
const JOINS: Limit = Limit { bucket: "join waitlist", burst: 10, period_secs: 60 };
/// Mails that strangers may have sent to one mailbox by joining with its address.
const JOIN_MAILS: Limit = Limit { bucket: "waitlist mail", burst: 5, period_secs: 600 };
/// Offers made in one transaction.
const OFFERS_MAX: i64 = 20;

/// Puts somebody in line and gives the secret part of their place's link, which they are mailed too.
pub async fn join(app: &AppState, visitor: &Visitor, form: &JoinForm) -> Result<String> {
    limits::take(app, JOINS, &visitor.address.to_string()).await?;
    let mut tx = app.begin().await?;
    let awaited = store::find_awaited(&mut tx, &form.event, form.ticket_type).await?.ok_or(AppError::NotFound)?;
    let (email, size) = form.parse()?;
    let of = (awaited.org_id, awaited.event_id);
    let on_sale = tickets::list_on_sale(&mut tx, of.0, of.1, app.now()).await?;
    let offer =
        on_sale.iter().find(|offer| offer.id == form.ticket_type && !offer.is_hidden).ok_or(AppError::NotFound)?;
    match offer.left {
        Availability::SoldOut => {}
        Availability::Few(left) if left < size => {}
        Availability::NotYet(_) | Availability::Ended => return Err(WaitRefusal::NotOnSale.into()),
        Availability::Plenty | Availability::Few(_) => return Err(WaitRefusal::NotSoldOut.into()),
    }
    if store::count_waiting(&mut tx, of.0, form.ticket_type).await? >= LINE_MAX {
        return Err(WaitRefusal::Full.into());
    }
    let entry_id = EntryId::fresh();
    let language = visitor.language;
    store::insert_entry(&mut tx, &awaited, (entry_id, &email, size, language.code())).await?;
    let token = secrets::base64(&app.keys.mac("waiting link", entry_id.0.as_bytes())[..16]);
    store::insert_link(&mut tx, of.0, (entry_id, &token)).await?;
    limits::take_in(&mut tx, JOIN_MAILS, email.as_str()).await?;
    mail::your_place(app, &mut tx, (&awaited, language), (entry_id, email, &token)).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(token)
}

/// The place behind a link.
pub async fn find(tx: &mut Tx, token: &str) -> Result<Option<Place>> {
    store::find_place(tx, token).await
}

/// Leaves the line; whoever was made an offer lets its order go instead.
pub async fn leave(tx: &mut Tx, place: &Place) -> Result<()> {
    if store::mark_left(tx, place.org_id, place.entry_id).await? { Ok(()) } else { Err(WaitRefusal::Over.into()) }
}

/// The lines of an event, for the desk.
pub async fn list(app: &AppState, staff: &Staff, event_id: EventId) -> Result<DeskWaitlist> {
    let mut connection = app.db.acquire().await?;
    let (event, zone, _) = events::get_event_head(&mut connection, staff.org_id, event_id).await?;
    let lines = store::list_lines(&mut connection, (staff.org_id, event_id), &zone).await?;
    Ok(DeskWaitlist { event, lines })
}

/// Events in which somebody waits for what is there.
pub async fn list_ready(tx: &mut Tx, limit: i64) -> Result<Vec<(OrgId, EventId)>> {
    store::list_ready(tx, limit).await
}

/// Holds what is free of some types for those in line, first come first served, whoever comes later and fits served too.
/// The pools are locked first, so that only one node at a time looks at a line; their constraint has the last word.
pub async fn offer(app: &AppState, tx: &mut Tx, of: (OrgId, EventId), types: &[TicketTypeId]) -> Result<Vec<Offered>> {
    let mut stock = locks::stock(app, tx, of, types).await?;
    let mut offers = Vec::new();
    for entry in store::lock_line(tx, of, types).await? {
        let wish = Wish { ticket_type_id: entry.ticket_type_id, quantity: entry.size };
        if stock.take(&[wish]).is_ok() {
            offers.push(Offered {
                entry_id: entry.entry_id,
                hold_id: HoldId::fresh(),
                wish,
                email: entry.email,
                locale: entry.locale,
            });
        }
        if offers.len() >= usize::try_from(OFFERS_MAX).unwrap_or(usize::MAX) {
            break;
        }
    }
    if offers.is_empty() {
        return Ok(offers);
    }
    let held: Vec<_> = offers.iter().map(|offer| (offer.hold_id, std::slice::from_ref(&offer.wish))).collect();
    stock_store::move_stock(tx, of.0, &stock, Move::Hold).await?;
    stock_store::insert_holds(tx, of, &held, OFFER_TTL_SECS).await?;
    stock_store::insert_hold_lines(tx, of.0, &held).await?;
    Ok(offers)
}

/// Notes which orders stand for the offers.
pub async fn mark_offered(tx: &mut Tx, org_id: OrgId, offers: &[(EntryId, OrderId)]) -> Result<()> {
    if store::mark_offered(tx, org_id, offers).await? == offers.len() {
        return Ok(());
    }
    // Somebody left the line between the look at it and now: everything is undone, and the next look does without them.
    Err(AppError::Busy)
}

/// Notes what became of offers whose orders have ended.
pub async fn settle(tx: &mut Tx) -> Result<()> {
    store::mark_settled(tx).await
}
