//! Statements on `access_code`, `access_code_type`, `code_use`.

use sqlx::PgConnection;

use super::model::{Access, AccessRefusal, CodeText, DeskCode, EVENT_CODES_MAX, NewCodes, Opened};
use crate::{
    error::{AppError, Result},
    inventory::Wish,
    kernel::{CodeId, EventId, FieldFault, HoldId, Instant, OrgId, TicketTypeId, ZoneName},
    platform::{
        db::{OnConstraint, stored},
        zone::local_time,
    },
};

/// The published event at an address.
pub async fn find_event(db: &mut PgConnection, slug: &str) -> Result<Option<(OrgId, EventId)>> {
    let row = sqlx::query!(
        r#"select e.org_id as "org_id: OrgId", e.event_id as "event_id: EventId"
             from event_directory d
             join event e
               on e.org_id = d.org_id
              and e.event_id = d.event_id
            where d.slug = $1
              and e.state = 'published'"#,
        slug,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.org_id, row.event_id)))
}

struct AccessRow {
    code_id: CodeId,
    code: String,
    uses_left: i32,
    order_max: Option<i32>,
    starts_at: Option<Instant>,
    ends_at: Option<Instant>,
    is_off: bool,
    types: Vec<uuid::Uuid>,
    share_type: Option<TicketTypeId>,
    share: i32,
}

impl TryFrom<AccessRow> for Access {
    type Error = AppError;

    fn try_from(row: AccessRow) -> Result<Self> {
        let share = row.share_type.map(|ticket_type_id| Wish { ticket_type_id, quantity: row.share.unsigned_abs() });
        Ok(Self {
            code_id: row.code_id,
            text: stored(CodeText::parse(&row.code))?,
            uses_left: row.uses_left,
            order_max: row.order_max.map(i32::unsigned_abs),
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            is_off: row.is_off,
            types: row.types.into_iter().map(TicketTypeId).collect(),
            share: share.filter(|share| share.quantity > 0),
        })
    }
}

fn words(texts: &[&CodeText]) -> Vec<String> {
    texts.iter().map(|text| text.as_str().to_owned()).collect()
}

/// Codes of an event, as they stand.
pub async fn find_codes(
    db: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    texts: &[&CodeText],
) -> Result<Vec<Access>> {
    let rows = sqlx::query_as!(
        AccessRow,
        r#"select c.code_id as "code_id: CodeId", c.code, c.uses_max - c.used as "uses_left!", c.order_max,
                  c.starts_at as "starts_at: Instant", c.ends_at as "ends_at: Instant",
                  c.off_at is not null as "is_off!", c.share_type as "share_type: TicketTypeId", c.share,
                  array(select t.ticket_type_id
                          from access_code_type t
                         where t.org_id = c.org_id
                           and t.code_id = c.code_id) as "types!"
             from access_code c
            where c.org_id = $1
              and c.event_id = $2
              and c.code = any($3)"#,
        org_id.0,
        event_id.0,
        &words(texts),
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Access::try_from).collect()
}

/// The same under a lock taken in order of their ids: a rival's use is counted before ours.
pub async fn lock_codes(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    texts: &[&CodeText],
) -> Result<Vec<Access>> {
    let rows = sqlx::query_as!(
        AccessRow,
        r#"select c.code_id as "code_id: CodeId", c.code, c.uses_max - c.used as "uses_left!", c.order_max,
                  c.starts_at as "starts_at: Instant", c.ends_at as "ends_at: Instant",
                  c.off_at is not null as "is_off!", c.share_type as "share_type: TicketTypeId", c.share,
                  array(select t.ticket_type_id
                          from access_code_type t
                         where t.org_id = c.org_id
                           and t.code_id = c.code_id) as "types!"
             from access_code c
            where c.org_id = $1
              and c.event_id = $2
              and c.code = any($3)
            order by c.code_id
              for update of c"#,
        org_id.0,
        event_id.0,
        &words(texts),
    )
    .fetch_all(tx)
    .await?;
    rows.into_iter().map(Access::try_from).collect()
}

/// A hold, and what it may have by its code.
pub type CodeUse<'a> = (HoldId, &'a Opened);

/// Counts uses of locked codes; the database refuses one too many.
pub async fn insert_uses(tx: &mut PgConnection, org_id: OrgId, uses: &[CodeUse<'_>]) -> Result<()> {
    let share = |opened: &Opened| opened.share.map_or(0, |share| i32::try_from(share.quantity).unwrap_or(i32::MAX));
    sqlx::query!(
        "with fresh as (
            insert into code_use (org_id, hold_id, code_id, from_share)
            select $1, used.hold_id, used.code_id, used.from_share
              from unnest($2::uuid[], $3::uuid[], $4::int[]) as used (hold_id, code_id, from_share)
            returning code_id, from_share),
         sums as (
            select code_id, count(*)::int as uses, sum(from_share)::int as share
              from fresh
             group by code_id)
         update access_code c
            set used = c.used + sums.uses,
                share = c.share - sums.share
           from sums
          where c.org_id = $1
            and c.code_id = sums.code_id",
        org_id.0,
        &uses.iter().map(|(hold_id, _)| hold_id.0).collect::<Vec<_>>(),
        &uses.iter().map(|(_, opened)| opened.code_id.0).collect::<Vec<_>>(),
        &uses.iter().map(|(_, opened)| share(opened)).collect::<Vec<_>>(),
    )
    .execute(tx)
    .await
    .on_constraint("access_code_not_overused", AccessRefusal::UsedUp)?;
    Ok(())
}

/// Gives back the uses of holds that ended without money. Says which stock goes back to codes that still keep some, to be
/// set aside again once it is free.
pub async fn give_back(tx: &mut PgConnection, holds: &[(OrgId, HoldId)]) -> Result<Vec<(OrgId, TicketTypeId, i32)>> {
    let (orgs, ids): (Vec<_>, Vec<_>) = holds.iter().map(|(org_id, hold_id)| (org_id.0, hold_id.0)).unzip();
    let rows = sqlx::query!(
        r#"with back as (
            update code_use u
               set returned_at = clock_timestamp()
              from unnest($1::uuid[], $2::uuid[]) as ended (org_id, hold_id)
             where u.org_id = ended.org_id
               and u.hold_id = ended.hold_id
               and u.returned_at is null
            returning u.org_id, u.code_id, u.from_share),
         sums as (
            select org_id, code_id, count(*)::int as uses, sum(from_share)::int as share
              from back
             group by org_id, code_id),
         locked as (
            select c.org_id, c.code_id
              from access_code c
              join sums
                on sums.org_id = c.org_id
               and sums.code_id = c.code_id
             order by c.code_id
               for update of c)
         update access_code c
            set used = c.used - sums.uses,
                share = case when c.off_at is null then c.share + sums.share else 0 end
           from sums
           join locked
             on locked.org_id = sums.org_id
            and locked.code_id = sums.code_id
          where c.org_id = sums.org_id
            and c.code_id = sums.code_id
        returning c.org_id as "org_id: OrgId", c.share_type as "share_type: TicketTypeId",
                  case when c.off_at is null then sums.share else 0 end as "share!""#,
        &orgs,
        &ids,
    )
    .fetch_all(tx)
    .await?;
    let kept = rows.into_iter().filter(|row| row.share > 0);
    Ok(kept.filter_map(|row| Some((row.org_id, row.share_type?, row.share))).collect())
}

/// Counts the use of a hold that had ended once more, for money that came late; refuses when the code is used up.
pub async fn use_again(tx: &mut PgConnection, org_id: OrgId, hold_id: HoldId) -> Result<()> {
    let is_full = sqlx::query_scalar!(
        r#"with mine as (
            select code_id
              from code_use
             where org_id = $1
               and hold_id = $2
               and returned_at is not null),
         counted as (
            update access_code c
               set used = c.used + 1
              from mine
             where c.org_id = $1
               and c.code_id = mine.code_id
               and c.used < c.uses_max
            returning c.code_id),
         again as (
            update code_use
               set returned_at = null,
                   from_share = 0
             where org_id = $1
               and hold_id = $2
               and exists (select 1 from counted))
         select exists (select 1 from mine) and not exists (select 1 from counted) as "is_full!""#,
        org_id.0,
        hold_id.0,
    )
    .fetch_one(tx)
    .await?;
    if is_full { Err(AccessRefusal::UsedUp.into()) } else { Ok(()) }
}

/// Sets stock of some types aside in every pool that they draw on, or less of it; the database refuses what is not there.
pub async fn put_aside(
    tx: &mut PgConnection,
    org_id: OrgId,
    shares: &[(TicketTypeId, i32)],
    refusal: impl Into<AppError>,
) -> Result<()> {
    let (types, quantities): (Vec<_>, Vec<_>) = shares.iter().map(|(kind, quantity)| (kind.0, *quantity)).unzip();
    sqlx::query!(
        "update pool p
            set blocked = p.blocked + need.quantity
           from (select draw.pool_id, sum(share.quantity)::int as quantity
                   from unnest($2::uuid[], $3::int[]) as share (ticket_type_id, quantity)
                   join ticket_type_pool draw
                     on draw.org_id = $1
                    and draw.ticket_type_id = share.ticket_type_id
                  group by draw.pool_id) need
          where p.org_id = $1
            and p.pool_id = need.pool_id",
        org_id.0,
        &types,
        &quantities,
    )
    .execute(tx)
    .await
    .on_constraint("pool_not_oversold", refusal)?;
    Ok(())
}

/// What codes keep of some types.
pub async fn count_shares(tx: &mut PgConnection, org_id: OrgId, types: &[TicketTypeId]) -> Result<i64> {
    let types: Vec<_> = types.iter().map(|id| id.0).collect();
    let count = sqlx::query_scalar!(
        r#"select coalesce(sum(share), 0) as "count!" from access_code where org_id = $1 and share_type = any($2)"#,
        org_id.0,
        &types,
    )
    .fetch_one(tx)
    .await?;
    Ok(count)
}

pub async fn count_codes(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId)) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from access_code where org_id = $1 and event_id = $2"#,
        org_id.0,
        event_id.0,
    )
    .fetch_one(tx)
    .await?;
    Ok(count)
}

/// Writes codes that are alike but for their text, and what they open.
pub async fn insert_codes(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    (new, texts): (&NewCodes, &[CodeText]),
) -> Result<()> {
    sqlx::query!(
        "with fresh as (
            insert into access_code (org_id, code_id, event_id, code, note, uses_max, order_max, starts_at, ends_at,
                                     share_type, share)
            select $1, made.code_id, $2, made.code, $5, $6, $7, $8, $9, $10, $11
              from unnest($3::uuid[], $4::text[]) as made (code_id, code)
            returning code_id)
         insert into access_code_type (org_id, code_id, ticket_type_id)
         select $1, fresh.code_id, opened.ticket_type_id
           from fresh, unnest($12::uuid[]) as opened (ticket_type_id)",
        org_id.0,
        event_id.0,
        &texts.iter().map(|_| CodeId::fresh().0).collect::<Vec<_>>(),
        &texts.iter().map(|text| text.as_str().to_owned()).collect::<Vec<_>>(),
        new.note.as_str(),
        new.uses_max,
        new.order_max,
        new.starts_at as Option<Instant>,
        new.ends_at as Option<Instant>,
        new.share.map(|(kind, _)| kind.0),
        new.share.map_or(0, |(_, share)| share),
        &new.types.iter().map(|kind| kind.0).collect::<Vec<_>>(),
    )
    .execute(tx)
    .await
    .on_constraint("access_code_once", AppError::field("code", FieldFault::Taken))?;
    Ok(())
}

/// Switches a code off and says what it kept; `None` when it is off already, or another event's.
pub async fn mark_off(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    code_id: CodeId,
) -> Result<Option<(Option<TicketTypeId>, i32)>> {
    let row = sqlx::query!(
        r#"update access_code c
              set off_at = clock_timestamp(),
                  share = 0
             from (select share, code_id
                     from access_code
                    where org_id = $1
                      and event_id = $2
                      and code_id = $3
                      and off_at is null
                      for update) old
            where c.org_id = $1
              and c.code_id = old.code_id
        returning c.share_type as "share_type: TicketTypeId", old.share as "share!""#,
        org_id.0,
        event_id.0,
        code_id.0,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| (row.share_type, row.share)))
}

/// The codes of an event, the newest first.
pub async fn list_codes(
    db: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    zone: &ZoneName,
) -> Result<Vec<DeskCode>> {
    let rows = sqlx::query!(
        r#"select c.code_id as "code_id: CodeId", c.code, c.note, c.used, c.uses_max, c.order_max,
                  c.starts_at as "starts_at: Instant", c.ends_at as "ends_at: Instant", c.share,
                  (select t.name from ticket_type t where t.org_id = c.org_id and t.ticket_type_id = c.share_type) as share_of,
                  array(select t.name
                          from access_code_type opened
                          join ticket_type t
                            on t.org_id = opened.org_id
                           and t.ticket_type_id = opened.ticket_type_id
                         where opened.org_id = c.org_id
                           and opened.code_id = c.code_id
                         order by t.position, t.product) as "opens!",
                  c.off_at is not null as "is_off!"
             from access_code c
            where c.org_id = $1
              and c.event_id = $2
            order by c.created_at desc, c.code
            limit $3"#,
        org_id.0,
        event_id.0,
        EVENT_CODES_MAX,
    )
    .fetch_all(db)
    .await?;
    let clock = |at: Option<Instant>| at.map(|at| local_time(at, zone));
    let codes = rows.into_iter().map(|row| DeskCode {
        code_id: row.code_id,
        code: row.code,
        note: row.note,
        used: row.used.unsigned_abs(),
        uses_max: row.uses_max.unsigned_abs(),
        order_max: row.order_max.map(i32::unsigned_abs),
        starts: clock(row.starts_at),
        ends: clock(row.ends_at),
        share_of: row.share_of,
        share: row.share.unsigned_abs(),
        opens: row.opens,
        is_off: row.is_off,
    });
    Ok(codes.collect())
}
