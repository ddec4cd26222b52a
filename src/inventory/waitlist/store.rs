//! Statements on `waitlist_entry` and `waitlist_link`.

use std::collections::BTreeMap;

use sqlx::PgConnection;

use super::model::{DeskLine, DeskPlace, WaitRefusal, WaitState};
use crate::{
    error::{AppError, Result},
    kernel::{EmailAddress, EntryId, EventId, Instant, OrderId, OrgId, TicketTypeId, ZoneName},
    platform::{
        db::{OnConstraint, stored},
        secrets,
        zone::local_time,
    },
};

/// People looked at in one go, from the front of a line.
const LOOK_MAX: i64 = 200;
/// People of all lines shown at the desk.
const SHOWN_MAX: i64 = 500;

fn state(word: &str) -> Result<WaitState> {
    WaitState::of_word(word).ok_or_else(|| AppError::fault_text("waitlist_entry.state is unknown"))
}

/// What somebody asks to wait for.
pub struct Awaited {
    pub org_id: OrgId,
    pub event_id: EventId,
    pub ticket_type_id: TicketTypeId,
    pub event_title: String,
    pub type_name: String,
}

/// A ticket type of the published event at an address.
pub async fn find_awaited(tx: &mut PgConnection, slug: &str, ticket_type_id: TicketTypeId) -> Result<Option<Awaited>> {
    let found = sqlx::query_as!(
        Awaited,
        r#"select e.org_id as "org_id: OrgId", e.event_id as "event_id: EventId",
                  t.ticket_type_id as "ticket_type_id: TicketTypeId", e.title as event_title, t.name as type_name
             from event_directory d
             join event e
               on e.org_id = d.org_id
              and e.event_id = d.event_id
             join ticket_type t
               on t.org_id = e.org_id
              and t.event_id = e.event_id
            where d.slug = $1
              and t.ticket_type_id = $2
              and e.state = 'published'
              and t.archived_at is null"#,
        slug,
        ticket_type_id.0,
    )
    .fetch_optional(tx)
    .await?;
    Ok(found)
}

pub async fn count_waiting(tx: &mut PgConnection, org_id: OrgId, ticket_type_id: TicketTypeId) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from waitlist_entry
            where org_id = $1
              and ticket_type_id = $2
              and state = 'waiting'"#,
        org_id.0,
        ticket_type_id.0,
    )
    .fetch_one(tx)
    .await?;
    Ok(count)
}

pub async fn insert_entry(
    tx: &mut PgConnection,
    awaited: &Awaited,
    (entry_id, email, size, locale): (EntryId, &EmailAddress, u32, &str),
) -> Result<()> {
    sqlx::query!(
        "insert into waitlist_entry (org_id, entry_id, event_id, ticket_type_id, email, size, locale)
         values ($1, $2, $3, $4, $5, $6, $7)",
        awaited.org_id.0,
        entry_id.0,
        awaited.event_id.0,
        awaited.ticket_type_id.0,
        email.as_str(),
        i32::try_from(size).unwrap_or(i32::MAX),
        locale,
    )
    .execute(tx)
    .await
    .on_constraint("waitlist_once", WaitRefusal::AlreadyIn)?;
    Ok(())
}

pub async fn insert_link(tx: &mut PgConnection, org_id: OrgId, (entry_id, token): (EntryId, &str)) -> Result<()> {
    sqlx::query!(
        "insert into waitlist_link (link_hash, org_id, entry_id) values ($1, $2, $3)",
        secrets::digest(token),
        org_id.0,
        entry_id.0,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A place in line with what its page tells.
#[derive(Clone, Debug)]
pub struct Place {
    pub org_id: OrgId,
    pub entry_id: EntryId,
    pub event_title: String,
    pub event_slug: String,
    pub type_name: String,
    pub email: String,
    pub size: u32,
    pub state: WaitState,
    pub ahead: u32,
    pub order_id: Option<OrderId>,
    pub until: Option<Instant>,
}

/// The place behind a link; its secret is compared by hash.
pub async fn find_place(tx: &mut PgConnection, token: &str) -> Result<Option<Place>> {
    let row = sqlx::query!(
        r#"select w.org_id as "org_id: OrgId", w.entry_id as "entry_id: EntryId", e.title, e.slug, t.name, w.email,
                  w.size, w.state, w.order_id as "order_id: OrderId",
                  case when h.state = 'active' then h.expires_at end as "until: Instant",
                  (select count(*)
                     from waitlist_entry before
                    where before.org_id = w.org_id
                      and before.ticket_type_id = w.ticket_type_id
                      and before.state = 'waiting'
                      and (before.joined_at, before.entry_id) < (w.joined_at, w.entry_id)) as "ahead!"
             from waitlist_link link
             join waitlist_entry w
               on w.org_id = link.org_id
              and w.entry_id = link.entry_id
             join event e
               on e.org_id = w.org_id
              and e.event_id = w.event_id
             join ticket_type t
               on t.org_id = w.org_id
              and t.ticket_type_id = w.ticket_type_id
             left join orders o
               on o.org_id = w.org_id
              and o.order_id = w.order_id
             left join hold h
               on h.org_id = o.org_id
              and h.hold_id = o.hold_id
            where link.link_hash = $1"#,
        secrets::digest(token),
    )
    .fetch_optional(tx)
    .await?;
    row.map(|row| {
        Ok(Place {
            org_id: row.org_id,
            entry_id: row.entry_id,
            event_title: row.title,
            event_slug: row.slug,
            type_name: row.name,
            email: row.email,
            size: row.size.unsigned_abs(),
            state: state(&row.state)?,
            ahead: u32::try_from(row.ahead).unwrap_or(u32::MAX),
            order_id: row.order_id,
            until: row.until,
        })
    })
    .transpose()
}

/// Gives `false` for who does not wait any more.
pub async fn mark_left(tx: &mut PgConnection, org_id: OrgId, entry_id: EntryId) -> Result<bool> {
    let done = sqlx::query!(
        "update waitlist_entry set state = 'left' where org_id = $1 and entry_id = $2 and state = 'waiting'",
        org_id.0,
        entry_id.0,
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Events in which somebody waits for a type that is on sale and has as much left as they want.
pub async fn list_ready(tx: &mut PgConnection, limit: i64) -> Result<Vec<(OrgId, EventId)>> {
    let rows = sqlx::query!(
        r#"select distinct w.org_id as "org_id: OrgId", w.event_id as "event_id: EventId"
             from (select org_id, event_id, ticket_type_id, min(size) as size
                     from waitlist_entry
                    where state = 'waiting'
                    group by org_id, event_id, ticket_type_id) w
             join ticket_type t
               on t.org_id = w.org_id
              and t.ticket_type_id = w.ticket_type_id
             join event e
               on e.org_id = w.org_id
              and e.event_id = w.event_id
            where e.state = 'published'
              and e.ends_at > clock_timestamp()
              and t.archived_at is null
              and (t.sale_starts_at is null or t.sale_starts_at <= clock_timestamp())
              and (t.sale_ends_at is null or t.sale_ends_at > clock_timestamp())
              and w.size <= (
                    select min(p.capacity - p.held - p.sold - p.blocked)
                      from ticket_type_pool draw
                      join pool p
                        on p.org_id = draw.org_id
                       and p.pool_id = draw.pool_id
                     where draw.org_id = w.org_id
                       and draw.ticket_type_id = w.ticket_type_id)
            limit $1"#,
        limit,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.org_id, row.event_id)).collect())
}

/// Somebody at the front of a line.
pub struct Entry {
    pub entry_id: EntryId,
    pub ticket_type_id: TicketTypeId,
    pub email: EmailAddress,
    pub size: u32,
    pub locale: String,
}

/// The front of the lines for some types, first come first, under a lock.
pub async fn lock_line(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    types: &[TicketTypeId],
) -> Result<Vec<Entry>> {
    let types: Vec<_> = types.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select entry_id as "entry_id: EntryId", ticket_type_id as "ticket_type_id: TicketTypeId", email, size, locale
             from waitlist_entry
            where org_id = $1
              and event_id = $2
              and ticket_type_id = any($3)
              and state = 'waiting'
            order by joined_at, entry_id
            limit $4
              for update"#,
        org_id.0,
        event_id.0,
        &types,
        LOOK_MAX,
    )
    .fetch_all(tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Entry {
                entry_id: row.entry_id,
                ticket_type_id: row.ticket_type_id,
                email: stored(EmailAddress::parse(&row.email))?,
                size: row.size.unsigned_abs(),
                locale: row.locale,
            })
        })
        .collect()
}

/// Says how many of them waited until now.
pub async fn mark_offered(tx: &mut PgConnection, org_id: OrgId, offers: &[(EntryId, OrderId)]) -> Result<usize> {
    let (entries, orders): (Vec<_>, Vec<_>) = offers.iter().map(|(entry, order)| (entry.0, order.0)).unzip();
    let done = sqlx::query!(
        "update waitlist_entry w
            set state = 'offered',
                order_id = offer.order_id,
                offered_at = clock_timestamp()
           from unnest($2::uuid[], $3::uuid[]) as offer (entry_id, order_id)
          where w.org_id = $1
            and w.entry_id = offer.entry_id
            and w.state = 'waiting'",
        org_id.0,
        &entries,
        &orders,
    )
    .execute(tx)
    .await?;
    Ok(usize::try_from(done.rows_affected()).unwrap_or(usize::MAX))
}

/// Closes the offers whose orders have ended: taken when they were paid, passed when not.
pub async fn mark_settled(tx: &mut PgConnection) -> Result<()> {
    sqlx::query!(
        "update waitlist_entry w
            set state = case when o.state in ('paid', 'part_refunded', 'refunded') then 'taken' else 'passed' end
           from orders o
          where w.state = 'offered'
            and o.org_id = w.org_id
            and o.order_id = w.order_id
            and o.state not in ('basket', 'pending')",
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The lines of an event, type by type, and the front of each.
pub async fn list_lines(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    zone: &ZoneName,
) -> Result<Vec<DeskLine>> {
    let rows = sqlx::query!(
        r#"select w.ticket_type_id as "ticket_type_id: TicketTypeId", t.name,
                  coalesce(sum(w.size) filter (where w.state = 'waiting'), 0) as "wanted!",
                  count(*) filter (where w.state = 'waiting') as "waiting!",
                  count(*) filter (where w.state = 'offered') as "offered!",
                  count(*) filter (where w.state = 'taken') as "taken!"
             from waitlist_entry w
             join ticket_type t
               on t.org_id = w.org_id
              and t.ticket_type_id = w.ticket_type_id
            where w.org_id = $1
              and w.event_id = $2
            group by w.ticket_type_id, t.name, t.position, t.product
            order by t.position, t.product"#,
        org_id.0,
        event_id.0,
    )
    .fetch_all(&mut *tx)
    .await?;
    let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    let mut places = list_places(tx, (org_id, event_id), zone).await?;
    let line = |row: (String, i64, i64, i64, i64), places| DeskLine {
        type_name: row.0,
        wanted: count(row.1),
        waiting: count(row.2),
        offered: count(row.3),
        taken: count(row.4),
        places,
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            let places = places.remove(&row.ticket_type_id).unwrap_or_default();
            line((row.name, row.wanted, row.waiting, row.offered, row.taken), places)
        })
        .collect())
}

async fn list_places(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    zone: &ZoneName,
) -> Result<BTreeMap<TicketTypeId, Vec<DeskPlace>>> {
    let rows = sqlx::query!(
        r#"select ticket_type_id as "ticket_type_id: TicketTypeId", email, size, state,
                  joined_at as "joined_at: Instant"
             from waitlist_entry
            where org_id = $1
              and event_id = $2
              and state in ('waiting', 'offered')
            order by joined_at, entry_id
            limit $3"#,
        org_id.0,
        event_id.0,
        SHOWN_MAX,
    )
    .fetch_all(tx)
    .await?;
    let mut places: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in rows {
        let joined = local_time(row.joined_at, zone);
        let place = DeskPlace { email: row.email, size: row.size.unsigned_abs(), state: state(&row.state)?, joined };
        places.entry(row.ticket_type_id).or_default().push(place);
    }
    Ok(places)
}
