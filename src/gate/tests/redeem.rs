//! Tickets at the door: once, in time, and never twice at once.

use std::collections::HashSet;

use sqlx::PgPool;

use super::show::{Show, a_ticket};
use crate::{
    error::AppError,
    gate::{
        model::GateRefusal,
        verdict::{Verdict, VerdictName},
    },
    kernel::{Instant, TicketTypeId},
    platform::secrets,
    tickets::{ManualCode, make_event_key},
};

#[sqlx::test]
async fn a_ticket_lets_in_once_and_then_tells_when_and_where(pool: PgPool) {
    let show = Show::open(pool).await;
    let (north, south) = (show.scanner("North").await, show.scanner("South").await);
    let held = show.a_ticket().await;
    let first = show.scan(&north, 1, &held.code).await;
    assert_eq!(first.holder(), Some(("Amina Otieno", "Regular")));
    assert_eq!(first.name(), VerdictName::Admitted);
    show.stage.app.clock.advance_secs(60);
    let Verdict::AlreadyIn { at, gate, .. } = show.scan(&south, 1, &held.code).await else { panic!("let in twice") };
    assert_eq!((at.at, gate.as_str()), (Instant(show.stage.app.now().0 - 60_000), "North"));
    assert_eq!(show.scan(&north, 2, held.manual.as_str()).await.name(), VerdictName::AlreadyIn, "by its typed code");
    assert_eq!((show.count("scan").await, show.count("admission").await), (3, 1));
}

#[sqlx::test]
async fn the_same_reading_sent_again_gets_the_same_answer(pool: PgPool) {
    let show = Show::open(pool).await;
    let north = show.scanner("North").await;
    let held = show.a_ticket().await;
    let first = show.scan(&north, 1, &held.code).await;
    assert_eq!(show.scan(&north, 1, &held.code).await, first, "after the answer was lost");
    let refused = show.scan(&north, 2, &held.code).await;
    assert_eq!(show.scan(&north, 2, &held.code).await, refused);
    let garbage = show.scan(&north, 3, "T1:nonsense").await;
    assert_eq!(show.scan(&north, 3, "T1:nonsense").await, garbage);
    let other = show.a_ticket().await;
    let reused = show.try_scan(&north, 1, &other.code).await;
    assert_eq!(reused, Err(GateRefusal::SequenceReused.into()), "another code under a used number");
    assert_eq!((show.count("scan").await, show.count("admission").await), (3, 1));
}

#[sqlx::test]
async fn the_same_reading_sent_ten_times_at_once_is_one_scan(pool: PgPool) {
    let show = Show::open(pool).await;
    let north = show.scanner("North").await;
    let held = show.a_ticket().await;
    let verdicts = futures::future::join_all((0..10).map(|_| show.scan(&north, 1, &held.code))).await;
    assert!(verdicts.iter().all(|verdict| verdict.name() == VerdictName::Admitted), "{verdicts:?}");
    assert_eq!((show.count("scan").await, show.count("admission").await), (1, 1));
}

/// Fifty scans of one ticket at five gates at once: how many were let in.
async fn let_in_by_fifty_scans(show: &Show) -> usize {
    let mut gates = Vec::new();
    for gate in ["A", "B", "C", "D", "E"] {
        gates.push(show.scanner(gate).await);
    }
    let held = show.a_ticket().await;
    let scans = (0..50_i64).map(|n| {
        let gate = &gates[usize::try_from(n % 5).expect("small")];
        show.try_scan(gate, n / 5 + 1, &held.code)
    });
    let verdicts = futures::future::join_all(scans).await;
    verdicts.iter().filter(|verdict| matches!(verdict, Ok(Verdict::Admitted { .. }))).count()
}

#[sqlx::test]
async fn fifty_scans_of_one_ticket_at_once_let_in_one(pool: PgPool) {
    let show = Show::open(pool).await;
    assert_eq!(let_in_by_fifty_scans(&show).await, 1);
    assert_eq!((show.count("scan").await, show.count("admission").await), (50, 1));
}

/// Keeps entries from being written until two scans want to, both of which have looked: however busy the machine is, they
/// meet.
async fn hold_back_two_entries(show: &Show) {
    let mut barrier = show.stage.app.db.begin().await.expect("a transaction");
    sqlx::query("lock table admission in share row exclusive mode").execute(&mut *barrier).await.expect("a lock");
    loop {
        let waiting = "select count(*) from pg_locks where relation = 'admission'::regclass and not granted";
        let (waiting,): (i64,) = sqlx::query_as(waiting).fetch_one(&mut *barrier).await.expect("locks");
        if waiting >= 2 {
            return barrier.commit().await.expect("a commit");
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

/// The proof that the race above is one: without `admission_once`, looking first and writing later lets in several.
#[sqlx::test]
async fn without_the_constraint_the_same_fifty_scans_let_in_more(pool: PgPool) {
    let show = Show::open(pool).await;
    show.execute("alter table admission drop constraint admission_once").await;
    let (let_in, ()) = tokio::join!(let_in_by_fifty_scans(&show), hold_back_two_entries(&show));
    assert!(let_in > 1, "the test above could not fail");
}

#[sqlx::test]
async fn a_ticket_for_three_days_lets_in_three_times(pool: PgPool) {
    let show = Show::open(pool).await;
    let north = show.scanner("North").await;
    show.execute("update check_in_list set entries_max = 3").await;
    let paired = show.scanner("South").await;
    let held = show.a_ticket().await;
    let scans = (1..=20).map(|seq| show.scan(&paired, seq, &held.code));
    let verdicts = futures::future::join_all(scans).await;
    let entries: HashSet<_> = verdicts
        .iter()
        .filter_map(|verdict| match verdict {
            Verdict::Admitted { entry, .. } => Some(*entry),
            _ => None,
        })
        .collect();
    assert_eq!(entries, HashSet::from([1, 2, 3]));
    assert_eq!(
        show.scan(&north, 1, &held.code).await.name(),
        VerdictName::AlreadyIn,
        "a phone that knows the old rule"
    );
}

#[sqlx::test]
async fn a_door_opens_before_the_event_and_closes_with_it(pool: PgPool) {
    let show = Show::open(pool).await;
    let north = show.scanner("North").await;
    let held = show.a_ticket().await;
    show.stage.app.clock.advance_secs(-3 * 60 * 60);
    assert_eq!(show.scan(&north, 1, &held.code).await.name(), VerdictName::NotYet);
    show.stage.app.clock.advance_secs(9 * 60 * 60);
    assert_eq!(show.scan(&north, 2, &held.code).await.name(), VerdictName::NoLonger);
    assert_eq!(show.count("admission").await, 0);
}

#[sqlx::test]
async fn void_old_and_foreign_tickets_stay_out(pool: PgPool) {
    let show = Show::open(pool).await;
    let north = show.scanner("North").await;
    let void = show.a_ticket().await;
    show.execute("update ticket set state = 'void', voided_at = now()").await;
    assert_eq!(show.scan(&north, 1, &void.code).await, Verdict::Revoked);
    let old = show.a_ticket().await;
    show.execute(&format!("update ticket set generation = 1 where ticket_id = '{}'", old.ticket_id)).await;
    assert_eq!(show.scan(&north, 2, &old.code).await, Verdict::Replaced);
    let elsewhere = Show::event_of(&show.stage, &show.owner, "Koroga").await;
    let foreign = a_ticket(&show.stage, &elsewhere, 0).await;
    assert_eq!(show.scan(&north, 3, &foreign.code).await, Verdict::WrongEvent { title: Some("Koroga".into()) });
    assert_eq!(show.scan(&north, 4, foreign.manual.as_str()).await, Verdict::Unknown);
    show.execute(&format!("update event set state = 'draft' where event_id = '{}'", elsewhere.event_id)).await;
    assert_eq!(
        show.scan(&north, 5, &foreign.code).await,
        Verdict::WrongEvent { title: None },
        "a draft has no title yet"
    );
    assert_eq!(show.count("admission").await, 0);
    assert_eq!(show.count("scan").await, 5);
}

#[sqlx::test]
async fn a_list_can_be_for_some_ticket_types_only(pool: PgPool) {
    let show = Show::open(pool).await;
    let held = show.a_ticket().await;
    let list = show.main_list().await;
    let other = TicketTypeId::fresh();
    show.execute(&format!(
        "insert into ticket_type (org_id, ticket_type_id, event_id, product, name, price_minor, currency)
         select org_id, '{other}', event_id, 99, 'Backstage', 0, currency from event"
    ))
    .await;
    show.execute(&format!("insert into check_in_list_type select org_id, '{list}', '{other}' from event")).await;
    // A phone's rules are read with each of its requests.
    let north = show.scanner("North").await;
    assert_eq!(show.scan(&north, 1, &held.code).await.name(), VerdictName::NotOnList);
    show.execute(&format!("insert into check_in_list_type select org_id, '{list}', ticket_type_id from ticket")).await;
    let north = show.scanner("North").await;
    assert_eq!(show.scan(&north, 1, &held.code).await.name(), VerdictName::Admitted);
}

#[sqlx::test]
async fn what_was_never_issued_is_forged_or_unknown(pool: PgPool) {
    let show = Show::open(pool).await;
    let north = show.scanner("North").await;
    let held = show.a_ticket().await;
    let mut bytes = base45::decode(&held.code[3..]).expect("base45");
    bytes[10] ^= 1;
    let bent = format!("T1:{}", base45::encode(&bytes));
    assert_eq!(show.scan(&north, 1, &bent).await, Verdict::Forged);
    bytes[3] ^= 1;
    let nobodys = format!("T1:{}", base45::encode(&bytes));
    assert_eq!(show.scan(&north, 2, &nobodys).await, Verdict::WrongEvent { title: None });
    show.execute("delete from ticket").await;
    let codes = [held.code.as_str(), held.manual.as_str(), "", "https://lango.example", "0000000000", "DROP TABLE"];
    for (seq, code) in (3..).zip(codes) {
        assert_eq!(show.scan(&north, seq, code).await, Verdict::Unknown, "{code}");
    }
    for (seq, code) in [(0, "A"), (-1, "A"), (99, &*"A".repeat(513))] {
        assert_eq!(show.try_scan(&north, seq, code).await, Err(AppError::BadRequest));
    }
}

#[sqlx::test]
async fn a_withdrawn_key_asks_for_the_new_ticket(pool: PgPool) {
    let show = Show::open(pool).await;
    let north = show.scanner("North").await;
    let old = show.a_ticket().await;
    show.execute("update event_key set state = 'withdrawn'").await;
    assert_eq!(show.scan(&north, 1, &old.code).await, Verdict::Replaced);
    let mut tx = show.stage.app.begin().await.expect("a transaction");
    for _ in 0..2 {
        make_event_key(&mut tx, &show.stage.app, show.event.org_id, show.event.event_id).await.expect("a second key");
    }
    tx.commit().await.expect("a commit");
    assert_eq!(show.count("event_key").await, 2, "asking twice makes one");
    let new = show.a_ticket().await;
    assert_eq!(show.scan(&north, 2, &new.code).await.name(), VerdictName::Admitted);
}

#[sqlx::test]
async fn typed_codes_cannot_be_guessed_by_the_hundred(pool: PgPool) {
    let show = Show::open(pool).await;
    let north = show.scanner("North").await;
    let mut refused = 0;
    for seq in 1..=15 {
        let guess = ManualCode::make(u64::from_be_bytes(secrets::random()));
        refused += usize::from(show.try_scan(&north, seq, guess.as_str()).await == Err(AppError::SlowDown));
    }
    assert_eq!(refused, 5);
    let held = show.a_ticket().await;
    assert_eq!(
        show.scan(&north, 99, &held.code).await.name(),
        VerdictName::Admitted,
        "signed codes are not slowed down"
    );
}
