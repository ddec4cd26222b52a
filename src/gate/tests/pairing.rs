//! Phones: paired once, for one event, until they are taken off.

use std::collections::HashSet;

use http::{Request, header::AUTHORIZATION};
use sqlx::PgPool;

use super::show::{Show, address, bearing};
use crate::{
    error::AppError,
    gate::{
        actions::{self, ensure_default_list},
        guard::{Duty, scanner_from},
        model::{DeviceState, GateRefusal, PairingState},
        verdict::VerdictName,
    },
    kernel::EventId,
    orgs::{Permission, Role},
    platform::jwt::{self, Audience, Grant},
};

#[sqlx::test]
async fn a_pairing_code_works_once_for_ten_minutes(pool: PgPool) {
    let show = Show::open(pool).await;
    let app = &show.stage.app;
    let event_id = show.event.event_id;
    let id =
        actions::make_pairing(app, &show.owner, event_id, &show.steward("North").await).await.expect("an invitation");
    let pairing = actions::show_pairing(app, &show.owner, event_id, id).await.expect("its code");
    assert!(pairing.link.ends_with(&format!("/gate#{}", pairing.code.replace('-', ""))));
    let both = futures::join!(
        actions::pair(app, address("a"), &pairing.code),
        actions::pair(app, address("b"), &pairing.link)
    );
    assert_eq!([&both.0, &both.1].iter().filter(|paired| paired.is_ok()).count(), 1, "two phones at once");
    let late = actions::pair(app, address("c"), &pairing.code).await;
    assert_eq!(late.err(), Some(GateRefusal::PairingUnknown.into()));
    let seen = actions::show_pairing(app, &show.owner, event_id, id).await.expect("still shown");
    assert_eq!(seen.state, PairingState::Used);

    let id =
        actions::make_pairing(app, &show.owner, event_id, &show.steward("South").await).await.expect("an invitation");
    let pairing = actions::show_pairing(app, &show.owner, event_id, id).await.expect("its code");
    app.clock.advance_secs(601);
    assert_eq!(actions::pair(app, address("d"), &pairing.code).await.err(), Some(GateRefusal::PairingUnknown.into()));
    assert_eq!(show.count("gate_device").await, 1);
}

#[sqlx::test]
async fn an_address_that_guesses_pairing_codes_is_slowed_down(pool: PgPool) {
    let show = Show::open(pool).await;
    let mut last = None;
    for _ in 0..11 {
        last = actions::pair(&show.stage.app, address("x"), "ABCD1234").await.err();
    }
    assert_eq!(last, Some(AppError::SlowDown));
    show.pair_as("North").await;
}

#[sqlx::test]
async fn another_organizers_event_has_no_gates_for_us(pool: PgPool) {
    let show = Show::open(pool).await;
    let app = &show.stage.app;
    let (_, stranger) = show.stage.an_org("koroga").await;
    let north = show.scanner("North").await;
    let event_id = show.event.event_id;
    let id =
        actions::make_pairing(app, &show.owner, event_id, &show.steward("South").await).await.expect("an invitation");
    assert_eq!(
        actions::make_pairing(app, &stranger, event_id, &show.steward("South").await).await.err(),
        Some(AppError::NotFound)
    );
    assert_eq!(actions::show_pairing(app, &stranger, event_id, id).await.err(), Some(AppError::NotFound));
    assert_eq!(actions::gates_board(app, &stranger, event_id).await.err(), Some(AppError::NotFound));
    assert_eq!(actions::revoke_device(app, &stranger, event_id, north.device_id).await, Err(AppError::NotFound));
    assert_eq!(
        actions::make_pairing(app, &show.owner, EventId::fresh(), &show.steward("South").await).await.err(),
        Some(AppError::NotFound)
    );
    let gatekeeper = show.stage.a_member(show.owner.org_id, "sauti", Role::Gatekeeper).await;
    assert_eq!(gatekeeper.may(Permission::ManageGates), Err(AppError::Forbidden));
}

#[sqlx::test]
async fn a_revoked_phone_is_out_at_once(pool: PgPool) {
    let show = Show::open(pool).await;
    let app = &show.stage.app;
    let paired = show.pair_as("North").await;
    let parts = bearing(paired.token.reveal());
    let north = scanner_from(app, &parts).await.expect("paired");
    let held = show.a_ticket().await;
    show.scan(&north, 1, &held.code).await;
    actions::revoke_device(app, &show.owner, show.event.event_id, north.device_id).await.expect("revoked");
    assert_eq!(scanner_from(app, &parts).await.err(), Some(GateRefusal::Revoked.into()));
    let board = actions::gates_board(app, &show.owner, show.event.event_id).await.expect("a board");
    let device = &board.devices[0];
    assert_eq!((device.state, device.admitted, device.refused), (DeviceState::Revoked, 1, 0));
    assert_eq!((board.tally.admitted, board.tally.expected), (1, 1));
    let again = actions::revoke_device(app, &show.owner, show.event.event_id, north.device_id).await;
    assert_eq!(again, Err(AppError::NotFound), "there is nothing left to revoke");
}

#[sqlx::test]
async fn a_gates_token_is_good_for_its_own_phone_and_shift_only(pool: PgPool) {
    let show = Show::open(pool).await;
    let app = &show.stage.app;
    let paired = show.pair_as("North").await;
    let token = paired.token.reveal();
    assert!(jwt::read::<serde_json::Value>(app, Audience::Web, token).is_none(), "at the web's door");
    let web = Grant { subject: paired.post.device_id.to_string(), ttl_secs: 600, own: serde_json::json!({}) };
    let web = jwt::issue(app, Audience::Web, web).expect("a web token");
    let duty = Duty { org: show.event.org_id, event: show.event.event_id, list: paired.post.rules.list_id };
    let grant = Grant { subject: paired.post.device_id.to_string(), ttl_secs: 600, own: duty.clone() };
    let twin = jwt::issue(app, Audience::Gate, grant).expect("a token never handed out");
    let elsewhere = Duty { event: EventId::fresh(), ..duty };
    let grant = Grant { subject: paired.post.device_id.to_string(), ttl_secs: 600, own: elsewhere };
    let moved = jwt::issue(app, Audience::Gate, grant).expect("a token for another event");
    let (head, tail) = token.rsplit_once('.').expect("a token");
    let bent = format!("{head}.{}", tail.chars().rev().collect::<String>());
    for bad in ["", "x", "a.b.c", web.as_str(), twin.as_str(), moved.as_str(), bent.as_str()] {
        let refused = scanner_from(app, &bearing(bad)).await.err();
        assert_eq!(refused, Some(GateRefusal::NotPaired.into()), "{bad}");
    }
    let bare = Request::builder().header(AUTHORIZATION, token).body(()).expect("a request").into_parts().0;
    assert_eq!(scanner_from(app, &bare).await.err(), Some(GateRefusal::NotPaired.into()), "without Bearer");
    assert!(scanner_from(app, &bearing(token)).await.is_ok());
    // Two hours to the start, four of the event, twelve after it.
    app.clock.advance_secs(18 * 60 * 60 - 1);
    assert!(scanner_from(app, &bearing(token)).await.is_ok());
    app.clock.advance_secs(1);
    assert_eq!(
        scanner_from(app, &bearing(token)).await.err(),
        Some(GateRefusal::NotPaired.into()),
        "twelve hours after the end"
    );
}

#[sqlx::test]
async fn a_phone_sees_its_own_scans(pool: PgPool) {
    let show = Show::open(pool).await;
    let (north, south) = (show.scanner("North").await, show.scanner("South").await);
    let held = show.a_ticket().await;
    show.scan(&north, 5, &held.code).await;
    show.stage.app.clock.advance_secs(1);
    show.scan(&north, 6, "nonsense").await;
    show.scan(&south, 1, &held.code).await;
    let scans = actions::recent_scans(&show.stage.app, &north).await.expect("scans");
    let seen: Vec<_> = scans.iter().map(|scan| (scan.verdict, scan.holder.as_deref())).collect();
    assert_eq!(seen, [(VerdictName::Unknown, None), (VerdictName::Admitted, Some("Amina Otieno"))]);
    let post = actions::open_post(&show.stage.app, &north).await.expect("a post");
    assert_eq!((post.keys.len(), post.tally.admitted), (1, 1));
}

#[sqlx::test]
async fn scans_are_never_changed(pool: PgPool) {
    let show = Show::open(pool).await;
    let north = show.scanner("North").await;
    show.scan(&north, 1, "nonsense").await;
    for statement in ["update scan set verdict = 'admitted'", "delete from scan"] {
        assert!(sqlx::query(statement).execute(&show.stage.app.db).await.is_err(), "{statement}");
    }
}

#[sqlx::test]
async fn an_event_has_one_list_of_its_own_however_often_it_is_asked(pool: PgPool) {
    let show = Show::open(pool).await;
    let ask = || async {
        let mut tx = show.stage.app.begin().await.expect("a transaction");
        let list = ensure_default_list(&mut tx, show.event.org_id, show.event.event_id).await.expect("a list");
        tx.commit().await.expect("a commit");
        list
    };
    let lists: HashSet<_> = futures::future::join_all((0..8).map(|_| ask())).await.into_iter().collect();
    assert_eq!(lists.len(), 1);
    assert_eq!(show.count("check_in_list").await, 1);
}
