//! Puts events on sale in a database, and fills one for its gate.

use std::net::{IpAddr, Ipv4Addr};

use super::{
    options::StagePlan,
    programme::{Gate, Programme},
    purchase::key,
    store::programme::{self as rows, NewEvent},
};
use crate::{
    accounts::guard::Visitor,
    error::Result,
    gate::{DeviceRole, NewPairing, ensure_default_list, make_pairing, show_pairing},
    kernel::{AccountId, EventId, OrgId, SecretText},
    orders::{self, ContactForm, HoldForm, WishForm},
    orgs::{Role, Staff},
    platform::{chance::Chance, db::Tx, language::Language, secrets, state::AppState},
    queue::{self, RoomForm},
    tickets::make_event_key,
};

/// Tickets of an order, when a gate's event is filled.
const PER_ORDER: u32 = 10;
const DAY_SECS: i64 = 24 * 60 * 60;

/// Makes an organizer of its own with so many events, and says where they are.
pub async fn stage(app: &AppState, plan: &StagePlan) -> Result<Programme> {
    let (org_id, owner) = (OrgId::fresh(), AccountId::fresh());
    let slug = format!("load-{}", secrets::hex(&secrets::random::<4>()));
    let mut tx = app.begin().await?;
    rows::insert_org(&mut tx, (org_id, owner), &slug).await?;
    let (mut programme, mut last) = (Programme::default(), None);
    for number in 0..plan.events {
        let event = NewEvent {
            event_id: EventId::fresh(),
            slug: format!("{slug}-{number}"),
            reference: u32::from_be_bytes(secrets::random()),
            title: format!("On sale {number}"),
            starts_at: app.now().plus_secs(7 * DAY_SECS),
            capacity: plan.capacity,
            price_minor: plan.price * 100,
        };
        put_on(app, &mut tx, org_id, (&event, plan.types)).await?;
        programme.events.push(event.slug);
        last = Some(event.event_id);
    }
    tx.commit().await?;
    let staff = Staff { org_id, account_id: owner, role: Role::Owner, org_name: slug.clone(), slug };
    if let Some(event_id) = last.filter(|_| plan.waiting_room) {
        let room = RoomForm { opens: String::new(), ceiling: "1".to_owned() };
        queue::open_room(app, &staff, event_id, &room).await?;
    }
    if plan.gates > 0 {
        programme.gate = open_gate(app, &staff, plan).await?;
    }
    Ok(programme)
}

/// Publishes an event; gives the last of its ticket types.
async fn put_on(app: &AppState, tx: &mut Tx, org_id: OrgId, (event, types): (&NewEvent, i32)) -> Result<String> {
    rows::insert_event(tx, org_id, event).await?;
    make_event_key(tx, app, org_id, event.event_id).await?;
    let mut last = String::new();
    for product in 0..types {
        last = rows::insert_type(tx, org_id, event, product).await?.to_string();
    }
    Ok(last)
}

/// An event that begins now, its tickets given away, and codes that pair its phones.
async fn open_gate(app: &AppState, staff: &Staff, plan: &StagePlan) -> Result<Gate> {
    let event = NewEvent {
        event_id: EventId::fresh(),
        slug: format!("{}-gate", staff.slug),
        reference: u32::from_be_bytes(secrets::random()),
        title: "At the gate".to_owned(),
        starts_at: app.now(),
        capacity: i32::try_from(plan.gate_tickets + PER_ORDER).unwrap_or(i32::MAX),
        price_minor: 0,
    };
    let mut tx = app.begin().await?;
    let ticket_type = put_on(app, &mut tx, staff.org_id, (&event, 1)).await?;
    tx.commit().await?;
    for number in 0..plan.gate_tickets.div_ceil(PER_ORDER) {
        give_away(app, &event.slug, &ticket_type, number).await?;
    }
    let mut gate = Gate { event: event.slug, ..Gate::default() };
    let mut tx = app.begin().await?;
    let list = ensure_default_list(&mut tx, staff.org_id, event.event_id).await?;
    tx.commit().await?;
    for number in 1..=plan.gates {
        let name = format!("Gate {number}");
        let new = NewPairing { gate: &name, list, role: DeviceRole::Steward.as_str() };
        let pairing = make_pairing(app, staff, event.event_id, &new).await?;
        gate.pairings.push(show_pairing(app, staff, event.event_id, pairing).await?.code);
    }
    let mut tx = app.begin().await?;
    let limit = i64::from(plan.gate_tickets);
    gate.tickets = rows::list_codes(&mut tx, staff.org_id, event.event_id, limit).await?;
    tx.commit().await?;
    Ok(gate)
}

/// A free order through the checkout, so that its tickets are as real as any.
async fn give_away(app: &AppState, event: &str, ticket_type: &str, number: u32) -> Result<()> {
    let mut chance = Chance::seeded(u64::from(number));
    let visitor = Visitor {
        session: None,
        address: IpAddr::V4(Ipv4Addr::from(u32::from(Ipv4Addr::new(10, 0, 0, 1)) + number)),
        language: Language::En,
        agent: String::new(),
    };
    let wish = WishForm { ticket_type: ticket_type.to_owned(), quantity: PER_ORDER.to_string() };
    let form = HoldForm { event: event.to_owned(), key: key(&mut chance), code: String::new(), wishes: vec![wish] };
    let token = orders::start(app, &visitor, Language::En, &form).await?;
    let contact = ContactForm {
        token: SecretText::new(token),
        key: key(&mut chance),
        name: "Amina Otieno".to_owned(),
        email: "amina@example.org".to_owned(),
        phone: String::new(),
    };
    orders::pay(app, &contact).await
}
