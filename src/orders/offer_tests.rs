//! The waiting list against a real database: who is offered what, and what outsiders get.

use futures::future::join_all;
use sqlx::PgPool;

use super::{
    OrderState,
    actions::{leave_line, show_place},
    offer_waiting,
};
use crate::{
    error::{AppError, Result},
    inventory::{HoldRefusal, JoinForm, WaitRefusal, WaitState, join_waiting},
    kernel::TicketTypeId,
    platform::sabotage::Weakness,
    testing::shop::{PAYS, Shop, a_visitor},
};

/// A shop of one ticket that somebody has in a basket; gives that basket.
async fn sold_out(pool: PgPool, capacity: i32) -> (Shop, String) {
    let shop = Shop::open(pool, capacity).await;
    let basket = shop.hold(u32::try_from(capacity).expect("a few")).await.expect("a hold");
    (shop, basket)
}

async fn join(shop: &Shop, name: &str, size: u32) -> Result<String> {
    let form = JoinForm {
        event: shop.event.slug.clone(),
        ticket_type: shop.event.types[0],
        email: format!("{name}@example.org"),
        size: size.to_string(),
    };
    join_waiting(&shop.stage.app, &a_visitor(), &form).await
}

async fn state(shop: &Shop, token: &str) -> WaitState {
    show_place(&shop.stage.app, token).await.expect("a place").state
}

/// The order that was made of an offer.
async fn order(shop: &Shop, token: &str) -> String {
    show_place(&shop.stage.app, token).await.expect("a place").order.expect("an offer")
}

async fn free(shop: &Shop, basket: &str) {
    super::actions::release(&shop.stage.app, basket).await.expect("released");
}

async fn look(shop: &Shop) {
    offer_waiting(&shop.stage.app).await.expect("a look");
}

#[sqlx::test]
async fn the_first_in_line_is_offered_what_comes_free_and_buys_it(pool: PgPool) {
    let (shop, basket) = sold_out(pool, 2).await;
    let (ann, bo) = (join(&shop, "ann", 2).await.expect("a place"), join(&shop, "bo", 1).await.expect("a place"));
    assert_eq!(show_place(&shop.stage.app, &bo).await.expect("a place").ahead, 1);
    look(&shop).await;
    assert_eq!(state(&shop, &ann).await, WaitState::Waiting, "nothing is free yet");
    free(&shop, &basket).await;
    look(&shop).await;
    assert_eq!((state(&shop, &ann).await, state(&shop, &bo).await), (WaitState::Offered, WaitState::Waiting));
    let order = order(&shop, &ann).await;
    let page = shop.page(&order).await;
    assert_eq!((page.buyer_email.as_str(), page.total.minor), ("ann@example.org", 300_000));
    shop.pay(&order, PAYS).await.expect("a prompt");
    shop.until(&order, OrderState::Paid).await;
    look(&shop).await;
    assert_eq!(state(&shop, &ann).await, WaitState::Taken);
    let mails =
        sqlx::query_scalar!("select topic from message where recipient = 'ann@example.org' order by created_at")
            .fetch_all(&shop.stage.app.db)
            .await
            .expect("mails");
    assert_eq!(mails, ["waitlist.joined", "waitlist.offer"]);
    shop.audit().await;
}

#[sqlx::test]
async fn who_fits_is_served_before_a_group_that_does_not(pool: PgPool) {
    let shop = Shop::open(pool, 3).await;
    let (one, two) = (shop.hold(1).await.expect("a hold"), shop.hold(2).await.expect("a hold"));
    let group = join(&shop, "group", 3).await.expect("a place");
    let pair = join(&shop, "pair", 2).await.expect("a place");
    free(&shop, &two).await;
    look(&shop).await;
    assert_eq!((state(&shop, &group).await, state(&shop, &pair).await), (WaitState::Waiting, WaitState::Offered));
    free(&shop, &one).await;
    look(&shop).await;
    assert_eq!(state(&shop, &group).await, WaitState::Waiting);
    // One is left that no group in line can use: it is anybody's.
    assert!(shop.hold(1).await.is_ok());
    shop.audit().await;
}

#[sqlx::test]
async fn buyers_from_outside_do_not_get_what_somebody_waits_for(pool: PgPool) {
    let (shop, basket) = sold_out(pool, 2).await;
    let ann = join(&shop, "ann", 1).await.expect("a place");
    free(&shop, &basket).await;
    let before = join_all((0..10).map(|_| shop.hold(1))).await;
    assert!(before.iter().all(|held| *held == Err(HoldRefusal::SoldOut.into())), "{before:?}");
    look(&shop).await;
    assert_eq!(state(&shop, &ann).await, WaitState::Offered);
    let after = join_all((0..10).map(|_| shop.hold(1))).await;
    assert_eq!(after.iter().filter(|held| held.is_ok()).count(), 1, "what is offered is held, the rest is for all");
    shop.audit().await;
}

#[sqlx::test]
async fn an_offer_not_taken_in_time_goes_to_the_next(pool: PgPool) {
    let (shop, basket) = sold_out(pool, 1).await;
    let (ann, bo) = (join(&shop, "ann", 1).await.expect("a place"), join(&shop, "bo", 1).await.expect("a place"));
    free(&shop, &basket).await;
    look(&shop).await;
    shop.let_holds_end().await;
    look(&shop).await;
    assert_eq!((state(&shop, &ann).await, state(&shop, &bo).await), (WaitState::Passed, WaitState::Offered));
    join(&shop, "ann", 1).await.expect("a new place, at the end");
    leave_line(&shop.stage.app, &bo).await.expect("let go");
    look(&shop).await;
    assert_eq!(state(&shop, &bo).await, WaitState::Passed);
    assert_eq!(leave_line(&shop.stage.app, &bo).await, Err(WaitRefusal::Over.into()));
    shop.audit().await;
}

#[sqlx::test]
async fn whoever_left_is_offered_nothing(pool: PgPool) {
    let (shop, basket) = sold_out(pool, 1).await;
    let (ann, bo) = (join(&shop, "ann", 1).await.expect("a place"), join(&shop, "bo", 1).await.expect("a place"));
    leave_line(&shop.stage.app, &ann).await.expect("left");
    free(&shop, &basket).await;
    look(&shop).await;
    assert_eq!((state(&shop, &ann).await, state(&shop, &bo).await), (WaitState::Left, WaitState::Offered));
}

#[sqlx::test]
async fn a_line_is_for_what_is_gone_and_a_person_stands_in_it_once(pool: PgPool) {
    let shop = Shop::open(pool, 30).await;
    assert_eq!(join(&shop, "ann", 1).await, Err(WaitRefusal::NotSoldOut.into()));
    for _ in 0..3 {
        shop.hold(10).await.expect("a hold");
    }
    join(&shop, "ann", 1).await.expect("a place");
    assert_eq!(join(&shop, "ann", 4).await, Err(WaitRefusal::AlreadyIn.into()));
    let other = JoinForm {
        event: shop.event.slug.clone(),
        ticket_type: TicketTypeId::fresh(),
        email: "ann@example.org".into(),
        size: "1".into(),
    };
    assert_eq!(join_waiting(&shop.stage.app, &a_visitor(), &other).await, Err(AppError::NotFound));
}

/// Three of ten tickets come free while ten people wait and five nodes look at once, for as long as there is something
/// to see; says how many were made an offer.
async fn rush(shop: &Shop) -> i64 {
    let nodes: Vec<_> = (0..5).map(|_| shop.stage.app.twin()).collect();
    for _ in 0..3 {
        // A node that was in another's way looks again in two seconds.
        join_all(nodes.iter().map(offer_waiting)).await;
    }
    let count = sqlx::query_scalar!("select count(*) from waitlist_entry where state = 'offered'");
    count.fetch_one(&shop.stage.app.db).await.expect("a count").unwrap_or_default()
}

async fn ten_wait_for_three(pool: PgPool) -> Shop {
    let shop = Shop::open(pool, 10).await;
    let (three, _) = (shop.hold(3).await.expect("a hold"), shop.hold(7).await.expect("a hold"));
    for name in 0..10 {
        // Each from an address of their own, as the limits are about addresses.
        join(&shop, &format!("buyer{name}"), 1).await.expect("a place");
    }
    free(&shop, &three).await;
    shop
}

#[sqlx::test]
async fn five_nodes_make_no_more_offers_than_there_is_stock(pool: PgPool) {
    let shop = ten_wait_for_three(pool).await;
    assert_eq!(rush(&shop).await, 3);
    let first = sqlx::query_scalar!("select email from waitlist_entry where state = 'offered' order by joined_at")
        .fetch_all(&shop.stage.app.db)
        .await
        .expect("emails");
    assert_eq!(first, ["buyer0@example.org", "buyer1@example.org", "buyer2@example.org"]);
    shop.audit().await;
}

#[sqlx::test]
async fn without_lock_and_constraint_more_is_offered_than_there_is(pool: PgPool) {
    let shop = ten_wait_for_three(pool).await;
    shop.drop_constraint("pool", "pool_not_oversold").await;
    shop.stage.app.sabotage.switch_on(Weakness::UnlockedPools);
    assert!(rush(&shop).await > 3, "the test above could not fail");
    assert!(shop.broken_promises().await.contains(&"a01_pool_oversold".to_owned()));
}
