//! One event of the demo with all that belongs to it.

use uuid::Uuid;

use super::{
    catalogue::{Country, EventPlan, Start},
    door::Door,
    names::Person,
    rows::{Rows, TypeRow, json},
    sales::Sale,
    store::{self, NewEvent},
};
use crate::{
    error::Result,
    events::to_safe_html,
    gate::ensure_default_list,
    kernel::{EventId, Instant, OrgId, Slug, ZoneName},
    platform::{chance::Chance, db::Tx, state::AppState, zone::day_start},
    tickets::{make_event_key, signing_key},
};

/// The people of the demo who can sign in.
pub struct Cast {
    pub owner: Uuid,
    pub gatekeeper: Uuid,
    pub buyer: Uuid,
    pub buyer_name: &'static str,
    pub buyer_email: &'static str,
}

/// Days before its start that an event went on sale.
const ON_SALE_DAYS: i64 = 28;
const DAY_SECS: i64 = 24 * 60 * 60;
/// As when tickets are issued for an order: good from a day before to half a day after.
const VALID_BEFORE_MINS: i64 = 24 * 60;
const VALID_AFTER_MINS: i64 = 12 * 60;
/// How early people come.
const EARLY_MINS: i64 = 75;

/// When things happen around an event.
struct Times {
    now: Instant,
    opened: Instant,
    starts: Instant,
    ends: Instant,
}

/// Writes an event; gives how many orders and tickets that were.
pub async fn put_on(
    app: &AppState,
    tx: &mut Tx,
    chance: &mut Chance,
    (org_id, cast, plan): (OrgId, &Cast, &EventPlan),
) -> Result<(usize, usize)> {
    let times = times(app.now(), plan);
    let event_id = EventId(chance.id(times.opened));
    store::insert_event(tx, &new_event(chance, (org_id, event_id), plan, &times)).await?;
    make_event_key(tx, app, org_id, event_id).await?;
    let signer = signing_key(tx, app, org_id, event_id).await?;
    let types = types(chance, plan, times.opened);
    let capacity: i32 = types.iter().map(|kind| kind.capacity).sum();
    let sale = Sale {
        app,
        plan,
        signer: &signer,
        opened: times.opened,
        until: times.now.min(times.ends),
        valid_from: times.starts.plus_mins(-VALID_BEFORE_MINS),
        valid_until: times.ends.plus_mins(VALID_AFTER_MINS),
        slots: u32::try_from(capacity.max(256) * 4).unwrap_or(1024).next_power_of_two(),
        buyer: (plan.country == Country::Kenya).then(|| (cast.buyer, buyer(cast))),
        owner: cast.owner,
    };
    let mut rows = sale.rows(chance, types);
    let is_over = times.ends < times.now;
    let door = Door {
        from: times.starts.plus_mins(-EARLY_MINS),
        until: times.now.min(times.starts.plus_mins(EARLY_MINS)),
        share: if is_over { 88 } else { 62 },
        is_open: times.starts.plus_mins(-EARLY_MINS) < times.now,
    };
    if !plan.is_draft {
        door.watch(chance, &mut rows);
    }
    write(tx, (org_id, event_id), (&times, plan), rows).await
}

fn times(now: Instant, plan: &EventPlan) -> Times {
    let zone = ZoneName(plan.country.zone().to_owned());
    let starts = match plan.start {
        Start::Now => Instant(now.0 - now.0.rem_euclid(30 * 60_000)).plus_mins(-30),
        Start::Days(days, hour) => day_start(now, &zone, days).plus_secs(hour * 60 * 60),
    };
    // What lies far ahead has been on sale for a while too.
    let opened = starts.min(now).plus_secs(-ON_SALE_DAYS * DAY_SECS);
    Times { now, opened, starts, ends: starts.plus_secs(plan.hours * 60 * 60) }
}

fn buyer(cast: &Cast) -> Person {
    Person { name: cast.buyer_name.to_owned(), email: cast.buyer_email.to_owned(), phone: "254712345678".to_owned() }
}

fn new_event<'a>(
    chance: &mut Chance,
    (org_id, event_id): (OrgId, EventId),
    plan: &'a EventPlan,
    times: &Times,
) -> NewEvent<'a> {
    NewEvent {
        org_id,
        event_id: event_id.0,
        slug: Slug::of_title(plan.title).as_str().to_owned(),
        reference: u32::try_from(chance.below(i64::from(u32::MAX))).unwrap_or_default(),
        title: plan.title,
        summary: plan.summary,
        description_md: plan.about,
        description_html: to_safe_html(plan.about),
        category: plan.category,
        venue: plan.venue,
        place: plan.place,
        country: plan.country.code(),
        zone: plan.country.zone(),
        currency: plan.country.currency().code(),
        starts_at: times.starts,
        ends_at: times.ends,
        opened: (!plan.is_draft).then_some(times.opened),
    }
}

fn types(chance: &mut Chance, plan: &EventPlan, at: Instant) -> Vec<TypeRow> {
    let unit = plan.country.currency().minor_per_major();
    let row = |(product, kind): (u16, &super::catalogue::TypePlan)| TypeRow {
        ticket_type_id: chance.id(at),
        pool_id: chance.id(at),
        product,
        name: kind.0,
        price_minor: kind.1 * unit,
        capacity: kind.2,
        sold: kind.3,
    };
    (1..).zip(plan.types).map(row).collect()
}

async fn write(
    tx: &mut Tx,
    event: (OrgId, EventId),
    (times, plan): (&Times, &EventPlan),
    rows: Rows,
) -> Result<(usize, usize)> {
    let (org_id, event_id) = event;
    let currency = plan.country.currency().code();
    let counts = (rows.orders.len(), rows.tickets.len());
    let (orders, payments, tickets, scans) =
        (json(&rows.orders), json(&rows.payments), json(&rows.tickets), json(&rows.scans));
    store::insert_types(tx, event, currency, json(&rows.types)).await?;
    store::insert_holds(tx, org_id, event_id, &orders).await?;
    store::insert_orders(tx, event, currency, &orders).await?;
    store::insert_payments(tx, org_id, currency, &payments).await?;
    store::insert_captures(tx, org_id, currency, &payments).await?;
    store::insert_refunds(tx, org_id, currency, json(&rows.refunds)).await?;
    store::insert_tickets(tx, org_id, event_id, &tickets).await?;
    store::insert_messages(tx, org_id, json(&rows.messages)).await?;
    store::insert_audit(tx, org_id, json(&rows.audit)).await?;
    let list_id = ensure_default_list(tx, org_id, event_id).await?;
    store::insert_devices(tx, event, (list_id, times.ends.plus_secs(DAY_SECS)), json(&rows.devices)).await?;
    store::insert_scans(tx, event, list_id, &scans).await?;
    store::insert_admissions(tx, event, list_id, &scans).await?;
    Ok(counts)
}
