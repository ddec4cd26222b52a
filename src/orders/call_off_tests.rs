//! An event is called off: every order's money goes back once, every buyer is told once.

use sqlx::PgPool;

use super::{
    CallOff, OrderRefusal, OrderState,
    actions::{call_off, go_on_with_call_offs, refund_event, show_call_off},
};
use crate::{
    error::AppError,
    orgs::Role,
    testing::{
        Browser,
        shop::{NEVER_ANSWERS, PAYS, PAYS_LATE, Shop},
    },
};

async fn count(shop: &Shop, what: &'static str) -> i64 {
    let (count,): (i64,) = sqlx::query_as(what).fetch_one(&shop.stage.app.db).await.expect(what);
    count
}

async fn standing(shop: &Shop) -> CallOff {
    show_call_off(&shop.stage.app, &shop.owner, shop.event.event_id).await.expect("how far it is")
}

/// Lets jobs run until no money is on its way.
async fn until_back(shop: &Shop) {
    for _ in 0..200 {
        shop.hasten().await;
        if !standing(shop).await.is_moving() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{:?}", standing(shop).await);
}

#[sqlx::test]
async fn all_orders_of_an_event_that_is_called_off_are_refunded_once(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let event_id = shop.event.event_id;
    shop.buy(2).await;
    let bought = shop.buy(1).await;
    let basket = shop.hold(1).await.expect("a basket");
    // The number has changed since the question was asked.
    let outdated = call_off(&shop.stage.app, &shop.owner, event_id, 1).await;
    assert_eq!(outdated, Err(OrderRefusal::CountChanged { now: 2 }.into()));
    assert!(!standing(&shop).await.is_cancelled, "nothing was done");
    call_off(&shop.stage.app, &shop.owner, event_id, 2).await.expect("called off");
    until_back(&shop).await;
    let now = standing(&shop).await;
    assert_eq!((now.kept, now.refunded, now.on_the_way, now.stuck), (0, 2, 0, 0));
    assert_eq!(shop.page(&bought).await.state, OrderState::Refunded);
    assert_eq!(count(&shop, "select count(*) from ticket where state = 'valid'").await, 0);
    assert_eq!(count(&shop, "select sum(sold)::bigint from pool").await, 0);
    assert_eq!(count(&shop, "select count(*) from message where topic = 'order.called_off'").await, 2);
    assert_eq!(shop.pay(&basket, PAYS).await, Err(OrderRefusal::CalledOff.into()));
    // Whoever runs the job again, or asks again, changes nothing.
    assert_eq!(refund_event(&shop.stage.app, (shop.event.org_id, event_id)).await, Ok(true));
    call_off(&shop.stage.app, &shop.owner, event_id, 0).await.expect("nothing is left to do");
    until_back(&shop).await;
    assert_eq!(count(&shop, "select count(*) from refund").await, 2);
    assert_eq!(count(&shop, "select count(*) from message where topic = 'order.called_off'").await, 2);
    shop.audit().await;
}

#[sqlx::test]
async fn money_that_comes_after_an_event_was_called_off_goes_back(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let late = shop.hold(1).await.expect("a hold");
    shop.pay(&late, PAYS_LATE).await.expect("a prompt");
    call_off(&shop.stage.app, &shop.owner, shop.event.event_id, 0).await.expect("called off");
    for _ in 0..100 {
        shop.hasten().await;
        go_on_with_call_offs(&shop.stage.app).await.expect("gone on");
        if shop.page(&late).await.state == OrderState::Refunded {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    until_back(&shop).await;
    assert_eq!(shop.page(&late).await.state, OrderState::Refunded);
    assert_eq!(count(&shop, "select count(*) from refund where state = 'succeeded'").await, 1);
    shop.audit().await;
}

#[sqlx::test]
async fn whoever_paid_nothing_is_told_too(pool: PgPool) {
    let shop = Shop::with_price(pool, 5, 0).await;
    let token = shop.hold(2).await.expect("a hold");
    shop.pay(&token, "").await.expect("confirmed");
    call_off(&shop.stage.app, &shop.owner, shop.event.event_id, 1).await.expect("called off");
    until_back(&shop).await;
    assert_eq!(count(&shop, "select count(*) from message where topic = 'order.called_off'").await, 1);
    assert_eq!(count(&shop, "select count(*) from refund").await, 0);
    shop.audit().await;
}

#[sqlx::test]
async fn calling_off_needs_both_rights_and_an_event_of_ones_own(pool: PgPool) {
    let shop = Shop::open(pool, 5).await;
    let (app, event_id) = (&shop.stage.app, shop.event.event_id);
    let (_, stranger) = shop.stage.an_org("koroga").await;
    assert_eq!(call_off(app, &stranger, event_id, 0).await, Err(AppError::NotFound));
    let finance = shop.stage.a_member(shop.event.org_id, "money", Role::Finance).await;
    assert_eq!(call_off(app, &finance, event_id, 0).await, Err(AppError::Forbidden));
    assert!(!standing(&shop).await.is_cancelled);
}

#[sqlx::test]
async fn the_desk_names_number_and_sum_before_and_shows_how_far_it_is_after(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    shop.buy(2).await;
    shop.buy(1).await;
    let person = shop.stage.a_person("ann@example.org").await;
    shop.stage.join(shop.event.org_id, person.account_id, Role::Owner).await;
    let mut desk = Browser::of(&shop.stage, &person);
    let base = format!("/desk/sauti/events/{}", shop.event.event_id);
    let question = desk.get(&format!("{base}/edit")).await.body;
    for words in [
        "Paid orders: 2, together KSh\u{a0}4,500",
        "Cancel and give back KSh\u{a0}4,500",
        "name=\"orders\" value=\"2\"",
    ] {
        assert!(question.contains(words), "{words}");
    }
    // Without JavaScript the form is posted, and leads to the list with its progress.
    let event = shop.event.event_id.to_string();
    let fields = [("org", "sauti"), ("event", event.as_str()), ("orders", "2")];
    let sent = desk.submit::<super::CallOffEvent>(&fields).await;
    assert!(sent.location().ends_with(&format!("{base}/orders?done=refunding")), "{} {}", sent.status, sent.body);
    until_back(&shop).await;
    let list = desk.get(&format!("{base}/orders")).await.body;
    assert!(list.contains("2 of 2 orders refunded"), "progress");
}

#[sqlx::test]
async fn an_event_that_was_cancelled_first_is_refunded_later(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    shop.buy(1).await;
    // Somebody is being asked for money right now, and pays no more.
    let pending = shop.hold(1).await.expect("a hold");
    shop.pay(&pending, NEVER_ANSWERS).await.expect("a prompt");
    let mut tx = shop.stage.app.begin().await.expect("a transaction");
    crate::events::cancel_if_not(&shop.stage.app, &mut tx, &shop.owner, shop.event.event_id).await.expect("cancelled");
    tx.commit().await.expect("a commit");
    assert_eq!(standing(&shop).await.kept, 1, "cancelled alone, nothing goes back");
    call_off(&shop.stage.app, &shop.owner, shop.event.event_id, 1).await.expect("refunds");
    until_back(&shop).await;
    assert_eq!(standing(&shop).await.refunded, 1);
    shop.audit().await;
}
