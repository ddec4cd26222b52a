//! SQL for: `check_in_list`, `check_in_window`, `check_in_condition`; reads event and `ticket_type`.

use serde::Deserialize;
use sqlx::types::Json;

use crate::{
    error::Result,
    kernel::{ConditionId, Instant, ListId, OrgId},
    platform::db::Tx,
};

/// A list with all that its rules are made of.
pub struct RulesRow {
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
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub zone: String,
    pub products: Vec<i32>,
    pub windows: Json<Vec<WindowRow>>,
    pub conditions: Json<Vec<ConditionRow>>,
}

/// Days after the event's first one, and minutes by its clocks.
#[derive(Deserialize)]
pub struct WindowRow {
    pub product: Option<u16>,
    pub opens_day: i64,
    pub opens_mins: u16,
    pub closes_day: i64,
    pub closes_mins: u16,
}

#[derive(Deserialize)]
pub struct ConditionRow {
    pub id: ConditionId,
    pub product: Option<u16>,
    pub kind: String,
    pub words: String,
}

/// The list with its windows and conditions, in one statement, since every scan asks for it.
pub async fn find_rules(tx: &mut Tx, org_id: OrgId, list_id: ListId) -> Result<Option<RulesRow>> {
    let row = sqlx::query_as!(
        RulesRow,
        r#"select list.list_id as "list_id: ListId", list.name, list.entries_max, list.day_entries_max, list.days_max,
                  list.pause_mins, list.pass_mins, list.needs_exit, list.out_at_mins, list.inside_max, list.unpaid,
                  list.takes_add_ons, list.opens_before_mins, list.closes_after_mins, event.starts_at, event.ends_at, event.zone,
                  array(select type.product
                          from check_in_list_type as own
                          join ticket_type as type on type.org_id = own.org_id and type.ticket_type_id = own.ticket_type_id
                         where own.org_id = $1 and own.list_id = $2
                         order by type.product) as "products!",
                  (select coalesce(json_agg(json_build_object(
                              'product', type.product, 'opens_day', own.opens_day, 'opens_mins', own.opens_mins,
                              'closes_day', own.closes_day, 'closes_mins', own.closes_mins)), '[]')
                     from check_in_window as own
                     left join ticket_type as type on type.org_id = own.org_id and type.ticket_type_id = own.ticket_type_id
                    where own.org_id = $1 and own.list_id = $2) as "windows!: Json<Vec<WindowRow>>",
                  (select coalesce(json_agg(json_build_object(
                              'id', own.condition_id, 'product', type.product, 'kind', own.kind, 'words', own.words)
                              order by own.created_at, own.condition_id), '[]')
                     from check_in_condition as own
                     left join ticket_type as type on type.org_id = own.org_id and type.ticket_type_id = own.ticket_type_id
                    where own.org_id = $1 and own.list_id = $2 and own.removed_at is null
                  ) as "conditions!: Json<Vec<ConditionRow>>"
             from check_in_list as list
             join event on event.org_id = list.org_id and event.event_id = list.event_id
            where list.org_id = $1
              and list.list_id = $2"#,
        org_id.0,
        list_id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row)
}

/// Locks a list, so that no two scans count its house at once.
pub async fn lock_list(tx: &mut Tx, org_id: OrgId, list_id: ListId) -> Result<()> {
    sqlx::query!(
        "select list_id
           from check_in_list
          where org_id = $1
            and list_id = $2
            for no key update",
        org_id.0,
        list_id.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(())
}
