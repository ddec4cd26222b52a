//! Making and changing lists on the desk.

use sqlx::PgPool;

use super::show::Show;
use crate::{
    error::AppError,
    gate::{
        actions,
        lists::{ConditionForm, ListForm, MarkForm, WindowForm},
    },
    kernel::{ConditionId, FieldFault, ListId, TicketId, TicketTypeId},
};

fn named(name: &str) -> ListForm {
    ListForm { name: name.into(), ..ListForm::fresh() }
}

#[sqlx::test]
async fn what_is_saved_is_shown_again(pool: PgPool) {
    let show = Show::open(pool).await;
    let (app, event_id) = (&show.stage.app, show.event.event_id);
    let form = ListForm {
        entries_max: "20".into(),
        day_entries_max: "2".into(),
        days_max: "3".into(),
        pause_mins: "15".into(),
        pass_mins: "600".into(),
        needs_exit: true,
        out_at: "05:00".into(),
        inside_max: "800".into(),
        unpaid: "ask".into(),
        takes_add_ons: true,
        opens_before_mins: "90".into(),
        closes_after_mins: "30".into(),
        types: vec![show.event.types[0].to_string()],
        ..named("Backstage")
    };
    let list = actions::add_list(app, &show.owner, event_id, &form).await.expect("a list");
    let shown = || async { actions::lists_desk(app, &show.owner, event_id).await.expect("a desk").lists };
    assert_eq!(shown().await.into_iter().map(|list| list.form).collect::<Vec<_>>(), [ListForm::fresh(), form]);
    let plain = named("Garden");
    actions::change_list(app, &show.owner, (event_id, list), &plain).await.expect("changed");
    assert_eq!(shown().await[1].form, plain);
    let main = shown().await[0].list_id;
    let main_form = ListForm { entries_max: "2".into(), ..named("ignored") };
    actions::change_list(app, &show.owner, (event_id, main), &main_form).await.expect("changed");
    assert_eq!(shown().await[0].form.name, "", "the list that every event has keeps having no name");
}

#[sqlx::test]
async fn two_lists_of_one_name_are_told_apart(pool: PgPool) {
    let show = Show::open(pool).await;
    let (app, event_id) = (&show.stage.app, show.event.event_id);
    let taken = Err(AppError::field("name", FieldFault::Taken));
    actions::add_list(app, &show.owner, event_id, &named("Food")).await.expect("a list");
    assert_eq!(actions::add_list(app, &show.owner, event_id, &named("Food")).await, taken);
    let other = actions::add_list(app, &show.owner, event_id, &named("Drinks")).await.expect("a list");
    let renamed = actions::change_list(app, &show.owner, (event_id, other), &named("Food")).await;
    assert_eq!(renamed, Err(AppError::field("name", FieldFault::Taken)));
}

#[sqlx::test]
async fn another_organizers_lists_types_and_tickets_are_not_found(pool: PgPool) {
    let show = Show::open(pool).await;
    let app = &show.stage.app;
    let (_, stranger) = show.stage.an_org("koroga").await;
    let theirs = Show::event_of(&show.stage, &stranger, "Koroga").await;
    let (ours, list) = (show.event.event_id, show.main_list().await);
    let lost = Err(AppError::NotFound);
    assert_eq!(actions::change_list(app, &stranger, (ours, list), &named("x")).await, lost);
    assert_eq!(actions::change_list(app, &stranger, (theirs.event_id, list), &named("x")).await, lost);
    assert_eq!(actions::change_list(app, &show.owner, (ours, ListId::fresh()), &named("x")).await, lost);
    let types = vec![theirs.types[0].to_string()];
    let foreign = actions::add_list(app, &show.owner, ours, &ListForm { types, ..named("x") }).await;
    assert_eq!(foreign, Err(AppError::field("types", FieldFault::NotAChoice)));
    let form = ConditionForm { kind: "alert".into(), ticket_type: String::new(), words: "x".into() };
    assert_eq!(actions::add_condition(app, &stranger, (theirs.event_id, list), &form).await, lost);
    let form = ConditionForm { ticket_type: TicketTypeId::fresh().to_string(), ..form };
    assert_eq!(actions::add_condition(app, &show.owner, (ours, list), &form).await, lost);
    let gone = actions::remove_condition(app, &show.owner, (ours, list), ConditionId::fresh()).await;
    assert_eq!(gone, lost);
    let held = show.a_ticket().await;
    let mark = MarkForm { code: held.manual.to_string(), standing: "blocked".into(), alert: String::new() };
    let unknown = actions::mark_ticket(app, &stranger, theirs.event_id, &mark).await;
    assert_eq!(unknown, Err(AppError::field("code", FieldFault::NotAChoice)));
    assert_eq!(actions::clear_mark(app, &show.owner, ours, TicketId::fresh()).await, lost);
}

#[sqlx::test]
async fn hours_end_after_they_begin_and_lie_near_their_event(pool: PgPool) {
    let show = Show::open(pool).await;
    let (app, event_id, list) = (&show.stage.app, show.event.event_id, show.main_list().await);
    let desk = actions::lists_desk(app, &show.owner, event_id).await.expect("a desk");
    let day = desk.event.starts.input_value()[..11].to_owned();
    let owner = &show.owner;
    let add = |opens: String, closes: String| {
        let form = WindowForm { ticket_type: String::new(), opens, closes };
        async move { actions::add_window(app, owner, (event_id, list), &form).await }
    };
    let backwards = add(format!("{day}12:00"), format!("{day}12:00")).await;
    assert_eq!(backwards, Err(AppError::field("closes", FieldFault::EndsBeforeStart)));
    assert!(add("2001-01-01T10:00".into(), format!("{day}12:00")).await.is_err());
    assert!(add(format!("{day}10:00"), "2099-01-01T10:00".into()).await.is_err());
    assert_eq!(show.count("check_in_window").await, 0);
}
