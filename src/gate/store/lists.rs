//! SQL for: `check_in_list` and `check_in_list_type`, as the desk changes them; reads event,
//! `ticket_type` and `gate_device`.

use crate::{
    error::{AppError, Result},
    gate::lists::{LISTS_MAX, NewList},
    kernel::{EventId, FieldFault, Instant, ListId, OrgId, TicketTypeId, ZoneName},
    platform::db::{OnConstraint, Tx},
};

/// Names in a choice.
const NAMES_MAX: i64 = 200;

/// A list as it is stored.
pub struct ListRow {
    pub list_id: ListId,
    pub name: String,
    pub entries_max: i32,
    pub day_entries_max: Option<i32>,
    pub days_max: Option<i32>,
    pub pause_mins: Option<i32>,
    pub pass_mins: Option<i32>,
    pub needs_exit: bool,
    pub out_at_mins: Option<i32>,
    pub inside_max: Option<i32>,
    pub unpaid: String,
    pub takes_add_ons: bool,
    pub opens_before_mins: i32,
    pub closes_after_mins: i32,
    pub types: Vec<TicketTypeId>,
}

/// An event's lists, the one that every event has first.
pub async fn list_lists(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<Vec<ListRow>> {
    let rows = sqlx::query_as!(
        ListRow,
        r#"select list.list_id as "list_id: ListId", list.name, list.entries_max, list.day_entries_max, list.days_max,
                  list.pause_mins, list.pass_mins, list.needs_exit, list.out_at_mins, list.inside_max, list.unpaid,
                  list.takes_add_ons, list.opens_before_mins, list.closes_after_mins,
                  array(select ticket_type_id
                          from check_in_list_type as own
                         where own.org_id = $1 and own.list_id = list.list_id) as "types!: Vec<TicketTypeId>"
             from check_in_list as list
            where list.org_id = $1
              and list.event_id = $2
            order by list.name <> '', list.created_at, list.list_id
            limit $3"#,
        org_id.0,
        event_id.0,
        LISTS_MAX,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

/// An event's start and zone, with the event locked, so that its lists are changed one after the other.
pub async fn lock_event(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<Option<(Instant, ZoneName)>> {
    let row = sqlx::query!(
        "select starts_at, zone
           from event
          where org_id = $1
            and event_id = $2
            for no key update",
        org_id.0,
        event_id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.starts_at, ZoneName(row.zone))))
}

pub async fn count_lists(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<i64> {
    let count = sqlx::query_scalar!(
        "select count(*) as \"count!\"
           from check_in_list
          where org_id = $1
            and event_id = $2",
        org_id.0,
        event_id.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(count)
}

/// Adds a list that lets in every type until its rules are written.
pub async fn insert_named_list(tx: &mut Tx, event: (OrgId, EventId), list_id: ListId, name: &str) -> Result<()> {
    sqlx::query!(
        "insert into check_in_list (org_id, list_id, event_id, name)
         values ($1, $2, $3, $4)",
        event.0.0,
        list_id.0,
        event.1.0,
        name,
    )
    .execute(&mut **tx)
    .await
    .on_constraint("check_in_list_name_once", AppError::field("name", FieldFault::Taken))?;
    Ok(())
}

/// Writes a list's rules; `false` when the event has no such list. The one that every event has keeps its empty name.
pub async fn update_list(tx: &mut Tx, event: (OrgId, EventId), list_id: ListId, new: &NewList) -> Result<bool> {
    let done = sqlx::query!(
        "update check_in_list
            set name = coalesce($4, name), entries_max = $5, day_entries_max = $6, days_max = $7, pause_mins = $8,
                pass_mins = $9, needs_exit = $10, out_at_mins = $11, inside_max = $12, unpaid = $13, takes_add_ons = $14,
                opens_before_mins = $15, closes_after_mins = $16
          where org_id = $1
            and event_id = $2
            and list_id = $3",
        event.0.0,
        event.1.0,
        list_id.0,
        new.name.as_ref().map(|name| name.as_str()),
        new.entries_max,
        new.day_entries_max,
        new.days_max,
        new.pause_mins,
        new.pass_mins,
        new.needs_exit,
        new.out_at_mins,
        new.inside_max,
        new.unpaid.as_str(),
        new.takes_add_ons,
        new.opens_before_mins,
        new.closes_after_mins,
    )
    .execute(&mut **tx)
    .await
    .on_constraint("check_in_list_name_once", AppError::field("name", FieldFault::Taken))?;
    Ok(done.rows_affected() == 1)
}

/// Puts these types of the event on a list, and no others; says how many of them there are.
pub async fn replace_types(
    tx: &mut Tx,
    event: (OrgId, EventId),
    list_id: ListId,
    types: &[TicketTypeId],
) -> Result<u64> {
    let types: Vec<_> = types.iter().map(|id| id.0).collect();
    let done = sqlx::query!(
        "with gone as (
             delete from check_in_list_type
              where org_id = $1
                and list_id = $3
                and ticket_type_id <> all ($4)
         ), wanted as (
             select ticket_type_id
               from ticket_type
              where org_id = $1
                and event_id = $2
                and ticket_type_id = any ($4)
         )
         insert into check_in_list_type (org_id, list_id, ticket_type_id)
         select $1, $3, ticket_type_id
           from wanted
         on conflict (org_id, list_id, ticket_type_id) do update set list_id = excluded.list_id",
        event.0.0,
        event.1.0,
        list_id.0,
        &types,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

/// The types that an event's lists may name, those that are no longer sold included: their tickets still come.
pub async fn list_type_names(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<Vec<(TicketTypeId, String)>> {
    let rows = sqlx::query!(
        r#"select ticket_type_id as "ticket_type_id: TicketTypeId", name
             from ticket_type
            where org_id = $1
              and event_id = $2
            order by position, product
            limit $3"#,
        org_id.0,
        event_id.0,
        NAMES_MAX,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.ticket_type_id, row.name)).collect())
}

/// The names that gates of an event were given.
pub async fn list_gate_names(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<Vec<String>> {
    let names = sqlx::query_scalar!(
        "select distinct name
           from gate_device
          where org_id = $1
            and event_id = $2
          order by name
          limit $3",
        org_id.0,
        event_id.0,
        NAMES_MAX,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(names)
}
