//! Coming in, going out, taking it back, and letting in against the rules.

use sqlx::PgPool;

use super::show::Show;
use crate::{
    error::AppError,
    gate::{
        actions,
        guard::{Scanner, scanner_from},
        model::{GateRefusal, Reading},
        verdict::{Verdict, VerdictName},
    },
    platform::sabotage::Weakness,
};

#[sqlx::test]
async fn who_was_scanned_out_comes_in_again_where_the_list_says_so(pool: PgPool) {
    let show = Show::open(pool).await;
    show.set_list("entries_max = 3, needs_exit = true").await;
    let north = show.scanner("North").await;
    let held = show.a_ticket().await;
    let mut said = Vec::new();
    for (seq, is_exit) in (1..).zip([false, false, true, true, false, true, false, true, false]) {
        let verdict = if is_exit {
            show.scan_out(&north, seq, &held.code).await
        } else {
            show.scan(&north, seq, &held.code).await
        };
        said.push(verdict.name());
    }
    use VerdictName::{Admitted, AlreadyIn, LetOut, UsedUp};
    assert_eq!(said, [Admitted, AlreadyIn, LetOut, LetOut, Admitted, LetOut, Admitted, LetOut, UsedUp]);
    assert_eq!(show.count("admission where left_at is not null").await, 3);
    assert!(show.broken().await.is_empty(), "{:?}", show.broken().await);
}

#[sqlx::test]
async fn a_single_entry_is_used_up_by_going_out(pool: PgPool) {
    let show = Show::open(pool).await;
    let north = show.scanner("North").await;
    let held = show.a_ticket().await;
    show.scan(&north, 1, &held.code).await;
    assert!(matches!(show.scan_out(&north, 2, &held.code).await, Verdict::LetOut { was_in: true, .. }));
    assert!(matches!(show.scan_out(&north, 3, &held.code).await, Verdict::LetOut { was_in: false, .. }));
    assert_eq!(show.scan(&north, 4, &held.code).await.name(), VerdictName::UsedUp);
    assert!(matches!(show.scan_out(&north, 2, &held.code).await, Verdict::LetOut { was_in: true, .. }), "sent again");
}

/// Fifty tries to come in with one ticket that is out; how many succeeded.
async fn rush(show: &Show, gate: &Scanner, code: &str) -> usize {
    let scans = (100..150).map(|seq| show.try_scan(gate, seq, code));
    let verdicts = futures::future::join_all(scans).await;
    verdicts.iter().filter(|verdict| matches!(verdict, Ok(Verdict::Admitted { .. }))).count()
}

#[sqlx::test]
async fn fifty_at_once_come_in_again_once_where_an_exit_is_needed(pool: PgPool) {
    let show = Show::open(pool).await;
    show.set_list("entries_max = 1000, needs_exit = true").await;
    let north = show.scanner("North").await;
    let held = show.a_ticket().await;
    show.scan(&north, 1, &held.code).await;
    show.scan_out(&north, 2, &held.code).await;
    assert_eq!(rush(&show, &north, &held.code).await, 1);
    assert!(show.broken().await.is_empty());
}

/// Has whoever lets somebody in wait before the commit, so that rivals look before it.
const SLOW_ADMISSION: &str = "
    create function wait_a_moment() returns trigger language plpgsql as $$
    begin
        perform pg_sleep(0.2);
        return new;
    end $$;
    create trigger wait_a_moment before insert on admission for each row execute function wait_a_moment()";

/// The proof that the race above is one.
#[sqlx::test]
async fn without_its_constraints_the_same_fifty_come_in_more_than_once(pool: PgPool) {
    let show = Show::open(pool).await;
    show.set_list("entries_max = 1000, needs_exit = true").await;
    show.execute("alter table admission drop constraint admission_once; drop index admission_once_inside").await;
    show.execute(SLOW_ADMISSION).await;
    let north = show.scanner("North").await;
    let held = show.a_ticket().await;
    assert!(rush(&show, &north, &held.code).await > 1);
    assert_eq!(show.broken().await, ["g01_in_twice_at_once"]);
}

/// Twenty tickets at once at a house for three; how many came in.
async fn fill(show: &Show) -> usize {
    let north = show.scanner("North").await;
    let mut held = Vec::new();
    for _ in 0..20 {
        held.push(show.a_ticket().await);
    }
    let scans = (1..).zip(&held).map(|(seq, held)| show.try_scan(&north, seq, &held.code));
    let verdicts = futures::future::join_all(scans).await;
    assert!(verdicts.iter().all(Result::is_ok), "{verdicts:?}");
    verdicts.iter().filter(|verdict| matches!(verdict, Ok(Verdict::Admitted { .. }))).count()
}

#[sqlx::test]
async fn a_house_for_three_takes_three_of_twenty_at_once(pool: PgPool) {
    let show = Show::open(pool).await;
    show.set_list("inside_max = 3").await;
    assert_eq!(fill(&show).await, 3);
    assert_eq!(show.count("scan where verdict = 'full'").await, 17);
    assert!(show.broken().await.is_empty());
}

#[sqlx::test]
async fn a_gate_that_counts_without_a_lock_overfills_the_house(pool: PgPool) {
    let show = Show::open(pool).await;
    show.set_list("inside_max = 3").await;
    show.stage.app.sabotage.switch_on(Weakness::ForgetfulGate);
    assert!(fill(&show).await > 3, "the test above could not fail");
}

#[sqlx::test]
async fn a_place_is_free_again_when_somebody_goes_out(pool: PgPool) {
    let show = Show::open(pool).await;
    show.set_list("inside_max = 1").await;
    let north = show.scanner("North").await;
    let (first, second) = (show.a_ticket().await, show.a_ticket().await);
    show.scan(&north, 1, &first.code).await;
    assert_eq!(show.scan(&north, 2, &second.code).await.name(), VerdictName::Full);
    show.scan_out(&north, 3, &first.code).await;
    assert_eq!(show.scan(&north, 4, &second.code).await.name(), VerdictName::Admitted);
}

#[sqlx::test]
async fn everybody_counts_as_out_at_the_lists_hour(pool: PgPool) {
    let show = Show::open(pool).await;
    let hour_ahead = "extract(hour from (now() + interval '7 days') at time zone 'Africa/Nairobi')::int * 60";
    show.set_list(&format!(
        "entries_max = 9, needs_exit = true, inside_max = 1, closes_after_mins = 2000, out_at_mins = {hour_ahead}"
    ))
    .await;
    let north = show.scanner("North").await;
    let (held, other) = (show.a_ticket().await, show.a_ticket().await);
    show.scan(&north, 1, &held.code).await;
    assert_eq!(show.scan(&north, 2, &other.code).await.name(), VerdictName::Full);
    show.stage.app.clock.advance_secs(24 * 60 * 60);
    assert_eq!(show.scan(&north, 3, &held.code).await.name(), VerdictName::Admitted, "a day later all are out");
    assert_eq!(show.count("admission where left_at is not null and left_scan_id is null").await, 1);
    assert!(show.broken().await.is_empty(), "{:?}", show.broken().await);
}

#[sqlx::test]
async fn what_is_taken_back_may_be_done_again(pool: PgPool) {
    let show = Show::open(pool).await;
    let app = &show.stage.app;
    let north = show.scanner("North").await;
    let held = show.a_ticket().await;
    show.scan(&north, 1, &held.code).await;
    actions::undo(app, &north, 1, "wrong person").await.expect("taken back");
    actions::undo(app, &north, 1, "pressed twice").await.expect("and twice is once");
    assert_eq!((show.count("admission").await, show.count("scan_undo").await), (0, 1));
    assert_eq!(show.scan(&north, 2, &held.code).await.name(), VerdictName::Admitted);
    show.scan_out(&north, 3, &held.code).await;
    assert_eq!(
        actions::undo(app, &north, 2, "too late").await,
        Err(GateRefusal::NotTheLastMove.into()),
        "an entry below an exit"
    );
    actions::undo(app, &north, 3, "only fetched a coat").await.expect("the exit taken back");
    assert_eq!(show.scan(&north, 4, &held.code).await.name(), VerdictName::AlreadyIn);
    let scans = actions::recent_scans(app, &north).await.expect("scans");
    assert_eq!(scans.iter().filter(|scan| scan.is_undone).count(), 2);
    assert_eq!(show.count("scan_undo where reason = 'wrong person'").await, 1);
    assert!(show.broken().await.is_empty(), "{:?}", show.broken().await);
}

#[sqlx::test]
async fn only_what_happened_here_and_lately_is_taken_back(pool: PgPool) {
    let show = Show::open(pool).await;
    let app = &show.stage.app;
    let (north, south, chief) =
        (show.scanner("North").await, show.scanner("South").await, show.supervisor("Chief").await);
    let (held, other) = (show.a_ticket().await, show.a_ticket().await);
    show.scan(&north, 1, &held.code).await;
    show.scan(&chief, 1, &other.code).await;
    show.scan(&south, 1, &held.code).await;
    let nothing = Err(GateRefusal::NothingToUndo.into());
    assert_eq!(actions::undo(app, &south, 1, "a refusal").await, nothing);
    assert_eq!(actions::undo(app, &north, 7, "never scanned").await, nothing);
    for reason in ["", "  ", "a\0b", &"x".repeat(121)] {
        assert!(matches!(actions::undo(app, &north, 1, reason).await, Err(AppError::Invalid(_))), "{reason}");
    }
    app.clock.advance_secs(11 * 60);
    assert_eq!(actions::undo(app, &north, 1, "long ago").await, Err(GateRefusal::UndoTooLate.into()));
    actions::undo(app, &chief, 1, "a supervisor may").await.expect("taken back");
}

#[sqlx::test]
async fn a_supervisor_lets_in_against_the_rules_and_says_why(pool: PgPool) {
    let show = Show::open(pool).await;
    let app = &show.stage.app;
    let (north, chief) = (show.scanner("North").await, show.supervisor("Chief").await);
    let held = show.a_ticket().await;
    show.scan(&north, 1, &held.code).await;
    let because =
        |seq, reason: &str| Reading { override_reason: Some(reason.to_owned()), ..Show::reading(seq, &held.code) };
    let steward = actions::redeem(app, &north, &because(2, "my friend")).await;
    assert_eq!(steward, Err(GateRefusal::SupervisorOnly.into()));
    let silent = actions::redeem(app, &chief, &because(1, "  ")).await;
    assert_eq!(silent, Err(GateRefusal::SupervisorOnly.into()));
    let verdict = actions::redeem(app, &chief, &because(1, "came back for a child")).await.expect("a verdict");
    assert!(matches!(verdict, Verdict::Admitted { entry: 2, entries_max: 1, is_override: true, .. }), "{verdict:?}");
    assert_eq!(actions::redeem(app, &chief, &because(1, "came back for a child")).await, Ok(verdict), "sent again");
    assert_eq!(show.count("audit_entry where verb = 'let in against the rules'").await, 1);
    show.execute("update ticket set state = 'void', voided_at = now() + interval '9 days'").await;
    let void = actions::redeem(app, &chief, &because(2, "please")).await.expect("a verdict");
    assert_eq!(void, Verdict::Revoked);
    assert!(show.broken().await.is_empty(), "{:?}", show.broken().await);
}

#[sqlx::test]
async fn no_rule_gives_more_entries_than_it_has_whatever_the_rust_does(pool: PgPool) {
    let show = Show::open(pool).await;
    let north = show.scanner("North").await;
    show.scan(&north, 1, &show.a_ticket().await.code).await;
    let more =
        "insert into admission (org_id, list_id, ticket_id, entry_no, event_id, scan_id, admitted_at, entries_max)
                select org_id, list_id, ticket_id, 2, event_id, scan_id, admitted_at, 1 from admission";
    let refused = sqlx::query(more).execute(&show.stage.app.db).await.expect_err("refused");
    assert!(refused.to_string().contains("admission_within_rule"), "{refused}");
}

#[sqlx::test]
async fn the_phone_learns_its_role_with_its_post(pool: PgPool) {
    let show = Show::open(pool).await;
    let chief = show.supervisor("Chief").await;
    let post = actions::open_post(&show.stage.app, &chief).await.expect("a post");
    assert_eq!((post.role, post.rules.list_id), (chief.role, show.main_list().await));
    let bare = http::Request::builder().body(()).expect("a request").into_parts().0;
    assert!(scanner_from(&show.stage.app, &bare).await.is_err());
}
