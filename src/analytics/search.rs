//! The desk's lists: the statements that are built at run time, since a list can be sorted in several ways.
//!
//! A page starts after the row that its cursor names, by the very expression that the list is sorted by, so that pages
//! follow each other without gaps whatever the order.

use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

use super::{
    Attendee, AttendeeFilter, AttendeeSort, DeskOrder, Filter, OrderFilter, OrderSort, Search, Sorting,
    store::{currency, order_state},
};
use crate::{
    error::Result,
    kernel::{Cursor, EventId, Instant, Money, OrderId, OrgId, Page, TicketId, ZoneName},
    platform::zone::local_time,
};

/// Rows on one page.
const PAGE_SIZE: usize = 50;

/// What the orders of an event are read from, and what they can be sorted by.
const ORDERS: &str = "from orders
     left join lateral (
          select coalesce(sum(order_line.quantity), 0) as tickets
            from order_line
           where order_line.org_id = orders.org_id
             and order_line.order_id = orders.order_id) as basket on true";

/// The same of ticket holders, each with the moment of the first entry.
const ATTENDEES: &str = "from ticket
     join orders using (org_id, order_id)
     join ticket_type using (org_id, ticket_type_id)
     left join lateral (
          select min(admission.admitted_at) as admitted_at
            from admission
            join check_in_list using (org_id, list_id)
           where admission.org_id = ticket.org_id
             and check_in_list.event_id = ticket.event_id
             and admission.ticket_id = ticket.ticket_id) as entry on true";

const fn order_key(sort: OrderSort) -> &'static str {
    match sort {
        OrderSort::Ordered => "orders.created_at",
        OrderSort::Buyer => "lower(coalesce(orders.buyer_name, ''))",
        OrderSort::Tickets => "basket.tickets",
        OrderSort::Total => "orders.total_minor",
        OrderSort::State => "orders.state",
    }
}

const fn attendee_key(sort: AttendeeSort) -> &'static str {
    match sort {
        AttendeeSort::Holder => "lower(ticket.holder_name)",
        AttendeeSort::CheckedIn => "coalesce(entry.admitted_at, 'infinity')",
        AttendeeSort::Type => "ticket_type.name",
        AttendeeSort::Order => "orders.code",
    }
}

/// Keeps the rows after the one that a cursor names, sorts, and cuts. `from`, `key` and `id` are our own words.
fn page(
    query: &mut QueryBuilder<Postgres>,
    (from, key, id): (&str, &str, &str),
    is_down: bool,
    (after, org_id): (Option<Uuid>, OrgId),
) {
    let (than, direction) = if is_down { ("<", "desc") } else { (">", "asc") };
    if let Some(after) = after {
        // The names inside stand for the row of the cursor, of the same organizer.
        let table = id.split('.').next().unwrap_or_default();
        query
            .push(format!(" and ({key}, {id}) {than} (select {key}, {id} {from} where {table}.org_id = "))
            .push_bind(org_id.0)
            .push(format!(" and {id} = "))
            .push_bind(after)
            .push(")");
    }
    query
        .push(format!(" order by {key} {direction}, {id} {direction} limit "))
        .push_bind(i64::try_from(PAGE_SIZE + 1).unwrap_or(i64::MAX));
}

fn after<F: Filter>(search: &Search<F>) -> Option<Uuid> {
    search.after.as_ref().and_then(|cursor| cursor.0.parse().ok())
}

#[derive(FromRow)]
struct OrderRow {
    order_id: Uuid,
    code: String,
    state: String,
    currency: String,
    total_minor: i64,
    buyer_name: Option<String>,
    buyer_email: Option<String>,
    buyer_phone: Option<String>,
    created_at: Instant,
    tickets: i64,
}

impl OrderRow {
    fn order(self, zone: &ZoneName) -> Result<DeskOrder> {
        Ok(DeskOrder {
            order_id: OrderId(self.order_id),
            code: self.code,
            state: order_state(&self.state)?,
            buyer_name: self.buyer_name.unwrap_or_default(),
            buyer_email: self.buyer_email.unwrap_or_default(),
            buyer_phone: self.buyer_phone.unwrap_or_default(),
            total: Money::new(self.total_minor, currency(&self.currency)?),
            tickets: self.tickets,
            created: local_time(self.created_at, zone),
        })
    }
}

/// Orders that match, as they are to be sorted.
pub async fn list_orders(
    tx: &mut PgConnection,
    org_id: OrgId,
    (event_id, zone): (EventId, &ZoneName),
    search: &Search<OrderFilter>,
) -> Result<Page<DeskOrder>> {
    let mut query = QueryBuilder::new(
        "select orders.order_id, orders.code, orders.state, orders.currency, orders.total_minor, orders.buyer_name,
                orders.buyer_email, orders.buyer_phone, orders.created_at, basket.tickets::bigint as tickets ",
    );
    query.push(ORDERS).push(" where orders.org_id = ").push_bind(org_id.0);
    query.push(" and orders.event_id = ").push_bind(event_id.0);
    let states: Vec<_> = search.filter.states().iter().map(|state| state.word()).collect();
    query.push(" and orders.state = any(").push_bind(states).push(")");
    if let Some(pattern) = search.pattern() {
        for (joint, column) in [(" and (", "code"), (" or ", "buyer_name"), (" or ", "buyer_email")] {
            query.push(format!("{joint}orders.{column} ilike ")).push_bind(pattern.clone());
        }
        query.push(" or orders.buyer_phone like ").push_bind(search.phone_pattern()).push(")");
    }
    let Sorting { key, is_down } = search.sorting;
    page(&mut query, (ORDERS, order_key(key), "orders.order_id"), is_down, (after(search), org_id));
    let rows: Vec<OrderRow> = query.build_query_as().fetch_all(tx).await?;
    let orders: Result<Vec<_>> = rows.into_iter().map(|row| row.order(zone)).collect();
    Ok(Page::cut(orders?, PAGE_SIZE, |order| Cursor(order.order_id.to_string())))
}

#[derive(FromRow)]
struct AttendeeRow {
    ticket_id: Uuid,
    order_id: Uuid,
    code: String,
    holder_name: String,
    buyer_email: String,
    type_name: String,
    manual_code: String,
    admitted_at: Option<Instant>,
}

impl AttendeeRow {
    fn attendee(self, zone: &ZoneName) -> Attendee {
        Attendee {
            ticket_id: TicketId(self.ticket_id),
            order_id: OrderId(self.order_id),
            order_code: self.code,
            holder_name: self.holder_name,
            buyer_email: self.buyer_email,
            type_name: self.type_name,
            manual_code: self.manual_code,
            admitted: self.admitted_at.map(|at| local_time(at, zone)),
        }
    }
}

/// Holders of valid tickets that match, as they are to be sorted.
pub async fn list_attendees(
    tx: &mut PgConnection,
    org_id: OrgId,
    (event_id, zone): (EventId, &ZoneName),
    search: &Search<AttendeeFilter>,
) -> Result<Page<Attendee>> {
    let mut query = QueryBuilder::new(
        "select ticket.ticket_id, ticket.order_id, orders.code, ticket.holder_name,
                coalesce(orders.buyer_email, '') as buyer_email, ticket_type.name as type_name, ticket.manual_code,
                entry.admitted_at ",
    );
    query.push(ATTENDEES).push(" where ticket.org_id = ").push_bind(org_id.0);
    query.push(" and ticket.event_id = ").push_bind(event_id.0).push(" and ticket.state = 'valid'");
    if let Some(is_in) = search.filter.is_in() {
        query.push(" and (entry.admitted_at is not null) = ").push_bind(is_in);
    }
    if let Some(pattern) = search.pattern() {
        let columns = ["ticket.holder_name", "orders.code", "orders.buyer_email"];
        query.push(" and (ticket.manual_code ilike ").push_bind(pattern.replace('-', ""));
        for column in columns {
            query.push(format!(" or {column} ilike ")).push_bind(pattern.clone());
        }
        query.push(" or orders.buyer_phone like ").push_bind(search.phone_pattern()).push(")");
    }
    let Sorting { key, is_down } = search.sorting;
    page(&mut query, (ATTENDEES, attendee_key(key), "ticket.ticket_id"), is_down, (after(search), org_id));
    let rows: Vec<AttendeeRow> = query.build_query_as().fetch_all(tx).await?;
    let attendees = rows.into_iter().map(|row| row.attendee(zone));
    Ok(Page::cut(attendees.collect(), PAGE_SIZE, |attendee| Cursor(attendee.ticket_id.to_string())))
}
