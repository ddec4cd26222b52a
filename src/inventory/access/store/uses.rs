//! Statements on `code_use`, and on what codes keep.

use sqlx::PgConnection;

use super::super::model::{AccessRefusal, Opened};
use crate::{
    error::{AppError, Result},
    kernel::{HoldId, OrgId, TicketTypeId},
    platform::db::OnConstraint,
};

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
