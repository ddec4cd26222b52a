//! Lists and their rules, as the desk makes them and the gate keeps them.

use sqlx::PgPool;
use uuid::Uuid;

use super::show::{Held, Show};
use crate::{
    gate::{
        actions::{self, NewPairing},
        guard::Scanner,
        lists::{ConditionForm, ListForm, MarkForm, WindowForm},
        model::{DeviceRole, Reading},
        verdict::{Answer, Verdict, VerdictName},
    },
    kernel::{ListId, TicketTypeId},
};

impl Show {
    /// A second list, and a phone for it.
    async fn a_list(&self, form: ListForm) -> (ListId, Scanner) {
        let event_id = self.event.event_id;
        let list = actions::add_list(&self.stage.app, &self.owner, event_id, &form).await.expect("a list");
        (list, self.at("Kitchen", list).await)
    }

    /// A steward's phone that goes by the list as it is now.
    async fn at(&self, gate: &str, list: ListId) -> Scanner {
        self.scanner_of(&NewPairing { gate, list, role: DeviceRole::Steward.as_str() }).await
    }

    /// Another ticket type of the event.
    async fn a_type(&self, name: &str, product: u16) -> TicketTypeId {
        let id = TicketTypeId::fresh();
        self.execute(&format!(
            "insert into ticket_type (org_id, ticket_type_id, event_id, product, name, price_minor, currency)
             select org_id, '{id}', event_id, {product}, '{name}', 0, currency from event"
        ))
        .await;
        id
    }

    /// One more ticket in the order of another.
    async fn beside(&self, held: &Held, seq: i32, kind: TicketTypeId) {
        self.execute(&format!(
            "insert into ticket (org_id, ticket_id, event_id, order_id, line_no, seq, ticket_type_id, slot, code, manual_code, holder_name)
             select org_id, '{}', event_id, order_id, line_no, {seq}, '{kind}', {seq}, 'x', 'extra{seq}', holder_name
               from ticket where ticket_id = '{}'",
            Uuid::now_v7(),
            held.ticket_id,
        ))
        .await;
    }
}

fn named(name: &str) -> ListForm {
    ListForm { name: name.into(), ..ListForm::fresh() }
}

#[sqlx::test]
async fn a_ticket_is_checked_once_on_every_list(pool: PgPool) {
    let show = Show::open(pool).await;
    let north = show.scanner("North").await;
    let (_, kitchen) = show.a_list(named("Dinner")).await;
    let held = show.a_ticket().await;
    for gate in [&north, &kitchen] {
        assert_eq!(show.scan(gate, 1, &held.code).await.name(), VerdictName::Admitted);
        assert_eq!(show.scan(gate, 2, &held.code).await.name(), VerdictName::AlreadyIn);
    }
    assert_eq!(kitchen.rules.name, "Dinner");
}

#[sqlx::test]
async fn the_main_ticket_stands_for_what_was_bought_with_it(pool: PgPool) {
    let show = Show::open(pool).await;
    let (dinner, drink) = (show.a_type("Dinner", 90).await, show.a_type("Drink", 91).await);
    let types = vec![dinner.to_string(), drink.to_string()];
    let (_, kitchen) = show.a_list(ListForm { takes_add_ons: true, types, ..named("Food") }).await;
    let held = show.a_ticket().await;
    assert_eq!(show.scan(&kitchen, 1, &held.code).await.name(), VerdictName::NotOnList, "nothing was bought with it");
    show.beside(&held, 2, dinner).await;
    show.beside(&held, 3, dinner).await;
    show.beside(&held, 4, drink).await;
    let Verdict::Choose { choices, .. } = show.scan(&kitchen, 2, &held.code).await else { panic!("no choice") };
    assert_eq!(choices.iter().map(|choice| choice.type_name.as_str()).collect::<Vec<_>>(), ["Dinner", "Drink"]);
    let drink = Reading { choice: Some(choices[1].ticket), ..Show::reading(3, &held.code) };
    let verdict = actions::redeem(&show.stage.app, &kitchen, &drink).await.expect("a verdict");
    assert_eq!(verdict.holder(), Some(("Amina Otieno", "Drink")));
    let dinners = [show.scan(&kitchen, 4, &held.code).await, show.scan(&kitchen, 5, &held.code).await];
    assert!(dinners.iter().all(|verdict| verdict.name() == VerdictName::Admitted), "{dinners:?}");
    assert_eq!(show.scan(&kitchen, 6, &held.code).await.name(), VerdictName::AlreadyIn);
    assert_eq!(show.count("admission").await, 3);
}

#[sqlx::test]
async fn a_type_goes_by_its_own_gate_with_an_alert_and_a_question(pool: PgPool) {
    let show = Show::open(pool).await;
    let (app, event_id, list) = (&show.stage.app, show.event.event_id, show.main_list().await);
    let kind = show.event.types[0].to_string();
    for (what, ticket_type, words) in [
        ("gate", kind.as_str(), "East"),
        ("alert", "", "Coats"),
        ("confirm", "", "Id seen"),
        ("text", "", "Shirt size"),
    ] {
        let form = ConditionForm { kind: what.into(), ticket_type: ticket_type.into(), words: words.into() };
        actions::add_condition(app, &show.owner, (event_id, list), &form).await.expect("a condition");
    }
    let (north, east) = (show.at("North", list).await, show.at("EAST ", list).await);
    let held = show.a_ticket().await;
    let Verdict::WrongGate { gates, .. } = show.scan(&north, 1, &held.code).await else { panic!("by any gate") };
    assert_eq!(gates, ["East"]);
    let Verdict::Questions { questions, .. } = show.scan(&east, 1, &held.code).await else { panic!("not asked") };
    let answer = |number: usize, text: &str| Answer { question: questions[number].question_id, text: text.into() };
    let reading = |seq, answers| Reading { answers, ..Show::reading(seq, &held.code) };
    let half = actions::redeem(app, &east, &reading(2, vec![answer(0, "yes")])).await.expect("a verdict");
    assert_eq!(half.name(), VerdictName::Questions);
    let bad = actions::redeem(app, &east, &reading(3, vec![answer(1, "a\0b")])).await;
    assert_eq!(bad, Err(crate::error::AppError::BadRequest));
    let whole = actions::redeem(app, &east, &reading(3, vec![answer(0, "yes"), answer(1, "M")])).await;
    assert_eq!(whole.expect("a verdict").alerts(), ["Coats"]);
    assert_eq!(show.count("scan_answer where answer in ('yes', 'M')").await, 2);
    let desk = actions::lists_desk(app, &show.owner, event_id).await.expect("a desk");
    assert_eq!((desk.lists[0].conditions.len(), desk.lists[0].inside), (4, 1));
}

#[sqlx::test]
async fn a_list_keeps_its_hours_when_the_event_moves(pool: PgPool) {
    let show = Show::open(pool).await;
    let (app, event_id, list) = (&show.stage.app, show.event.event_id, show.main_list().await);
    let desk = actions::lists_desk(app, &show.owner, event_id).await.expect("a desk");
    let starts = desk.event.starts.clone();
    let day = starts.input_value()[..11].to_owned();
    let form = WindowForm { ticket_type: String::new(), opens: format!("{day}10:00"), closes: format!("{day}11:30") };
    actions::add_window(app, &show.owner, (event_id, list), &form).await.expect("hours");
    show.execute("update event set starts_at = starts_at + interval '3 days', ends_at = ends_at + interval '3 days'")
        .await;
    let moved = show.at("North", list).await.rules;
    let window = moved.windows.first().expect("a window");
    let shown = moved.clock.local(window.opens);
    assert_eq!((moved.windows.len(), shown.clock().as_str()), (1, "10:00"));
    assert_eq!(moved.clock.day(window.opens, 0) - moved.clock.day(starts.at, 0), 3);
    let held = show.a_ticket().await;
    let verdict = show.scan(&show.at("South", list).await, 1, &held.code).await;
    assert_eq!(verdict.name(), VerdictName::NotYet);
    let desk = actions::lists_desk(app, &show.owner, event_id).await.expect("a desk");
    let hours = desk.lists[0].windows[0].window_id;
    actions::remove_condition(app, &show.owner, (event_id, list), hours).await.expect("removed");
    assert_eq!(show.count("check_in_window").await, 0);
}

#[sqlx::test]
async fn a_ticket_that_the_desk_stops_stays_out_until_it_is_cleared(pool: PgPool) {
    let show = Show::open(pool).await;
    let (app, event_id) = (&show.stage.app, show.event.event_id);
    let north = show.scanner("North").await;
    let held = show.a_ticket().await;
    let mark = |standing: &str, alert: &str| MarkForm {
        code: held.manual.to_string().to_lowercase(),
        standing: standing.into(),
        alert: alert.into(),
    };
    for (seq, standing, wanted) in [(1, "blocked", VerdictName::Blocked), (2, "unapproved", VerdictName::Unapproved)] {
        actions::mark_ticket(app, &show.owner, event_id, &mark(standing, "")).await.expect("marked");
        assert_eq!(show.scan(&north, seq, &held.code).await.name(), wanted);
    }
    actions::clear_mark(app, &show.owner, event_id, held.ticket_id).await.expect("cleared");
    actions::mark_ticket(app, &show.owner, event_id, &mark("good", "Wheelchair")).await.expect("marked");
    assert_eq!(show.scan(&north, 3, &held.code).await.alerts(), ["Wheelchair"]);
    assert!(actions::mark_ticket(app, &show.owner, event_id, &mark("good", "")).await.is_err(), "says nothing");
}

#[sqlx::test]
async fn an_unpaid_ticket_is_the_lists_to_judge(pool: PgPool) {
    let show = Show::open(pool).await;
    let held = show.a_ticket().await;
    show.execute("update orders set state = 'pending'").await;
    let list = show.main_list().await;
    assert_eq!(show.scan(&show.at("A", list).await, 1, &held.code).await.name(), VerdictName::Unpaid);
    show.set_list("unpaid = 'ask'").await;
    let gate = show.at("B", list).await;
    assert_eq!(show.scan(&gate, 1, &held.code).await.name(), VerdictName::PayFirst);
    let paid = Reading { is_paid_here: true, ..Show::reading(2, &held.code) };
    let verdict = actions::redeem(&show.stage.app, &gate, &paid).await.expect("a verdict");
    assert_eq!(verdict.name(), VerdictName::Admitted);
    assert_eq!(show.count("scan where is_paid_here").await, 1);
}

#[sqlx::test]
async fn a_rule_that_is_lowered_later_breaks_no_promise(pool: PgPool) {
    let show = Show::open(pool).await;
    show.set_list("entries_max = 3").await;
    let north = show.scanner("North").await;
    let held = show.a_ticket().await;
    for seq in 1..=3 {
        assert_eq!(show.scan(&north, seq, &held.code).await.name(), VerdictName::Admitted);
    }
    show.set_list("entries_max = 1").await;
    let lowered = show.scanner("South").await;
    assert_eq!(show.scan(&lowered, 1, &held.code).await.name(), VerdictName::AlreadyIn);
    assert!(show.broken().await.is_empty(), "{:?}", show.broken().await);
}
