//! The waiting page in a browser without JavaScript.

use std::time::Duration;

use http::{Method, StatusCode, header};
use sqlx::PgPool;

use super::rig::Rig;
use crate::{
    orders::HoldTickets,
    platform::secrets,
    queue::{RoomState, view::forget_rooms},
    testing::{Answer, Browser},
};

/// Chooses two tickets on the event's page and continues.
async fn choose(rig: &Rig, browser: &mut Browser) -> Answer {
    let (kind, key) = (rig.shop.event.types[0].to_string(), secrets::random_token());
    browser.at = format!("/e/{}", rig.shop.event.slug);
    browser.submit::<HoldTickets>(&fields(rig, &kind, &key)).await
}

fn fields<'a>(rig: &'a Rig, kind: &'a str, key: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("form[event]", rig.shop.event.slug.as_str()),
        ("form[key]", key),
        ("form[wishes][0][ticket_type]", kind),
        ("form[wishes][0][quantity]", "2"),
    ]
}

fn page(rig: &Rig) -> String {
    format!("/w/{}", rig.shop.event.slug)
}

async fn look(rig: &Rig, browser: &mut Browser) -> Answer {
    forget_rooms(rig.app()).await;
    browser.get(&page(rig)).await
}

#[sqlx::test]
async fn a_basket_waits_with_its_buyer_and_is_held_when_it_is_their_turn(pool: PgPool) {
    let rig = Rig::open(pool, 100, 5).await;
    let mut browser = Browser::new(&rig.shop.stage);
    let sent = choose(&rig, &mut browser).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::FOUND, page(&rig).as_str()), "{}", sent.body);
    let waits = look(&rig, &mut browser).await;
    assert_eq!(waits.status, StatusCode::OK, "{}", waits.body);
    assert!(waits.body.contains("http-equiv=\"refresh\"") && waits.body.contains("You are next."), "{}", waits.body);
    assert!(!waits.body.contains("<script"), "it needs no script");
    assert_eq!(rig.number("select count(*) from hold").await, 0, "nothing is held for who waits");
    rig.call_all().await;
    let inside = look(&rig, &mut browser).await;
    assert_eq!(inside.status, StatusCode::SEE_OTHER, "{}", inside.body);
    assert!(inside.location().starts_with("/o/"), "{}", inside.location());
    let order = browser.get(&inside.location().to_owned()).await;
    assert_eq!(order.status, StatusCode::OK);
    assert_eq!(rig.number("select sum(quantity)::bigint from hold_line").await, 2);
    let again = look(&rig, &mut browser).await;
    assert_eq!(again.location(), inside.location(), "a second look leads to the same order");
    assert_eq!(rig.number("select count(*) from orders").await, 1);
    rig.shop.audit().await;
}

#[sqlx::test]
async fn a_page_with_a_script_is_told_to_wait_and_keeps_the_same_cookies(pool: PgPool) {
    let rig = Rig::open(pool, 100, 5).await;
    let mut browser = Browser::new(&rig.shop.stage);
    let (kind, key) = (rig.shop.event.types[0].to_string(), secrets::random_token());
    let told = browser.call::<HoldTickets>(&fields(&rig, &kind, &key)).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.body.contains("Wait") && told.header("serverfnredirect").is_empty(), "{}", told.body);
    assert!(look(&rig, &mut browser).await.body.contains("You are next."));
    let odd = [&fields(&rig, &kind, &key)[..3], &[("form[wishes][0][quantity]", "two")]].concat();
    let odd = browser.call::<HoldTickets>(&odd).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY, "an odd basket does not wait: {}", odd.body);
}

#[sqlx::test]
async fn a_refresh_and_a_second_tab_keep_the_place_and_a_page_that_is_the_same_is_not_sent_again(pool: PgPool) {
    let rig = Rig::open(pool, 100, 5).await;
    rig.guests(7).await;
    let mut browser = Browser::new(&rig.shop.stage);
    let landed = look(&rig, &mut browser).await;
    assert!(landed.body.contains("<form method=\"post\""), "{}", landed.body);
    let joined = browser.post(&page(&rig), &[], "text/html").await;
    assert_eq!((joined.status, joined.location()), (StatusCode::SEE_OTHER, page(&rig).as_str()));
    let first = look(&rig, &mut browser).await;
    assert!(first.body.contains(">8<") && first.body.contains("7 people are before you"), "{}", first.body);
    browser.post(&page(&rig), &[], "text/html").await;
    assert_eq!(look(&rig, &mut browser).await.body, first.body, "joining again changes nothing");
    assert!(first.body.len() < 2_000, "{} bytes", first.body.len());
    let request = browser.request(Method::GET, &page(&rig)).header(header::IF_NONE_MATCH, first.header("etag"));
    let same = browser.send(request.body(axum::body::Body::empty()).expect("a request")).await;
    assert_eq!((same.status, same.body.len()), (StatusCode::NOT_MODIFIED, 0));
}

#[sqlx::test]
async fn looking_again_asks_nothing_of_the_database(pool: PgPool) {
    let rig = Rig::open(pool.clone(), 100, 5).await;
    let mut browser = Browser::new(&rig.shop.stage);
    browser.post(&page(&rig), &[], "text/html").await;
    look(&rig, &mut browser).await;
    let mut taken = Vec::new();
    while let Ok(Ok(connection)) = tokio::time::timeout(Duration::from_millis(50), pool.acquire()).await {
        taken.push(connection);
    }
    let waits = tokio::time::timeout(Duration::from_millis(500), browser.get(&page(&rig))).await.expect("at once");
    assert!(waits.body.contains("You are next."), "{}", waits.body);
}

#[sqlx::test]
async fn the_words_are_the_readers_own(pool: PgPool) {
    let rig = Rig::before_opening(pool, 5).await;
    let mut browser = Browser::new(&rig.shop.stage);
    browser.post(&page(&rig), &[], "text/html").await;
    for (language, title, lot) in [
        ("en", "The sale has not opened yet", "Your lot"),
        ("fr", "La vente n’est pas encore ouverte", "Votre numéro de tirage"),
        ("sw", "Mauzo bado hayajafunguliwa", "Namba yako ya kura"),
    ] {
        let waits = browser.get(&format!("{}?lang={language}", page(&rig))).await;
        assert!(waits.body.contains(title) && waits.body.contains(lot), "{language}: {}", waits.body);
        assert!(waits.body.contains(&format!("<html lang=\"{language}\"")));
    }
}

#[sqlx::test]
async fn the_seed_is_shown_after_the_draw_and_its_fingerprint_before(pool: PgPool) {
    let rig = Rig::before_opening(pool, 5).await;
    rig.guests(3).await;
    let mut browser = Browser::new(&rig.shop.stage);
    let hash = rig.room(rig.app()).await.seed_hash();
    let before = browser.get(&format!("{}/draw", page(&rig))).await;
    assert!(before.body.contains(&hash) && !before.body.contains("Seed:"), "{}", before.body);
    rig.run("update waiting_room set opens_at = clock_timestamp()").await;
    rig.tick().await;
    let seed = rig.room(rig.app()).await.drawn().expect("a draw").seed;
    let after = browser.get(&format!("{}/draw", page(&rig))).await;
    assert!(
        after.body.contains(&hash) && after.body.contains(&seed) && after.body.contains("1 to 3"),
        "{}",
        after.body
    );
}

#[sqlx::test]
async fn a_turn_whose_basket_is_gone_leads_back_to_what_is_left(pool: PgPool) {
    let rig = Rig::open(pool, 1, 5).await;
    let mut browser = Browser::new(&rig.shop.stage);
    choose(&rig, &mut browser).await;
    rig.call_all().await;
    let refused = look(&rig, &mut browser).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("Only 1 left") && refused.body.contains("Choose tickets"), "{}", refused.body);
    // There is time to choose again, straight at the checkout.
    let (kind, key) = (rig.shop.event.types[0].to_string(), secrets::random_token());
    let one = [&fields(&rig, &kind, &key)[..3], &[("form[wishes][0][quantity]", "1")]].concat();
    let sent = browser.submit::<HoldTickets>(&one).await;
    assert!(sent.location().starts_with("/o/"), "{}", sent.location());
}

#[sqlx::test]
async fn without_a_room_the_page_leads_to_the_event(pool: PgPool) {
    let rig = Rig::open(pool, 100, 5).await;
    let mut browser = Browser::new(&rig.shop.stage);
    let notice = browser.get(&format!("/e/{}", rig.shop.event.slug)).await;
    assert!(notice.body.contains("There is a waiting room."), "the event's page says so");
    rig.steer(RoomState::Closed).await;
    let away = look(&rig, &mut browser).await;
    assert_eq!((away.status, away.location()), (StatusCode::SEE_OTHER, format!("/e/{}", rig.shop.event.slug).as_str()));
}

#[sqlx::test]
async fn before_the_sale_a_basket_can_be_chosen_and_waits_for_the_opening(pool: PgPool) {
    let rig = Rig::before_opening(pool, 5).await;
    rig.run("update ticket_type set sale_starts_at = now() + interval '1 hour'").await;
    let mut browser = Browser::new(&rig.shop.stage);
    let event = browser.get(&format!("/e/{}", rig.shop.event.slug)).await;
    assert!(event.body.contains("form[wishes][0][quantity]"), "the picker is open");
    assert_eq!(choose(&rig, &mut browser).await.location(), page(&rig));
    assert!(look(&rig, &mut browser).await.body.contains("Your lot"));
    rig.run("update ticket_type set sale_starts_at = now()").await;
    rig.run("update waiting_room set opens_at = clock_timestamp()").await;
    rig.shop.stage.app.clock.advance_secs(60);
    rig.tick().await;
    rig.call_all().await;
    assert!(look(&rig, &mut browser).await.location().starts_with("/o/"));
}
