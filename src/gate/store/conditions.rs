//! SQL for: `check_in_window` and `check_in_condition`, as the desk changes them.

use crate::{
    error::Result,
    gate::lists::{CONDITIONS_MAX, LISTS_MAX},
    kernel::{ConditionId, EventId, Instant, ListId, OrgId, TicketTypeId},
    platform::db::Tx,
};

/// A window: days after the event's first one, minutes by its clocks.
pub struct NewWindow {
    pub window_id: ConditionId,
    pub ticket_type: Option<TicketTypeId>,
    pub opens: (i32, i32),
    pub closes: (i32, i32),
}

/// Adds a window to an event's list; `false` when the event has no such list or type.
pub async fn insert_window(tx: &mut Tx, event: (OrgId, EventId), list_id: ListId, window: &NewWindow) -> Result<bool> {
    let done = sqlx::query!(
        "insert into check_in_window (org_id, list_id, window_id, ticket_type_id, opens_day, opens_mins, closes_day, closes_mins)
         select $1, list.list_id, $4, $5, $6, $7, $8, $9
           from check_in_list as list
          where list.org_id = $1
            and list.event_id = $2
            and list.list_id = $3
            and ($5::uuid is null or exists (select from ticket_type
                                              where org_id = $1 and event_id = $2 and ticket_type_id = $5))",
        event.0.0,
        event.1.0,
        list_id.0,
        window.window_id.0,
        window.ticket_type.map(|id| id.0),
        window.opens.0,
        window.opens.1,
        window.closes.0,
        window.closes.1,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A window of one of an event's lists.
pub struct WindowOfList {
    pub list_id: ListId,
    pub window_id: ConditionId,
    pub type_name: Option<String>,
    pub opens_day: i32,
    pub opens_mins: i32,
    pub closes_day: i32,
    pub closes_mins: i32,
}

pub async fn list_windows(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<Vec<WindowOfList>> {
    let rows = sqlx::query_as!(
        WindowOfList,
        r#"select own.list_id as "list_id: ListId", own.window_id as "window_id: ConditionId", type.name as "type_name?",
                  own.opens_day, own.opens_mins, own.closes_day, own.closes_mins
             from check_in_window as own
             join check_in_list as list on list.org_id = own.org_id and list.list_id = own.list_id
             left join ticket_type as type on type.org_id = own.org_id and type.ticket_type_id = own.ticket_type_id
            where own.org_id = $1
              and list.event_id = $2
            order by own.opens_day, own.opens_mins, own.window_id
            limit $3"#,
        org_id.0,
        event_id.0,
        LISTS_MAX * CONDITIONS_MAX,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

pub async fn delete_window(
    tx: &mut Tx,
    event: (OrgId, EventId),
    list_id: ListId,
    window_id: ConditionId,
) -> Result<bool> {
    let done = sqlx::query!(
        "delete from check_in_window as own
          using check_in_list as list
          where own.org_id = $1
            and own.list_id = $3
            and own.window_id = $4
            and list.org_id = own.org_id
            and list.list_id = own.list_id
            and list.event_id = $2",
        event.0.0,
        event.1.0,
        list_id.0,
        window_id.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A gate, an alert or a question.
pub struct NewCondition<'a> {
    pub condition_id: ConditionId,
    pub ticket_type: Option<TicketTypeId>,
    pub kind: &'a str,
    pub words: &'a str,
}

/// Adds a condition to an event's list; `false` when the event has no such list or type.
pub async fn insert_condition(
    tx: &mut Tx,
    event: (OrgId, EventId),
    list_id: ListId,
    condition: &NewCondition<'_>,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into check_in_condition (org_id, list_id, condition_id, ticket_type_id, kind, words)
         select $1, list.list_id, $4, $5, $6, $7
           from check_in_list as list
          where list.org_id = $1
            and list.event_id = $2
            and list.list_id = $3
            and ($5::uuid is null or exists (select from ticket_type
                                              where org_id = $1 and event_id = $2 and ticket_type_id = $5))",
        event.0.0,
        event.1.0,
        list_id.0,
        condition.condition_id.0,
        condition.ticket_type.map(|id| id.0),
        condition.kind,
        condition.words,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many windows and conditions a list has.
pub async fn count_conditions(tx: &mut Tx, org_id: OrgId, list_id: ListId) -> Result<i64> {
    let count = sqlx::query_scalar!(
        "select (select count(*) from check_in_window where org_id = $1 and list_id = $2)
              + (select count(*) from check_in_condition where org_id = $1 and list_id = $2 and removed_at is null) as \"count!\"",
        org_id.0,
        list_id.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(count)
}

/// A condition of one of an event's lists.
pub struct ConditionOfList {
    pub list_id: ListId,
    pub condition_id: ConditionId,
    pub type_name: Option<String>,
    pub kind: String,
    pub words: String,
}

pub async fn list_conditions(tx: &mut Tx, org_id: OrgId, event_id: EventId) -> Result<Vec<ConditionOfList>> {
    let rows = sqlx::query_as!(
        ConditionOfList,
        r#"select own.list_id as "list_id: ListId", own.condition_id as "condition_id: ConditionId",
                  type.name as "type_name?", own.kind, own.words
             from check_in_condition as own
             join check_in_list as list on list.org_id = own.org_id and list.list_id = own.list_id
             left join ticket_type as type on type.org_id = own.org_id and type.ticket_type_id = own.ticket_type_id
            where own.org_id = $1
              and list.event_id = $2
              and own.removed_at is null
            order by own.created_at, own.condition_id
            limit $3"#,
        org_id.0,
        event_id.0,
        LISTS_MAX * CONDITIONS_MAX,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

pub async fn mark_condition_removed(
    tx: &mut Tx,
    event: (OrgId, EventId),
    (list_id, condition_id): (ListId, ConditionId),
    now: Instant,
) -> Result<bool> {
    let done = sqlx::query!(
        "update check_in_condition as own
            set removed_at = $5
           from check_in_list as list
          where own.org_id = $1
            and own.list_id = $3
            and own.condition_id = $4
            and own.removed_at is null
            and list.org_id = own.org_id
            and list.list_id = own.list_id
            and list.event_id = $2",
        event.0.0,
        event.1.0,
        list_id.0,
        condition_id.0,
        now as Instant,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
