//! Finding events: the one query that is built at run time.

use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder, postgres::PgRow};

use super::{
    model::{Category, DeskHit, EventCard, Stock},
    relative::Relative,
    store::stored,
};
use crate::{
    error::Result,
    kernel::{Cursor, EventId, Instant, Money, OrgId, Page, ZoneName},
    platform::zone::{local_time, parse_local},
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

/// What a visitor looks for, as it stands in the page's address; what cannot be read counts as not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    pub text: String,
    pub place: String,
    pub category: Option<Category>,
    pub days: Option<Days>,
}

/// Days of the calendar, as each event's own clocks count them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Days {
    Today,
    /// Friday to Sunday: those ahead, or what is left of those at hand.
    Weekend,
    /// What is left of the month.
    Month,
    /// From a date on, as `2026-11-21`.
    From(String),
}

/// The days that a word of the address means.
pub fn days(word: &str) -> Option<Days> {
    match word {
        "today" => Some(Days::Today),
        "weekend" => Some(Days::Weekend),
        "month" => Some(Days::Month),
        date if date.len() == 10 => {
            let utc = ZoneName("UTC".to_owned());
            parse_local(&format!("{date}T00:00"), &utc).ok().map(|_| Days::From(date.to_owned()))
        }
        _ => None,
    }
}

/// A full-text query: all words, the last one by its beginning, so that a search can be cut short.
fn text_query(text: &str) -> Option<String> {
    let words = words_of(text);
    (!words.is_empty()).then(|| format!("{}:*", words.join(" & ")))
}

/// The words of a search, in small letters. Accents that stand by themselves, as some phones send them, are left out: they
/// are of the letter before.
fn words_of(text: &str) -> Vec<String> {
    let is_accent = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
    let text: String = text.to_lowercase().chars().take(TEXT_MAX).filter(|c| !is_accent(*c)).collect();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(WORDS_MAX).map(str::to_owned).collect()
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
    query.push(" and event.ends_at > ").push_bind(now);
    if let Some(days) = &wanted.days {
        narrow_to(query, days, now);
    }
    if let Some(category) = wanted.category {
        query.push(" and event.category = ").push_bind(category.as_str());
    }
    if !wanted.place.is_empty() {
        query.push(" and lower(event.place) = lower(").push_bind(wanted.place.clone()).push(")");
    }
    if let Some(text) = text_query(&wanted.text) {
        query.push(" and event.search @@ to_tsquery('simple', plain_letters(").push_bind(text).push("))");
    }
}

/// Keeps the events that touch some days of their own calendars: a concert in Lagos is today when it is today in Lagos.
fn narrow_to(query: &mut QueryBuilder<Postgres>, days: &Days, now: Instant) {
    let (from, until) = match days {
        Days::Today => (None, Some("today.day + 1")),
        Days::Weekend => (
            Some("today.day + greatest(5 - extract(isodow from today.day)::int, 0)"),
            Some("today.day + 8 - extract(isodow from today.day)::int"),
        ),
        Days::Month => (None, Some("date_trunc('month', today.day) + interval '1 month'")),
        Days::From(date) => {
            query.push(" and event.ends_at at time zone event.zone > ").push_bind(date.clone()).push("::date");
            return;
        }
    };
    query
        .push(" and exists (select from (select (")
        .push_bind(now)
        .push("::timestamptz at time zone event.zone)::date as day) as today where true");
    if let Some(from) = from {
        query.push(" and event.ends_at at time zone event.zone > ").push(from);
    }
    if let Some(until) = until {
        query.push(" and event.starts_at at time zone event.zone < ").push(until);
    }
    query.push(")");
}

/// Events that the desk is shown to go to.
const HITS_MAX: i64 = 8;

/// An organizer's events whose titles hold all the words, whatever their accents: those ahead from the next one on, then
/// those past from the latest back.
pub async fn find_titles(db: &mut PgConnection, org_id: OrgId, words: &str, now: Instant) -> Result<Vec<DeskHit>> {
    let rows = sqlx::query!(
        r#"select event_id as "event_id: EventId", title, starts_at, zone
             from event
            where org_id = $1
              and plain_letters(lower(title)) like all (
                  select '%' || plain_letters(word) || '%' from unnest($2::text[]) as asked (word))
            order by ends_at > $3 desc, case when ends_at > $3 then starts_at end, starts_at desc, event_id
            limit $4"#,
        org_id.0,
        &words_of(words),
        now as Instant,
        HITS_MAX,
    )
    .fetch_all(db)
    .await?;
    let hit = |(event_id, title, starts_at, zone)| DeskHit {
        event_id,
        title,
        starts: local_time(starts_at, &ZoneName(zone)),
    };
    Ok(rows.into_iter().map(|row| hit((row.event_id, row.title, row.starts_at, row.zone))).collect())
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
            ("Sauti  sol", Some("sauti & sol:*")),
            ("a' | b:* & !c <-> (d)", Some("a & b & c & d:*")),
            ("Fête", Some("fête:*")),
            ("the\u{301}a\u{302}tre", Some("theatre:*")),
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
    fn words_for_days_are_read_and_others_are_not() {
        let cases = [
            ("today", Some(Days::Today)),
            ("weekend", Some(Days::Weekend)),
            ("month", Some(Days::Month)),
            ("2026-12-24", Some(Days::From("2026-12-24".into()))),
        ];
        for (word, expected) in cases {
            assert_eq!(days(word), expected, "{word}");
        }
        for odd in ["", "someday", "2026-13-01", "2026-02-30", "２０２６-1-1"] {
            assert_eq!(days(odd), None, "{odd}");
        }
    }
}
