//! From the room to the checkout, and out again.

use sqlx::PgPool;

use super::rig::{Guest, Rig};
use crate::{
    error::{AppError, Result},
    inventory::HoldRefusal,
    kernel::SecretText,
    orders::{self, HoldForm, OrderState, WishForm},
    platform::{
        jwt::{self, Audience},
        language::Language,
        secrets,
    },
    queue::{Entry, QueueRefusal},
    testing::shop::PAYS,
};

async fn start(rig: &Rig, guest: &Guest, quantity: u32, key: &str) -> Result<String> {
    let wish = WishForm { ticket_type: rig.shop.event.types[0].to_string(), quantity: quantity.to_string() };
    let form =
        HoldForm { event: rig.shop.event.slug.clone(), key: key.to_owned(), wishes: vec![wish], ..HoldForm::default() };
    let shown = SecretText::new(guest.cookies.clone());
    orders::start_showing(rig.app(), &Rig::visitor(), &shown, (Language::En, &form)).await
}

async fn start_fresh(rig: &Rig, guest: &Guest, quantity: u32) -> Result<String> {
    start(rig, guest, quantity, &secrets::random_token()).await
}

/// Somebody inside a room of so many places.
async fn inside(rig: &Rig) -> Guest {
    let mut guest = Guest::fresh();
    rig.arrive(rig.app(), &mut guest).await;
    rig.call_all().await;
    assert!(matches!(rig.enter(rig.app(), &mut guest).await, Entry::Inside { .. }));
    guest
}

#[sqlx::test]
async fn nobody_starts_a_basket_past_the_room(pool: PgPool) {
    let rig = Rig::open(pool, 100, 5).await;
    let wait = Err(QueueRefusal::Wait.into());
    assert_eq!(start_fresh(&rig, &Guest::fresh(), 1).await, wait, "without a pass");
    let mut guest = Guest::fresh();
    rig.arrive(rig.app(), &mut guest).await;
    assert_eq!(start_fresh(&rig, &guest, 1).await, wait, "with the pass of somebody who waits");
    rig.call_all().await;
    assert_eq!(start_fresh(&rig, &guest, 1).await, wait, "nor when called, before going in");
    rig.enter(rig.app(), &mut guest).await;
    assert!(start_fresh(&rig, &guest, 1).await.is_ok());
    assert_eq!(rig.number("select count(*) from orders").await, 1);
    rig.shop.audit().await;
}

#[sqlx::test]
async fn a_pass_is_worth_nothing_in_another_browser_or_another_room(pool: PgPool) {
    let rig = Rig::open(pool, 100, 5).await;
    let guest = inside(&rig).await;
    let pass = guest.cookies.split("; ").find(|pair| pair.starts_with("pass-")).expect("a pass").to_owned();
    let thief = Guest { cookies: format!("room={}; {pass}", secrets::random_token()) };
    assert!(rig.is_known(&guest).await && !rig.is_known(&thief).await);
    assert_eq!(start_fresh(&rig, &thief, 1).await, Err(QueueRefusal::Wait.into()));
    let without = Guest { cookies: pass.clone() };
    assert!(!rig.is_known(&without).await, "nor without a browser's secret");
    let token = pass.split_once('=').expect("a pair").1;
    assert!(jwt::read::<serde_json::Value>(rig.app(), Audience::WaitingRoom, token).is_some());
    for audience in [Audience::Web, Audience::Gate] {
        assert!(jwt::read::<serde_json::Value>(rig.app(), audience, token).is_none(), "nor for anything else");
    }
    let changed = Guest { cookies: guest.cookies.replace(token, &format!("{token}x")) };
    assert!(!rig.is_known(&changed).await);
}

#[sqlx::test]
async fn an_admission_starts_three_baskets_however_often_it_is_shown(pool: PgPool) {
    let rig = Rig::open(pool, 100, 5).await;
    let guest = inside(&rig).await;
    let tries = (0..20).map(|_| start_fresh(&rig, &guest, 1));
    let got = futures::future::join_all(tries).await;
    assert_eq!(got.iter().filter(|answer| answer.is_ok()).count(), 3);
    let refusal = AppError::from(QueueRefusal::TooManyStarts { max: 3 });
    assert!(got.iter().all(|answer| answer.as_ref().err().is_none_or(|error| *error == refusal)));
    assert_eq!(rig.number("select count(*) from orders").await, 3);
    rig.shop.audit().await;
}

#[sqlx::test]
async fn a_basket_that_was_refused_does_not_count_and_the_same_key_is_the_same_basket(pool: PgPool) {
    let rig = Rig::open(pool, 4, 5).await;
    let guest = inside(&rig).await;
    for _ in 0..5 {
        assert_eq!(start_fresh(&rig, &guest, 9).await, Err(HoldRefusal::NotEnough { left: 4 }.into()));
    }
    let key = "a-key-of-the-client-0001";
    let first = start(&rig, &guest, 2, key).await.expect("a basket");
    assert_eq!(start(&rig, &guest, 2, key).await, Ok(first));
    assert_eq!(rig.number("select cardinality(start_keys)::bigint from waiting_visitor").await, 1);
    rig.shop.audit().await;
}

#[sqlx::test]
async fn the_time_to_choose_ends_but_not_that_of_a_basket(pool: PgPool) {
    let rig = Rig::open(pool, 100, 2).await;
    let (idle, busy) = (inside(&rig).await, inside(&rig).await);
    let token = start_fresh(&rig, &busy, 1).await.expect("a basket");
    rig.run("update waiting_visitor set ends_at = clock_timestamp()").await;
    assert_eq!(start_fresh(&rig, &idle, 1).await, Err(QueueRefusal::Over.into()));
    rig.tick().await;
    assert_eq!(rig.number("select inside::bigint from waiting_room").await, 1, "who has a basket stays");
    rig.shop.pay(&token, PAYS).await.expect("a prompt");
    rig.shop.until(&token, OrderState::Paid).await;
    rig.tick().await;
    assert_eq!(rig.number("select inside::bigint from waiting_room").await, 0, "who has paid leaves");
    rig.tick().await;
    assert!(rig.number("select per_min::bigint from waiting_room").await > 0, "and makes room for others");
    rig.shop.audit().await;
}

#[sqlx::test]
async fn somebody_who_left_comes_again_with_a_new_lot(pool: PgPool) {
    let rig = Rig::open(pool, 100, 2).await;
    let mut guest = inside(&rig).await;
    rig.run("update waiting_visitor set ends_at = clock_timestamp()").await;
    rig.tick().await;
    assert_eq!(rig.enter(rig.app(), &mut guest).await, Entry::Over);
    assert_eq!(rig.arrive(rig.app(), &mut guest).await, 2);
    rig.shop.audit().await;
}
