//! event, `event_directory`.

use sqlx::PgConnection;

use super::{
    form::NewEvent,
    head::EventHead,
    model::{DeskEvent, DeskFilter, Event, EventState, PublicEvent},
    relative::Relative,
};
use crate::{
    error::{AppError, Result},
    kernel::{Currency, Cursor, EventId, Instant, OrgId, Page, Slug, ZoneName},
    platform::{db::Tx, zone::local_time},
};

/// Events on one page of an organizer's list.
pub const DESK_PAGE: i64 = 30;

/// Reads a word as it is stored; the table's constraints and our own writing allow no other.
pub(super) fn stored<T: std::str::FromStr>(word: &str) -> Result<T> {
    word.parse().map_err(|_| AppError::fault_text("a stored word is not known"))
}

/// Claims an address for an event; `false` when the slug or the reference is taken.
pub async fn insert_address(tx: &mut Tx, event: (OrgId, EventId), slug: &Slug, reference: u32) -> Result<bool> {
    let done = sqlx::query!(
        "insert into event_directory (slug, reference, org_id, event_id)
         values ($1, $2, $3, $4)
         on conflict do nothing",
        slug.as_str(),
        i64::from(reference),
        event.0.0,
        event.1.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Makes the event under the address that it has claimed.
pub async fn insert_event(tx: &mut Tx, event: (OrgId, EventId), new: &NewEvent, description_html: &str) -> Result<()> {
    sqlx::query!(
        "insert into event (org_id, event_id, slug, reference, title, summary, description_md, description_html,
                            category, venue, place, country, starts_at, ends_at, zone, currency)
         select org_id, event_id, slug, reference, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
           from event_directory
          where org_id = $1 and event_id = $2",
        event.0.0,
        event.1.0,
        new.title.as_str(),
        new.summary.as_str(),
        new.description.as_str(),
        description_html,
        new.category.as_str(),
        new.venue.as_str(),
        new.place.as_str(),
        new.country,
        new.span.start() as Instant,
        new.span.end() as Instant,
        new.zone.0,
        new.currency.code(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn update_event(tx: &mut Tx, event: (OrgId, EventId), new: &NewEvent, description_html: &str) -> Result<()> {
    sqlx::query!(
        "update event
            set title = $3, summary = $4, description_md = $5, description_html = $6, category = $7, venue = $8,
                place = $9, country = $10, starts_at = $11, ends_at = $12, zone = $13, currency = $14
          where org_id = $1 and event_id = $2",
        event.0.0,
        event.1.0,
        new.title.as_str(),
        new.summary.as_str(),
        new.description.as_str(),
        description_html,
        new.category.as_str(),
        new.venue.as_str(),
        new.place.as_str(),
        new.country,
        new.span.start() as Instant,
        new.span.end() as Instant,
        new.zone.0,
        new.currency.code(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What decides whether an event may change.
pub struct Standing {
    pub state: EventState,
    pub ends_at: Instant,
    pub currency: Currency,
}

/// Locks the event: one change at a time, and none while a ticket type is added.
pub async fn lock_event(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<Standing> {
    let row = sqlx::query!(
        "select state, ends_at, currency
           from event
          where org_id = $1 and event_id = $2
            for no key update",
        org_id.0,
        event_id.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Standing { state: stored(&row.state)?, ends_at: row.ends_at, currency: stored_currency(&row.currency)? })
}

fn stored_currency(code: &str) -> Result<Currency> {
    stored(code)
}

/// Sets the state; the first publication is remembered.
pub async fn mark_state(tx: &mut Tx, event: (OrgId, EventId), state: EventState, now: Instant) -> Result<()> {
    sqlx::query!(
        "update event
            set state = $3,
                published_at = case when $3 = 'published' then coalesce(published_at, $4) else published_at end
          where org_id = $1 and event_id = $2",
        event.0.0,
        event.1.0,
        state.as_str(),
        now as Instant,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Sets or takes away the picture; gives `false` when the organizer has no such event.
/// Gives an event another picture, or none; gives the one that it had.
pub async fn update_picture(tx: &mut Tx, event: (OrgId, EventId), picture: Option<&str>) -> Result<Option<String>> {
    let before = sqlx::query_scalar!(
        "update event
            set picture = $3
           from (select picture from event where org_id = $1 and event_id = $2 for update) before
          where org_id = $1
            and event_id = $2
        returning before.picture",
        event.0.0,
        event.1.0,
        picture,
    )
    .fetch_optional(&mut **tx)
    .await?;
    before.ok_or(AppError::NotFound)
}

/// Lets one transaction at a time keep or remove the files of a picture.
pub async fn lock_picture(tx: &mut Tx, name: &str) -> Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('picture:' || $1, 0))", name)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Whether any event shows a picture; the same picture of two organizers is one file.
pub async fn is_picture_shown(tx: &mut Tx, name: &str) -> Result<bool> {
    let is_shown = sqlx::query_scalar!(r#"select exists (select from event where picture = $1) as "is_shown!""#, name)
        .fetch_one(&mut **tx)
        .await?;
    Ok(is_shown)
}

pub async fn get_event(db: &mut PgConnection, org_id: OrgId, event_id: EventId, now: Instant) -> Result<Event> {
    let row = sqlx::query!(
        r#"select slug, title, summary, description_md, category, venue, place, country, starts_at, ends_at, zone,
                  currency, picture, state,
                  (select count(*)
                     from ticket_type
                    where ticket_type.org_id = event.org_id and ticket_type.event_id = event.event_id
                      and archived_at is null
                  ) as "types!"
             from event
            where org_id = $1 and event_id = $2"#,
        org_id.0,
        event_id.0,
    )
    .fetch_one(db)
    .await?;
    let zone = ZoneName(row.zone);
    Ok(Event {
        org_id,
        event_id,
        slug: row.slug,
        title: row.title,
        summary: row.summary,
        description_md: row.description_md,
        category: stored(&row.category)?,
        venue: row.venue,
        place: row.place,
        country: row.country,
        starts: local_time(row.starts_at, &zone),
        ends: local_time(row.ends_at, &zone),
        zone,
        currency: stored(&row.currency)?,
        picture: row.picture,
        state: stored(&row.state)?,
        types: row.types,
        is_over: row.ends_at <= now,
    })
}

/// Where the organizer is at home.
pub async fn get_country(db: &mut PgConnection, org_id: OrgId) -> Result<String> {
    let country = sqlx::query_scalar!("select country from org where org_id = $1", org_id.0).fetch_one(db).await?;
    Ok(country)
}

/// The event at an address, unless it is a draft.
pub async fn find_public(db: &mut PgConnection, slug: &str, now: Instant) -> Result<Option<PublicEvent>> {
    let row = sqlx::query!(
        r#"select event.org_id as "org_id: OrgId", event.event_id as "event_id: EventId", org.slug as org_slug,
                  org.name as org_name, org.about as org_about, event.slug, event.title, event.summary,
                  event.description_html, event.category, event.venue, event.place, event.country,
                  event.starts_at, event.ends_at, event.zone, event.picture, event.state
             from event_directory
             join event using (org_id, event_id)
             join org using (org_id)
            where event_directory.slug = $1 and event.published_at is not null and event.state <> 'draft'"#,
        slug,
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let zone = ZoneName(row.zone);
    let (starts, ends) = (local_time(row.starts_at, &zone), local_time(row.ends_at, &zone));
    Ok(Some(PublicEvent {
        org_id: row.org_id,
        event_id: row.event_id,
        org_slug: row.org_slug,
        org_name: row.org_name,
        org_about: row.org_about,
        slug: row.slug,
        title: row.title,
        summary: row.summary,
        description_html: row.description_html,
        category: stored(&row.category)?,
        venue: row.venue,
        place: row.place,
        country: row.country,
        relative: Relative::of(&local_time(now, &zone), &starts, &ends),
        starts,
        ends,
        picture: row.picture,
        state: stored(&row.state)?,
    }))
}

/// A page of an organizer's events: those ahead from the next one on, others from the latest back.
pub async fn list_desk(
    db: &mut PgConnection,
    org_id: OrgId,
    wish: (DeskFilter, Option<&Cursor>),
    now: Instant,
) -> Result<Page<DeskEvent>> {
    let (filter, after) = wish;
    let after = after.and_then(super::search::read_cursor);
    let rows = sqlx::query!(
        r#"select event.event_id as "event_id: EventId", event.slug, event.title, event.state, event.starts_at,
                  event.ends_at, event.zone,
                  coalesce((select sum(pool.sold) from pool
                             where pool.org_id = event.org_id and pool.event_id = event.event_id
                               and pool.own_type is not null), 0) as "sold!",
                  coalesce((select sum(pool.capacity) from pool
                             where pool.org_id = event.org_id and pool.event_id = event.event_id
                               and pool.own_type is not null), 0) as "capacity!"
             from event
            where event.org_id = $1
              and ($2 = 'all' or ($2 = 'ahead') = (event.ends_at > $3))
              and ($4::timestamptz is null
                   or case when $2 = 'ahead' then (event.starts_at, event.event_id) > ($4, $5)
                           else (event.starts_at, event.event_id) < ($4, $5) end)
            order by case when $2 = 'ahead' then event.starts_at end, case when $2 = 'ahead' then event.event_id end,
                     event.starts_at desc, event.event_id desc
            limit $6"#,
        org_id.0,
        filter.as_str(),
        now as Instant,
        after.map(|(at, _)| at) as Option<Instant>,
        after.map(|(_, id)| id.0),
        DESK_PAGE + 1,
    )
    .fetch_all(db)
    .await?;
    let rows: Result<Vec<_>> = rows
        .into_iter()
        .map(|row| {
            Ok(DeskEvent {
                event_id: row.event_id,
                slug: row.slug,
                title: row.title,
                state: stored(&row.state)?,
                starts: local_time(row.starts_at, &ZoneName(row.zone)),
                is_over: row.ends_at <= now,
                sold: row.sold,
                capacity: row.capacity,
            })
        })
        .collect();
    let size = usize::try_from(DESK_PAGE).unwrap_or(usize::MAX);
    Ok(Page::cut(rows?, size, |event| super::search::cursor(event.starts.at, event.event_id)))
}

/// An event's head, with the zone and currency that its pages are in; another organizer's event is not found.
pub async fn get_event_head(
    tx: &mut PgConnection,
    org_id: OrgId,
    event_id: EventId,
) -> Result<(EventHead, ZoneName, Currency)> {
    let row = sqlx::query!(
        "select slug, title, venue, place, state, zone, currency, starts_at, ends_at
           from event
          where org_id = $1
            and event_id = $2",
        org_id.0,
        event_id.0,
    )
    .fetch_optional(tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let zone = ZoneName(row.zone);
    let head = EventHead {
        event_id,
        slug: row.slug,
        title: row.title,
        venue: row.venue,
        place: row.place,
        state: stored(&row.state)?,
        starts: local_time(row.starts_at, &zone),
        ends: local_time(row.ends_at, &zone),
    };
    Ok((head, zone, stored_currency(&row.currency)?))
}
