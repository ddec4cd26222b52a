//! Finding events: the one query that is built at run time.

use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder, postgres::PgRow};

use super::{
    model::{Category, EventCard, Stock},
    relative::Relative,
    store::stored,
};
use crate::{
    error::Result,
    kernel::{Cursor, EventId, Instant, Money, Page, ZoneName},
    platform::zone::{day_start, local_time, parse_local},
    tickets::FEW_LEFT,
};

/// Events on one page.
pub const PAGE: usize = 24;
/// Words of a search that count.
const WORDS_MAX: usize = 8;
/// Characters of a search that count.
const TEXT_MAX: usize = 100;
/// Towns offered as a choice.
const PLACES_MAX: i64 = 60;
/// Days are counted by the clocks of this zone, in the middle of where Lango sells; a visitor's own is not known.
const DAYS_OF: &str = "Africa/Nairobi";

/// What a visitor looks for, as it stands in the page's address; what cannot be read counts as not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    pub text: String,
    pub place: String,
    pub category: Option<Category>,
    /// Events that end after and start before.
    pub days: Option<(Instant, Option<Instant>)>,
}

/// The days that a word of the address means: `today`, `weekend` (Friday to Sunday), `month`, or a date as `2026-11-21`.
pub fn days(word: &str, now: Instant) -> Option<(Instant, Option<Instant>)> {
    let zone = ZoneName(DAYS_OF.to_owned());
    let today = local_time(now, &zone);
    let start = |plus_days| day_start(now, &zone, plus_days);
    match word {
        "today" => Some((now, Some(start(1)))),
        "weekend" => {
            let friday = 5 - i64::from(today.weekday);
            Some((start(friday.max(0)).max(now), Some(start(friday + 3))))
        }
        "month" => {
            let (year, month) = if today.month == 12 { (today.year + 1, 1) } else { (today.year, today.month + 1) };
            let next = parse_local(&format!("{year:04}-{month:02}-01T00:00"), &zone).ok()?;
            Some((now, Some(next)))
        }
        date if date.len() == 10 => parse_local(&format!("{date}T00:00"), &zone).ok().map(|from| (from, None)),
        _ => None,
    }
}

/// A full-text query: all words, the last one by its beginning, so that a search can be cut short.
fn text_query(text: &str) -> Option<String> {
    let text: String = text.chars().take(TEXT_MAX).collect();
    let words: Vec<_> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(WORDS_MAX).collect();
    (!words.is_empty()).then(|| format!("{}:*", words.join(" & ")))
}

/// Where a list goes on after a row.
pub fn cursor(at: Instant, id: EventId) -> Cursor {
    Cursor(format!("{}_{}", at.0, id.0.simple()))
}

/// Reads a cursor; one that was tampered with starts the list anew.
pub fn read_cursor(cursor: &Cursor) -> Option<(Instant, EventId)> {
    /// Moments that Postgres can hold: years 0 to 9999.
    const MS_MAX: i64 = 253_402_300_799_999;
    let (at, id) = cursor.0.split_once('_')?;
    let at: i64 = at.parse().ok().filter(|at| (0..=MS_MAX).contains(at))?;
    Some((Instant(at), id.parse().ok()?))
}

struct CardRow {
    card: EventCard,
}

impl FromRow<'_, PgRow> for CardRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        use sqlx::Row;
        let word = |error: crate::error::AppError| sqlx::Error::Decode(Box::new(error));
        let zone = ZoneName(row.try_get("zone")?);
        let (starts, ends) = (local_time(row.try_get("starts_at")?, &zone), local_time(row.try_get("ends_at")?, &zone));
        let now = local_time(row.try_get("now")?, &zone);
        let free: Option<i64> = row.try_get("free")?;
        let price: Option<i64> = row.try_get("price_minor")?;
        let currency = stored(&row.try_get::<String, _>("currency")?).map_err(word)?;
        let stock = match free {
            None => Stock::Soon,
            Some(..=0) => Stock::SoldOut,
            Some(free) if free <= i64::from(FEW_LEFT) => Stock::Few,
            Some(_) => Stock::Plenty,
        };
        Ok(Self {
            card: EventCard {
                event_id: row.try_get("event_id")?,
                slug: row.try_get("slug")?,
                title: row.try_get("title")?,
                category: stored(&row.try_get::<String, _>("category")?).map_err(word)?,
                venue: row.try_get("venue")?,
                place: row.try_get("place")?,
                relative: Relative::of(&now, &starts, &ends),
                starts,
                picture: row.try_get("picture")?,
                org_slug: row.try_get("org_slug")?,
                price_from: price.map(|minor| Money::new(minor, currency)),
                stock,
            },
        })
    }
}

/// Published events that are not over, the next first.
pub async fn list_cards(
    db: &mut PgConnection,
    wanted: &Wanted,
    after: Option<&Cursor>,
    now: Instant,
) -> Result<Page<EventCard>> {
    let mut query: QueryBuilder<Postgres> = QueryBuilder::new(
        "select event.event_id, event.slug, event.title, event.category, event.venue, event.place,
                event.starts_at, event.ends_at, event.zone, event.currency, event.picture,
                org.slug as org_slug, stock.free, stock.price_minor, ",
    );
    query.push_bind(now).push(
        " as now
            from event
            join org using (org_id)
            left join lateral (
                select sum(least_full.free) as free, min(ticket_type.price_minor) as price_minor
                  from ticket_type
                  join lateral (
                        select min(pool.capacity - pool.held - pool.sold - pool.blocked) as free
                          from ticket_type_pool
                          join pool using (org_id, pool_id)
                         where ticket_type_pool.org_id = ticket_type.org_id
                           and ticket_type_pool.ticket_type_id = ticket_type.ticket_type_id
                       ) as least_full on true
                 where ticket_type.org_id = event.org_id
                   and ticket_type.event_id = event.event_id
                   and ticket_type.archived_at is null
                 ) as stock on true
           where event.state = 'published'",
    );
    narrow(&mut query, wanted, now);
    if let Some((at, id)) = after.and_then(read_cursor) {
        query.push(" and (event.starts_at, event.event_id) > (").push_bind(at).push(", ").push_bind(id).push(")");
    }
    query
        .push(" order by event.starts_at, event.event_id limit ")
        .push_bind(i64::try_from(PAGE + 1).unwrap_or(i64::MAX));
    let rows: Vec<CardRow> = query.build_query_as().fetch_all(db).await?;
    let cards = rows.into_iter().map(|row| row.card).collect();
    Ok(Page::cut(cards, PAGE, |card: &EventCard| cursor(card.starts.at, card.event_id)))
}

fn narrow(query: &mut QueryBuilder<Postgres>, wanted: &Wanted, now: Instant) {
    let (from, until) = wanted.days.unwrap_or((now, None));
    query.push(" and event.ends_at > ").push_bind(from.max(now));
    if let Some(until) = until {
        query.push(" and event.starts_at < ").push_bind(until);
    }
    if let Some(category) = wanted.category {
        query.push(" and event.category = ").push_bind(category.as_str());
    }
    if !wanted.place.is_empty() {
        query.push(" and lower(event.place) = lower(").push_bind(wanted.place.clone()).push(")");
    }
    if let Some(text) = text_query(&wanted.text) {
        query.push(" and event.search @@ to_tsquery('simple', ").push_bind(text).push(")");
    }
}

/// Towns in which something is on, the busiest first.
pub async fn list_places(db: &mut PgConnection, now: Instant) -> Result<Vec<String>> {
    let places = sqlx::query_scalar!(
        "select place
           from event
          where state = 'published' and ends_at > $1
          group by place
          order by count(*) desc, place
          limit $2",
        now as Instant,
        PLACES_MAX,
    )
    .fetch_all(db)
    .await?;
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_all_words_and_the_beginning_of_the_last() {
        let cases = [
            ("", None),
            ("  !!! ", None),
            ("sauti", Some("sauti:*")),
            ("Sauti  sol", Some("Sauti & sol:*")),
            ("a' | b:* & !c <-> (d)", Some("a & b & c & d:*")),
            ("fête", Some("fête:*")),
        ];
        for (text, expected) in cases {
            assert_eq!(text_query(text).as_deref(), expected, "{text}");
        }
        assert_eq!(text_query(&"ab ".repeat(500)).map(|query| query.matches('&').count()), Some(WORDS_MAX - 1));
    }

    #[test]
    fn a_cursor_is_read_back_and_nonsense_is_not() {
        let id = EventId::fresh();
        assert_eq!(read_cursor(&cursor(Instant(1_000), id)), Some((Instant(1_000), id)));
        for text in
            ["", "_", "1_x", "-5_018f", "99999999999999999999_", "9223372036854775807_0190163d8694739baea5966c26f8ad91"]
        {
            assert_eq!(read_cursor(&Cursor(text.into())), None, "{text}");
        }
    }

    #[test]
    fn words_for_days_mean_stretches_of_the_calendar() {
        let zone = ZoneName(DAYS_OF.to_owned());
        let at = |text: &str| parse_local(text, &zone).expect("a time");
        let (wednesday, saturday) = (at("2026-12-16T15:00"), at("2026-12-19T15:00"));
        assert_eq!(days("today", wednesday), Some((wednesday, Some(at("2026-12-17T00:00")))));
        assert_eq!(days("weekend", wednesday), Some((at("2026-12-18T00:00"), Some(at("2026-12-21T00:00")))));
        assert_eq!(days("weekend", saturday), Some((saturday, Some(at("2026-12-21T00:00")))));
        assert_eq!(days("month", saturday), Some((saturday, Some(at("2027-01-01T00:00")))));
        assert_eq!(days("2026-12-24", wednesday), Some((at("2026-12-24T00:00"), None)));
        for odd in ["", "someday", "2026-13-01", "２０２６-1-1"] {
            assert_eq!(days(odd, wednesday), None, "{odd}");
        }
    }
}
