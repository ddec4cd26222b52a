//! What the desk asks for: orders, one order, ticket holders, and those as a file.

use std::{pin::Pin, str::FromStr};

use futures::{Stream, TryStreamExt, stream};

use super::{
    export::{csv_file_name, csv_line, csv_start},
    figures::figures,
    lists::{Attendee, DeskOrder, OrderView},
    model::Figures,
    search,
    store::{self, AttendeeLine},
    wish::{AttendeeFilter, OrderFilter, Search},
};
use crate::{
    error::{AppError, Result},
    events::{self, EventHead},
    i18n::{Locale, td_string},
    kernel::{Page, TicketId, ZoneName},
    orgs::{Permission, Staff},
    platform::{state::AppState, zone::local_time},
};

/// An id from an address; what is no id is not found, like the id of somebody else's event.
fn id<T: FromStr>(text: &str) -> Result<T> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// How an event stands now.
pub async fn dashboard(app: &AppState, staff: &Staff, event: &str) -> Result<Figures> {
    let mut tx = app.begin().await?;
    figures(&mut tx, staff.org_id, id(event)?, app.now()).await
}

/// An event's orders that match a search.
pub async fn orders(
    app: &AppState,
    staff: &Staff,
    event: &str,
    wish: Search<OrderFilter>,
) -> Result<(EventHead, Page<DeskOrder>)> {
    let mut tx = app.begin().await?;
    let (event, zone, _) = events::get_event_head(&mut tx, staff.org_id, id(event)?).await?;
    let page = search::list_orders(&mut tx, staff.org_id, (event.event_id, &zone), &wish).await?;
    Ok((event, page))
}

/// One order with its lines, payments, refunds, tickets and history.
pub async fn order(app: &AppState, staff: &Staff, event: &str, order: &str) -> Result<OrderView> {
    let (org_id, order_id) = (staff.org_id, id(order)?);
    let mut tx = app.begin().await?;
    let (event, zone, _) = events::get_event_head(&mut tx, org_id, id(event)?).await?;
    let (order, paid_at, locale) = store::get_order(&mut tx, org_id, (event.event_id, &zone), order_id).await?;
    let lines = store::list_order_lines(&mut tx, org_id, order_id).await?;
    let mut payments = store::list_payments(&mut tx, org_id, order_id, &zone).await?;
    let notices = store::list_notices(&mut tx, org_id, order_id, &zone).await?;
    for notice in notices {
        if let Some(payment) = payments.iter_mut().find(|payment| payment.payment_id == notice.payment_id) {
            payment.notices.push(notice);
        }
    }
    let refunds = store::list_order_refunds(&mut tx, org_id, order_id, &zone).await?;
    let tickets = store::list_order_tickets(&mut tx, org_id, order_id, &zone).await?;
    let audit = store::list_audit(&mut tx, org_id, order_id, &zone).await?;
    let paid = paid_at.map(|at| local_time(at, &zone));
    let may_refund = staff.role.allows(Permission::RefundOrders);
    Ok(OrderView { event, order, paid, locale, lines, payments, refunds, tickets, audit, may_refund })
}

/// An event's ticket holders that match a search.
pub async fn attendees(
    app: &AppState,
    staff: &Staff,
    event: &str,
    wish: Search<AttendeeFilter>,
) -> Result<(EventHead, Page<Attendee>)> {
    let mut tx = app.begin().await?;
    let (event, zone, _) = events::get_event_head(&mut tx, staff.org_id, id(event)?).await?;
    let page = search::list_attendees(&mut tx, staff.org_id, (event.event_id, &zone), &wish).await?;
    Ok((event, page))
}

/// The lines of a file, as they are read.
pub type Lines = Pin<Box<dyn Stream<Item = Result<String>> + Send>>;

/// Every ticket holder of an event as CSV, under the file name that it gives. It is read a stretch at a time, each in its own short statement, so that a
/// reader on a slow line holds neither memory nor a transaction.
pub async fn attendees_csv(app: &AppState, staff: &Staff, event: &str, locale: Locale) -> Result<(String, Lines)> {
    let (org_id, event_id) = (staff.org_id, id(event)?);
    let mut tx = app.begin().await?;
    let (event, zone, _) = events::get_event_head(&mut tx, org_id, event_id).await?;
    let head = Ok(format!("{}{}", csv_start(), head_line(locale)));
    let app = app.clone();
    let stretches = stream::try_unfold(Step::From(None), move |step| {
        let (app, zone) = (app.clone(), zone.clone());
        async move {
            let Step::From(after) = step else {
                return Ok::<_, AppError>(None);
            };
            let mut connection = app.db.acquire().await?;
            let lines = store::list_attendee_lines(&mut connection, org_id, event_id, after).await?;
            let next = lines.last().map_or(Step::End, |line| Step::From(Some(line.ticket_id)));
            let text: String = lines.iter().map(|line| line_text(line, &zone)).collect();
            Ok(Some((text, next)))
        }
    });
    let rows = stretches.try_filter(|text| std::future::ready(!text.is_empty()));
    Ok((
        csv_file_name(&event.slug, "attendees"),
        Box::pin(futures::StreamExt::chain(stream::once(std::future::ready(head)), rows)),
    ))
}

/// How far an export has got.
enum Step {
    From(Option<TicketId>),
    End,
}

fn head_line(locale: Locale) -> String {
    let heads = [
        td_string!(locale, analytics.csv_order).to_string(),
        td_string!(locale, analytics.csv_holder).to_string(),
        td_string!(locale, analytics.csv_type).to_string(),
        td_string!(locale, analytics.csv_buyer).to_string(),
        td_string!(locale, analytics.csv_email).to_string(),
        td_string!(locale, analytics.csv_phone).to_string(),
        td_string!(locale, analytics.csv_code).to_string(),
        td_string!(locale, analytics.csv_bought).to_string(),
        td_string!(locale, analytics.csv_in).to_string(),
    ];
    csv_line(heads.iter().map(String::as_str))
}

fn line_text(line: &AttendeeLine, zone: &ZoneName) -> String {
    let bought = local_time(line.issued_at, zone).iso();
    let admitted = line.admitted_at.map(|at| local_time(at, zone).iso()).unwrap_or_default();
    csv_line([
        line.order_code.as_str(),
        &line.holder_name,
        &line.type_name,
        &line.buyer_name,
        &line.buyer_email,
        &line.buyer_phone,
        &line.manual_code,
        &bought,
        &admitted,
    ])
}
