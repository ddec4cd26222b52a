//! Statements on `ticket_type_pool`: which types draw on which pools.

use std::collections::BTreeSet;

use sqlx::PgConnection;

use super::{super::model::Drawer, Place};
use crate::{
    error::Result,
    kernel::{EventId, OrgId, TicketTypeId},
};

fn uuids(types: &[TicketTypeId]) -> Vec<uuid::Uuid> {
    types.iter().map(|id| id.0).collect()
}

/// The ticket types that can draw on pools.
pub async fn list_drawers(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId)) -> Result<Vec<Drawer>> {
    let rows = sqlx::query_as!(
        Drawer,
        r#"select ticket_type_id as "ticket_type_id: TicketTypeId", name
             from ticket_type
            where org_id = $1
              and event_id = $2
              and archived_at is null
            order by position, product"#,
        org_id.0,
        event_id.0,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

/// The types on sale that draw on a pool. One that was taken off the list goes on drawing for the tickets it sold.
pub async fn list_drawing(tx: &mut PgConnection, place: &Place) -> Result<BTreeSet<TicketTypeId>> {
    let rows = sqlx::query_scalar!(
        r#"select draw.ticket_type_id as "ticket_type_id: TicketTypeId"
             from ticket_type_pool draw
             join ticket_type t
               on t.org_id = draw.org_id
              and t.ticket_type_id = draw.ticket_type_id
            where draw.org_id = $1
              and draw.pool_id = $2
              and t.archived_at is null"#,
        place.org_id.0,
        place.pool_id.0,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().collect())
}

pub async fn list_ever_drawing(tx: &mut PgConnection, place: &Place) -> Result<Vec<TicketTypeId>> {
    let rows = sqlx::query_scalar!(
        r#"select ticket_type_id as "ticket_type_id: TicketTypeId"
             from ticket_type_pool
            where org_id = $1
              and pool_id = $2"#,
        place.org_id.0,
        place.pool_id.0,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

/// Whether stock of some types is held right now.
pub async fn has_holds(tx: &mut PgConnection, place: &Place, types: &[TicketTypeId]) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select exists (
                select 1
                  from hold h
                  join hold_line line
                    on line.org_id = h.org_id
                   and line.hold_id = h.hold_id
                 where h.org_id = $1
                   and h.event_id = $2
                   and h.state = 'active'
                   and line.ticket_type_id = any($3)) as "found!""#,
        place.org_id.0,
        place.event_id.0,
        &uuids(types),
    )
    .fetch_one(tx)
    .await?;
    Ok(found)
}

/// Valid tickets of some types.
pub async fn count_sold(tx: &mut PgConnection, place: &Place, types: &[TicketTypeId]) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from ticket
            where org_id = $1
              and ticket_type_id = any($2)
              and state = 'valid'"#,
        place.org_id.0,
        &uuids(types),
    )
    .fetch_one(tx)
    .await?;
    Ok(count)
}

pub async fn insert_draws(tx: &mut PgConnection, place: &Place, types: &[TicketTypeId]) -> Result<()> {
    sqlx::query!(
        "insert into ticket_type_pool (org_id, ticket_type_id, pool_id)
         select $1, added.ticket_type_id, $2
           from unnest($3::uuid[]) as added (ticket_type_id)",
        place.org_id.0,
        place.pool_id.0,
        &uuids(types),
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn delete_draws(tx: &mut PgConnection, place: &Place, types: &[TicketTypeId]) -> Result<()> {
    sqlx::query!(
        "delete from ticket_type_pool where org_id = $1 and pool_id = $2 and ticket_type_id = any($3)",
        place.org_id.0,
        place.pool_id.0,
        &uuids(types),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Marks every pool that some types draw on: whoever waits for one of them is to read again what draws on what.
pub async fn age_draws(tx: &mut PgConnection, place: &Place, types: &[TicketTypeId]) -> Result<()> {
    sqlx::query!(
        "update pool
            set draws = draws + 1
          where org_id = $1
            and event_id = $2
            and pool_id in (select draw.pool_id
                              from ticket_type_pool draw
                             where draw.org_id = $1
                               and draw.ticket_type_id = any($3))",
        place.org_id.0,
        place.event_id.0,
        &uuids(types),
    )
    .execute(tx)
    .await?;
    Ok(())
}
