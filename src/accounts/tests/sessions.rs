//! Sign-ins: their chain of tokens, and their end.

use sqlx::PgPool;

use crate::{
    accounts::session::{self, Presented, Renewal, Tokens},
    testing::{Browser, Stage},
};

fn renewed(renewal: Renewal) -> Tokens {
    match renewal {
        Renewal::Renewed { tokens, .. } => tokens,
        Renewal::Refused => panic!("the refresh token was refused"),
    }
}

async fn somebody(stage: &Stage) -> (Presented, Tokens) {
    let person = stage.a_person("amina@example.org").await;
    let presented = Presented { account_id: person.account_id, session_id: person.session_id };
    (presented, session::tokens(&stage.app, presented, 0).expect("tokens"))
}

#[sqlx::test]
async fn a_refresh_token_gives_its_successor(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, first) = somebody(&stage).await;
    let second = renewed(session::renew(&stage.app, &first.refresh).await.expect("an answer"));
    assert_ne!(first.refresh, second.refresh);
    stage.app.clock.advance_secs(600);
    let third = renewed(session::renew(&stage.app, &second.refresh).await.expect("an answer"));
    assert_ne!(second.refresh, third.refresh);
}

#[sqlx::test]
async fn parallel_renewals_get_the_same_successor(pool: PgPool) {
    let stage = Stage::new(pool);
    let (presented, first) = somebody(&stage).await;
    let renewals = (0..8).map(|_| session::renew(&stage.app, &first.refresh));
    let tokens: Vec<_> =
        futures::future::join_all(renewals).await.into_iter().map(|got| renewed(got.expect("an answer"))).collect();
    assert!(tokens.iter().all(|got| got.refresh == tokens[0].refresh));
    assert!(session::check(&stage.app, presented).await.expect("an answer").is_some());
}

#[sqlx::test]
async fn an_old_refresh_token_ends_the_sign_in_for_whoever_holds_a_newer_one(pool: PgPool) {
    let stage = Stage::new(pool);
    let (presented, first) = somebody(&stage).await;
    let second = renewed(session::renew(&stage.app, &first.refresh).await.expect("an answer"));
    stage.app.clock.advance_secs(21);
    assert_eq!(session::renew(&stage.app, &first.refresh).await, Ok(Renewal::Refused));
    assert_eq!(session::renew(&stage.app, &second.refresh).await, Ok(Renewal::Refused));
    assert_eq!(session::check(&stage.app, presented).await, Ok(None));
}

#[sqlx::test]
async fn a_grandparent_is_reuse_even_within_the_grace(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, first) = somebody(&stage).await;
    let second = renewed(session::renew(&stage.app, &first.refresh).await.expect("an answer"));
    let third = renewed(session::renew(&stage.app, &second.refresh).await.expect("an answer"));
    assert_eq!(session::renew(&stage.app, &first.refresh).await, Ok(Renewal::Refused));
    assert_eq!(session::renew(&stage.app, &third.refresh).await, Ok(Renewal::Refused));
}

#[sqlx::test]
async fn a_sign_in_ends_when_idle_and_when_old(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, first) = somebody(&stage).await;
    let mut newest = first;
    for _ in 0..3 {
        stage.app.clock.advance_secs(session::IDLE_SECS - 60);
        match session::renew(&stage.app, &newest.refresh).await.expect("an answer") {
            Renewal::Renewed { tokens, .. } => newest = tokens,
            Renewal::Refused => panic!("used within the idle time"),
        }
    }
    stage.app.clock.advance_secs(session::ABSOLUTE_SECS - 3 * (session::IDLE_SECS - 60) + 1);
    assert_eq!(session::renew(&stage.app, &newest.refresh).await, Ok(Renewal::Refused));
    let (_, unused) = {
        let person = stage.a_person("bo@example.org").await;
        let presented = Presented { account_id: person.account_id, session_id: person.session_id };
        (presented, session::tokens(&stage.app, presented, 0).expect("tokens"))
    };
    stage.app.clock.advance_secs(session::IDLE_SECS);
    assert_eq!(session::renew(&stage.app, &unused.refresh).await, Ok(Renewal::Refused));
}

#[sqlx::test]
async fn a_refresh_token_cannot_be_made_up_or_changed(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, first) = somebody(&stage).await;
    let mut swapped = first.refresh.clone();
    swapped.replace_range(30..31, if swapped.as_bytes()[30] == b'A' { "B" } else { "A" });
    for bad in ["", "x", "AAAA", &first.refresh[1..], &swapped, &first.access] {
        assert_eq!(session::renew(&stage.app, bad).await, Ok(Renewal::Refused), "{bad}");
    }
}

#[sqlx::test]
async fn any_page_renews_an_expired_sign_in(pool: PgPool) {
    let stage = Stage::new(pool);
    let person = stage.a_person("amina@example.org").await;
    let mut browser = Browser::of(&stage, &person);
    let before = browser.cookies.clone();
    browser.get("/").await;
    assert_eq!(browser.cookies, before, "a good access token is left alone");
    stage.app.clock.advance_secs(session::ACCESS_SECS + 6);
    browser.get("/").await;
    assert_ne!(browser.cookies["at"], before["at"]);
    assert_ne!(browser.cookies["rt"], before["rt"]);
}

#[sqlx::test]
async fn a_desk_asks_for_a_new_sign_in_long_before_a_buyers_page_does(pool: PgPool) {
    let stage = Stage::new(pool);
    let (org_id, _) = stage.an_org("sauti").await;
    let rested = stage.a_person("amina@example.org").await;
    let busy = stage.a_person("bo@example.org").await;
    for person in [&rested, &busy] {
        stage.join(org_id, person.account_id, crate::orgs::Role::Owner).await;
    }
    let (mut amina, mut bo) = (Browser::of(&stage, &rested), Browser::of(&stage, &busy));
    assert_eq!(amina.get("/desk/sauti").await.status, 200);
    stage.app.clock.advance_secs(session::DESK_IDLE_SECS + 60);
    assert_eq!(amina.get("/desk/sauti").await.status, 401, "idle for too long");
    assert_eq!(amina.get("/my/tickets").await.status, 200, "still good for a buyer");
    assert_eq!(amina.get("/desk/sauti").await.status, 401, "being busy again does not mend it");
    let young = stage.a_person("cy@example.org").await;
    stage.join(org_id, young.account_id, crate::orgs::Role::Owner).await;
    let mut cy = Browser::of(&stage, &young);
    let steps = session::DESK_ABSOLUTE_SECS / (session::DESK_IDLE_SECS - 60);
    for step in 0..steps {
        assert_eq!(cy.get("/desk/sauti").await.status, 200, "busy all along, step {step}");
        stage.app.clock.advance_secs(session::DESK_IDLE_SECS - 60);
    }
    stage.app.clock.advance_secs(session::DESK_ABSOLUTE_SECS - steps * (session::DESK_IDLE_SECS - 60));
    assert_eq!(cy.get("/desk/sauti").await.status, 401, "busy, but too old");
    assert_eq!(bo.get("/my/tickets").await.status, 200);
}
