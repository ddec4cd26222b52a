//! Making lists, and changing what they ask for.

use std::collections::HashMap;

use serde_json::json;

use super::pairing::ensure_default_list;
use crate::{
    error::{AppError, Result},
    events,
    gate::{
        lists::{
            CONDITIONS_MAX, CheckInList, ConditionForm, ConditionKind, LISTS_MAX, ListForm, ListsDesk, Mark,
            MarkStanding, ShownCondition, ShownWindow, TypeName, WindowForm,
        },
        model::GateRefusal,
        store::{self, ListRow, NewCondition, NewWindow},
    },
    kernel::{ConditionId, EventId, FieldFault, Instant, ListId, LocalTime, OrgId, TicketTypeId, ZoneName},
    orgs::Staff,
    platform::{
        audit,
        db::Tx,
        state::AppState,
        zone::{local_time, parse_local, zone_clock},
    },
};

const DAY_MINS: i64 = 24 * 60;

/// An event's lists with all that they ask for.
pub async fn lists_desk(app: &AppState, staff: &Staff, event_id: EventId) -> Result<ListsDesk> {
    let (org_id, now) = (staff.org_id, app.now());
    let mut tx = app.begin().await?;
    let (event, zone, _) = events::get_event_head(&mut tx, org_id, event_id).await?;
    ensure_default_list(&mut tx, org_id, event_id).await?;
    let mut windows = windows_of(&mut tx, (org_id, event_id), (event.starts.at, &zone)).await?;
    let mut conditions = conditions_of(&mut tx, (org_id, event_id)).await?;
    let rows = store::list_lists(&mut tx, org_id, event_id).await?;
    let mut inside = houses(&mut tx, org_id, &rows, (event.starts.at, &zone, now)).await?;
    let list_of = |row: ListRow| CheckInList {
        list_id: row.list_id,
        inside: inside.remove(&row.list_id).unwrap_or_default(),
        windows: windows.remove(&row.list_id).unwrap_or_default(),
        conditions: conditions.remove(&row.list_id).unwrap_or_default(),
        form: form_of(row),
    };
    let lists = rows.into_iter().map(list_of).collect();
    let types = store::list_type_names(&mut tx, org_id, event_id).await?;
    let gates = store::list_gate_names(&mut tx, org_id, event_id).await?;
    let marks = store::list_marks(&mut tx, org_id, event_id).await?;
    tx.commit().await?;
    Ok(ListsDesk {
        event,
        lists,
        types: types.into_iter().map(|(ticket_type_id, name)| TypeName { ticket_type_id, name }).collect(),
        gates,
        marks: marks.into_iter().map(shown_mark).collect(),
    })
}

/// How many each list knows to be in.
async fn houses(
    tx: &mut Tx,
    org_id: OrgId,
    rows: &[ListRow],
    (starts_at, zone, now): (Instant, &ZoneName, Instant),
) -> Result<HashMap<ListId, i64>> {
    let clock = days_from(starts_at, zone).clock;
    let since = |mins: i32| {
        let mins = u16::try_from(mins).unwrap_or_default();
        clock.day_start(clock.day(now, mins), mins)
    };
    let lists: Vec<_> = rows.iter().map(|row| (row.list_id, row.out_at_mins.map(since))).collect();
    Ok(store::count_houses(tx, org_id, &lists).await?.into_iter().collect())
}

async fn windows_of(
    tx: &mut Tx,
    (org_id, event_id): (OrgId, EventId),
    (starts_at, zone): (Instant, &ZoneName),
) -> Result<HashMap<ListId, Vec<ShownWindow>>> {
    let day = days_from(starts_at, zone);
    let at = |(days, mins): (i32, i32)| -> LocalTime {
        let start = day.clock.day_start(day.first + i64::from(days), u16::try_from(mins).unwrap_or_default());
        local_time(start, zone)
    };
    let mut lists: HashMap<_, Vec<_>> = HashMap::new();
    for row in store::list_windows(tx, org_id, event_id).await? {
        lists.entry(row.list_id).or_default().push(ShownWindow {
            window_id: row.window_id,
            type_name: row.type_name,
            opens: at((row.opens_day, row.opens_mins)),
            closes: at((row.closes_day, row.closes_mins)),
        });
    }
    Ok(lists)
}

async fn conditions_of(tx: &mut Tx, event: (OrgId, EventId)) -> Result<HashMap<ListId, Vec<ShownCondition>>> {
    let mut lists: HashMap<_, Vec<_>> = HashMap::new();
    for row in store::list_conditions(tx, event.0, event.1).await? {
        lists.entry(row.list_id).or_default().push(ShownCondition {
            condition_id: row.condition_id,
            type_name: row.type_name,
            kind: ConditionKind::of(&row.kind).unwrap_or(ConditionKind::Alert),
            words: row.words,
        });
    }
    Ok(lists)
}

fn form_of(row: ListRow) -> ListForm {
    let maybe = |number: Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
    ListForm {
        name: row.name,
        entries_max: row.entries_max.to_string(),
        day_entries_max: maybe(row.day_entries_max),
        days_max: maybe(row.days_max),
        pause_mins: maybe(row.pause_mins),
        pass_mins: maybe(row.pass_mins),
        needs_exit: row.needs_exit,
        out_at: row.out_at_mins.map(|mins| format!("{:02}:{:02}", mins / 60, mins % 60)).unwrap_or_default(),
        inside_max: maybe(row.inside_max),
        unpaid: row.unpaid,
        takes_add_ons: row.takes_add_ons,
        opens_before_mins: row.opens_before_mins.to_string(),
        closes_after_mins: row.closes_after_mins.to_string(),
        types: row.types.iter().map(ToString::to_string).collect(),
    }
}

fn shown_mark(row: store::MarkRow) -> Mark {
    Mark {
        ticket_id: row.ticket_id,
        holder: row.holder_name,
        type_name: row.type_name,
        standing: MarkStanding::of(&row.standing).unwrap_or(MarkStanding::Good),
        alert: row.alert,
    }
}

/// Adds a list.
pub async fn add_list(app: &AppState, staff: &Staff, event_id: EventId, form: &ListForm) -> Result<ListId> {
    let new = form.parse(false)?;
    let (event, list_id) = ((staff.org_id, event_id), ListId::fresh());
    let mut tx = app.begin().await?;
    store::lock_event(&mut tx, event.0, event.1).await?.ok_or(AppError::NotFound)?;
    ensure_default_list(&mut tx, event.0, event.1).await?;
    if store::count_lists(&mut tx, event.0, event.1).await? >= LISTS_MAX {
        return Err(GateRefusal::TooManyRules.into());
    }
    let name = new.name.as_ref().map_or("", |name| name.as_str());
    store::insert_named_list(&mut tx, event, list_id, name).await?;
    store::update_list(&mut tx, event, list_id, &new).await?;
    put_types(&mut tx, event, list_id, &new.types).await?;
    note(&mut tx, staff, (event_id, list_id), "added check-in list").await?;
    tx.commit().await?;
    Ok(list_id)
}

/// Changes a list. Phones at its gates go by the new rules from their next scan on.
pub async fn change_list(
    app: &AppState,
    staff: &Staff,
    (event_id, list_id): (EventId, ListId),
    form: &ListForm,
) -> Result<()> {
    let event = (staff.org_id, event_id);
    let mut tx = app.begin().await?;
    store::lock_event(&mut tx, event.0, event.1).await?.ok_or(AppError::NotFound)?;
    let is_main = store::find_list(&mut tx, event.0, event.1).await? == Some(list_id);
    let new = form.parse(is_main)?;
    if !store::update_list(&mut tx, event, list_id, &new).await? {
        return Err(AppError::NotFound);
    }
    put_types(&mut tx, event, list_id, &new.types).await?;
    note(&mut tx, staff, (event_id, list_id), "changed check-in list").await?;
    tx.commit().await?;
    Ok(())
}

async fn put_types(tx: &mut Tx, event: (OrgId, EventId), list_id: ListId, types: &[TicketTypeId]) -> Result<()> {
    let mut types = types.to_vec();
    types.sort_unstable();
    types.dedup();
    let put = store::replace_types(tx, event, list_id, &types).await?;
    let is_whole = usize::try_from(put).is_ok_and(|put| put == types.len());
    if is_whole { Ok(()) } else { Err(AppError::field("types", FieldFault::NotAChoice)) }
}

/// Days of an event, counted from its first one.
struct Days {
    clock: crate::kernel::ZoneClock,
    first: i64,
}

fn days_from(starts_at: Instant, zone: &ZoneName) -> Days {
    let clock = zone_clock(zone, starts_at.plus_mins(-62 * DAY_MINS), starts_at.plus_mins(400 * DAY_MINS));
    let first = clock.day(starts_at, 0);
    Days { clock, first }
}

/// Adds hours in which a list lets in. They are kept as days of the event, and move with it.
pub async fn add_window(
    app: &AppState,
    staff: &Staff,
    (event_id, list_id): (EventId, ListId),
    form: &WindowForm,
) -> Result<()> {
    let event = (staff.org_id, event_id);
    let mut tx = app.begin().await?;
    let (starts_at, zone) = store::lock_event(&mut tx, event.0, event.1).await?.ok_or(AppError::NotFound)?;
    let days = days_from(starts_at, &zone);
    let day = |at: Instant| days.clock.day(at, 0) - days.first;
    let span = form.parse(|text| parse_local(text, &zone), day)?;
    let place = |at: Instant| {
        let local = days.clock.local(at);
        let mins = i32::from(local.hour) * 60 + i32::from(local.minute);
        (i32::try_from(day(at)).unwrap_or_default(), mins)
    };
    let window = NewWindow {
        window_id: ConditionId::fresh(),
        ticket_type: span.ticket_type,
        opens: place(span.opens),
        closes: place(span.closes),
    };
    has_room(&mut tx, staff.org_id, list_id).await?;
    if !store::insert_window(&mut tx, event, list_id, &window).await? {
        return Err(AppError::NotFound);
    }
    note(&mut tx, staff, (event_id, list_id), "added a window to check-in list").await?;
    tx.commit().await?;
    Ok(())
}

/// Adds a gate, an alert or a question to a list.
pub async fn add_condition(
    app: &AppState,
    staff: &Staff,
    (event_id, list_id): (EventId, ListId),
    form: &ConditionForm,
) -> Result<()> {
    let (kind, ticket_type, words) = form.parse()?;
    let event = (staff.org_id, event_id);
    let mut tx = app.begin().await?;
    store::lock_event(&mut tx, event.0, event.1).await?.ok_or(AppError::NotFound)?;
    has_room(&mut tx, staff.org_id, list_id).await?;
    let condition =
        NewCondition { condition_id: ConditionId::fresh(), ticket_type, kind: kind.as_str(), words: words.as_str() };
    if !store::insert_condition(&mut tx, event, list_id, &condition).await? {
        return Err(AppError::NotFound);
    }
    note(&mut tx, staff, (event_id, list_id), "added a condition to check-in list").await?;
    tx.commit().await?;
    Ok(())
}

async fn has_room(tx: &mut Tx, org_id: OrgId, list_id: ListId) -> Result<()> {
    let count = store::count_conditions(tx, org_id, list_id).await?;
    if count < CONDITIONS_MAX { Ok(()) } else { Err(GateRefusal::TooManyRules.into()) }
}

/// Takes a window, a gate, an alert or a question off a list.
pub async fn remove_condition(
    app: &AppState,
    staff: &Staff,
    (event_id, list_id): (EventId, ListId),
    condition_id: ConditionId,
) -> Result<()> {
    let event = (staff.org_id, event_id);
    let mut tx = app.begin().await?;
    let is_gone = store::delete_window(&mut tx, event, list_id, condition_id).await?
        || store::mark_condition_removed(&mut tx, event, (list_id, condition_id), app.now()).await?;
    if !is_gone {
        return Err(AppError::NotFound);
    }
    note(&mut tx, staff, (event_id, list_id), "took a condition off check-in list").await?;
    tx.commit().await?;
    Ok(())
}

async fn note(tx: &mut Tx, staff: &Staff, (event_id, list_id): (EventId, ListId), verb: &str) -> Result<()> {
    let entry = audit::Entry {
        org_id: Some(staff.org_id),
        actor: staff.actor(),
        verb,
        subject: format!("list:{list_id}"),
        detail: json!({ "event": event_id }),
    };
    audit::write(tx, entry).await
}
