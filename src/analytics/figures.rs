//! Puts an event's figures together.

use sqlx::PgConnection;

use super::{
    model::{Bucket, Change, Draw, Figures, TypeFigures, total_capacity, type_capacity},
    store::{self, TypeRow, Unit, Window},
};
use crate::{
    error::Result,
    events,
    kernel::{Currency, EventId, Instant, Money, OrgId, ZoneName},
    platform::zone::{day_start, local_time},
};

/// Hours of a day's series.
const HOURS: i64 = 24;
/// Days of a month's series.
const DAYS: i64 = 30;
const HOUR_SECS: i64 = 3600;

/// Reads how an event stands. Once it is over the series stop at its end, so that a past event still shows its night.
pub async fn figures(tx: &mut PgConnection, org_id: OrgId, event_id: EventId, now: Instant) -> Result<Figures> {
    let (event, zone, currency) = events::get_event_head(tx, org_id, event_id).await?;
    let rows = store::list_types(tx, org_id, event_id).await?;
    let draws = store::list_draws(tx, org_id, event_id).await?;
    let money = store::get_money(tx, org_id, event_id).await?;
    let people = store::get_people(tx, org_id, event_id, now).await?;
    let recent = store::get_recent_sales(tx, org_id, event_id, now).await?;
    let doors = store::list_doors(tx, org_id, event_id, &zone).await?;
    let until = now.min(event.ends.at);
    let hours = hours(tx, org_id, &Frame { event_id, zone: &zone, currency, until }).await?;
    let days = days(tx, org_id, &Frame { event_id, zone: &zone, currency, until }).await?;
    let on_sale: Vec<_> = draws.iter().filter(|draw| rows.iter().any(|row| row.offers(draw))).copied().collect();
    let ended: i64 = rows.iter().filter(|row| row.is_archived).map(|row| row.sold).sum();
    Ok(Figures {
        as_of: now,
        sold: rows.iter().map(|row| row.sold).sum(),
        capacity: total_capacity(&on_sale) + ended,
        held: rows.iter().map(|row| row.held).sum(),
        revenue: Money::new(money.taken_minor - money.refunded_minor, currency),
        refunded: Money::new(money.refunded_minor, currency),
        refunds: money.refunds,
        orders: money.orders,
        pending: money.pending,
        admitted: people.admitted,
        conflicts: people.conflicts,
        sold_last_day: Change { now: recent.sold, before: recent.sold_before },
        taken_last_day: Change { now: recent.taken_minor, before: recent.taken_before_minor },
        admitted_last_hour: Change { now: people.last_hour, before: people.hour_before },
        types: rows.into_iter().map(|row| row.figures(&draws, currency)).collect(),
        event,
        doors,
        hours,
        days,
    })
}

impl TypeRow {
    fn offers(&self, draw: &Draw) -> bool {
        self.ticket_type_id == draw.ticket_type_id && !self.is_archived
    }

    /// A type that is no longer offered can hold no more than it sold.
    fn figures(self, draws: &[Draw], currency: Currency) -> TypeFigures {
        TypeFigures {
            ticket_type_id: self.ticket_type_id,
            price: Money::new(self.price_minor, currency),
            sold: self.sold,
            held: self.held,
            capacity: if self.is_archived { self.sold } else { type_capacity(draws, self.ticket_type_id) },
            taken: Money::new(self.taken_minor, currency),
            admitted: self.admitted,
            name: self.name,
        }
    }
}

/// What every series of an event has in common.
struct Frame<'a> {
    event_id: EventId,
    zone: &'a ZoneName,
    currency: Currency,
    until: Instant,
}

async fn hours(tx: &mut PgConnection, org_id: OrgId, frame: &Frame<'_>) -> Result<Vec<Bucket>> {
    let last = hour_start(frame.until, frame.zone);
    let starts: Vec<_> = (0..=HOURS).map(|hour| last.plus_secs((hour + 1 - HOURS) * HOUR_SECS)).collect();
    let label = |at| local_time(at, frame.zone).clock();
    series(tx, org_id, frame, (Unit::Hour, &starts, &label)).await
}

async fn days(tx: &mut PgConnection, org_id: OrgId, frame: &Frame<'_>) -> Result<Vec<Bucket>> {
    let starts: Vec<_> = (0..=DAYS).map(|day| day_start(frame.until, frame.zone, day + 1 - DAYS)).collect();
    let label = |at| {
        let day = local_time(at, frame.zone);
        format!("{:02}/{:02}", day.day, day.month)
    };
    series(tx, org_id, frame, (Unit::Day, &starts, &label)).await
}

type Steps<'a> = (Unit, &'a [Instant], &'a (dyn Fn(Instant) -> String + Sync));

/// Lays what was found over the stretches between `starts`, so that quiet ones show as zero.
async fn series(
    tx: &mut PgConnection,
    org_id: OrgId,
    frame: &Frame<'_>,
    (unit, starts, label): Steps<'_>,
) -> Result<Vec<Bucket>> {
    let (Some(from), Some((until, starts))) = (starts.first(), starts.split_last()) else {
        return Ok(Vec::new());
    };
    let window = Window { event_id: frame.event_id, unit, zone: frame.zone, from: *from, until: *until };
    let sold = store::list_sold(tx, org_id, window).await?;
    let admitted = store::list_admitted(tx, org_id, window).await?;
    let bucket = |start: &Instant| {
        let sale = sold.iter().find(|row| row.start == *start);
        Bucket {
            label: label(*start),
            sold: sale.map_or(0, |row| row.sold),
            taken: Money::new(sale.map_or(0, |row| row.taken_minor), frame.currency),
            admitted: admitted.iter().find(|row| row.start == *start).map_or(0, |row| row.admitted),
        }
    };
    Ok(starts.iter().map(bucket).collect())
}

/// The full hour on a zone's clocks; not every zone is a whole number of hours from UTC.
fn hour_start(at: Instant, zone: &ZoneName) -> Instant {
    let minute = i64::from(local_time(at, zone).minute);
    Instant(at.0 - at.0.rem_euclid(60_000)).plus_mins(-minute)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::zone::parse_local;

    #[test]
    fn an_hour_starts_where_the_clocks_of_the_zone_say() {
        for name in ["Africa/Nairobi", "Asia/Kolkata", "Asia/Kathmandu"] {
            let zone = ZoneName(name.into());
            let at = parse_local("2026-11-21T19:47", &zone).expect("a time").plus_secs(31);
            assert_eq!(
                local_time(hour_start(at, &zone), &zone).iso(),
                local_time(parse_local("2026-11-21T19:00", &zone).expect("a time"), &zone).iso()
            );
        }
    }
}
